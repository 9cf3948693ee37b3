"""What the citation of a change set states."""

from __future__ import annotations

from datetime import UTC

from clauses.core.change_citation import CitedChange, CitedText
from clauses.models import ChangeSet
from clauses.queries.twins import public_url
from monitor.models import Version


def cited_change(change_set: ChangeSet) -> CitedChange:
    """The two texts by day and hash, and the address that lasts."""
    document = change_set.document
    return CitedChange(
        change_set_id=change_set.public_id,
        platform=document.platform.name,
        document=document.name,
        headline=change_set.headline,
        old=_text(change_set.old_version),
        new=_text(change_set.new_version),
        url=public_url("change-set", change_set.number),
        language=document.language,
    )


def _text(version: Version) -> CitedText:
    return CitedText(version.public_id, version.first_seen_at.astimezone(UTC).date(), version.text_sha256)

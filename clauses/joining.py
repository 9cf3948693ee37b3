"""Earlier history that came in beside a document becomes its own: captures, versions, clauses, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from clauses.listing import list_document
from clauses.models import Analysis
from clauses.rewriting import Anew, is_as_read, read_anew, write_anew
from monitor.importing.incoming import incoming
from monitor.importing.joining import earlier_versions, put_in_front
from monitor.importing.seam import Seam, seam
from monitor.models import Document, Version


@dataclass(frozen=True, slots=True)
class Joined:
    """What came in front of a document: so many versions. `is_same`: the first on record has the last one's text."""

    versions: int
    is_same: bool


class NotAnalyzed(Exception):
    """The document's own first version waits for its analysis: earlier history is joined after it."""


def join_earlier(document: Document) -> Joined | None:
    """Put what came in for a document in front of what is on record; None where nothing came in.

    Everything is worked out first, and worked out again where somebody else analyzed the document meanwhile. Nobody
    is alerted. Killed, it has changed nothing but classifications stored ahead. Raises NotAnalyzed.
    """
    while (came := incoming(document)) is not None:
        found = seam(document, came)
        if found and not Analysis.objects.filter(version=found.first).exists():
            raise NotAnalyzed(f"{found.first.public_id} waits for its analysis")
        earlier = earlier_versions(document, came, found) if found else []
        anew = read_anew(document, earlier) if earlier else None
        with transaction.atomic():
            Document.objects.select_for_update().get(pk=document.pk)
            if incoming(document) == came and _is_as_before(document, came, found, anew):
                put_in_front(document, came, found, earlier)
                if anew:
                    _write(document, anew)
                # Also where the first version on record only dates from earlier now.
                list_document(document.pk)
                return Joined(len(earlier), bool(found and found.is_same))
    return None


def _is_as_before(document: Document, came: Document, found: Seam | None, anew: Anew | None) -> bool:
    if found is None:
        return not all(Version.objects.filter(document=one).exists() for one in (document, came))
    return anew is None or is_as_read(document, anew)


def _write(document: Document, anew: Anew) -> None:
    for row in anew.analyses:
        row.version.refresh_from_db(
            fields=["document", "ordinal", "cause", "first_seen_at", "confirmed_at", "returns_to"]
        )
    write_anew(document, anew)

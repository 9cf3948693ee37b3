"""What others say about changes: attached pages and announcements, for readers and for the curators' desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from clauses.core.in_order import in_order
from clauses.core.mention import SIGNS
from clauses.models import ChangeSet, Mention, MentionRuling, Reference
from clauses.queries.scope import shown
from monitor.models import Document, Platform


@dataclass(slots=True)
class References:
    """What stands about one change set: attached pages, confirmed mentions, and those that wait for a ruling."""

    pages: list[Reference] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    proposed: list[Mention] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Whether there is anything for readers."""
        return bool(self.pages or self.mentions)


def references_of(change_set: ChangeSet) -> References:
    """What stands about a change set, and about those it took the place of. Two queries."""
    return references_by_change_set([change_set]).get(change_set.pk) or References()


def references_by_change_set(
    change_sets: Sequence[ChangeSet], until: datetime | None = None
) -> dict[int, References]:
    """What stands about each of these change sets, by key; without those of which nothing does. Two queries.

    With `until` only what was published, or seen first, up to that moment.
    """
    keys = {row.pk for row in change_sets}
    about = Q(change_set__in=keys) | Q(change_set__superseded_by__in=keys)
    found: dict[int, References] = {}
    pages, said = standing_references().filter(about), mentions().filter(about)
    if until is not None:
        pages = pages.filter(published_on__lte=until.astimezone(UTC).date())
        said = said.filter(version__first_seen_at__lte=until)
    for page in pages.order_by("published_on", "pk"):
        if page.change_set:
            _of(found, page.change_set).pages.append(page)
    for row in said.exclude(ruling=MentionRuling.REJECTED):
        told = _of(found, row.change_set)
        (told.mentions if row.ruling == MentionRuling.CONFIRMED else told.proposed).append(row)
    return found


def _of(found: dict[int, References], change_set: ChangeSet) -> References:
    return found.setdefault(change_set.superseded_by_id or change_set.pk, References())


def platform_references(platform: Platform, until: date) -> list[Reference]:
    """The pages attached to a platform as a whole, published up to a day, newest first."""
    found = standing_references().filter(platform=platform, change_set__isnull=True, published_on__lte=until)
    return list(found)


def mentions_by(document: Document) -> list[Mention]:
    """The change sets that an announcement speaks of, by a curator's word, newest first."""
    found = mentions().filter(document=document, ruling=MentionRuling.CONFIRMED)
    return list(found.order_by("-change_set__detected_at", "pk"))


def standing_references() -> QuerySet[Reference]:
    """The attached pages that were not removed, the latest published first."""
    return all_references().filter(removed_at__isnull=True)


def all_references() -> QuerySet[Reference]:
    """The attached pages, removed ones among them, the latest published first."""
    return Reference.objects.select_related("platform", "change_set", "added_by", "removed_by")


def removed_references() -> QuerySet[Reference]:
    """The attached pages that were removed, the last one first."""
    found = Reference.objects.filter(removed_at__isnull=False).order_by("-removed_at", "-pk")
    return found.select_related("platform", "change_set", "removed_by")


def mentions() -> QuerySet[Mention]:
    """All proposals and rulings, the highest score first, as a line about them needs."""
    rows = Mention.objects.filter(shown("document__platform__"))
    related = ("document__platform", "change_set__document__platform", "version", "ruled_by")
    return rows.select_related(*related)


def proposed_mentions() -> QuerySet[Mention]:
    """What waits for a curator."""
    return mentions().filter(ruling=MentionRuling.PROPOSED)


def ruled_mentions() -> QuerySet[Mention]:
    """What curators ruled, the last one first."""
    return mentions().exclude(ruling=MentionRuling.PROPOSED).order_by("-ruled_at", "-pk")


def sign_label(code: str) -> str:
    """What a reason of a proposal is called."""
    return SIGNS[code].label if code in SIGNS else code.replace("_", " ").capitalize()


def reference_twin(page: Reference) -> dict[str, Any]:
    """An attached page as JSON."""
    return {
        "kind": page.kind,
        "url": page.url,
        "title": page.title,
        "publisher": page.publisher,
        "published_on": page.published_on.isoformat(),
    }


def reference_row_twin(page: Reference) -> dict[str, Any]:
    """An attached page in a list, with what it is about."""
    about = page.change_set
    return reference_twin(page) | {
        "id": page.pk,
        "platform": page.platform.slug,
        "change_set": about.public_id if about else None,
    }


def references_twin(told: References | None) -> list[Mapping[str, Any]]:
    """What readers are told about a change set as JSON: confirmed announcements first, then attached pages."""
    if told is None:
        return []
    pages: Iterable[Mapping[str, Any]] = (reference_twin(page) for page in told.pages)
    return [*(_mention_twin(row) for row in told.mentions), *pages]


def _mention_twin(row: Mention) -> dict[str, Any]:
    return {
        "kind": row.document.type,
        "document": row.document.public_id,
        "version": row.version.public_id,
        "title": row.document.name,
        "publisher": row.document.platform.name,
        "first_seen_at": row.version.first_seen_at.isoformat(),
        "score": row.score,
        "rules_version": row.rules_version,
        "reasons": in_order(row.reasons),
    }

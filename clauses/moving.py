"""Renaming and merging what is watched with everything that speaks of it: subscriptions, references, saved views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import QueryDict

from clauses.listing import list_document, mark_change
from clauses.models import Clause, Frequency, Reference, SavedView, Subscription
from monitor import renaming, retiring
from monitor.models import Document, Platform
from monitor.renaming import CannotRename, NameIsTaken
from monitor.retiring import CannotRetire

__all__ = [
    "CannotRename",
    "CannotRetire",
    "NameIsTaken",
    "bring_back",
    "merge",
    "merger",
    "rename_document",
    "rename_platform",
    "retire",
    "retirement",
]
_MERGED = "Its platform was merged into one that had the same reference."


@dataclass(frozen=True, slots=True)
class Merger:
    """What goes from one platform to another when the two are merged."""

    documents: int
    subscriptions: int
    references: int


@dataclass(frozen=True, slots=True)
class Retirement:
    """What a document leaves behind when another one is read instead, and the subscriptions that follow."""

    versions: int
    records: int
    subscriptions: int


def rename_platform(platform: Platform, *, name: str, slug: str, at: datetime) -> None:
    """Rename a platform; saved views follow its address. Raises CannotRename."""
    with transaction.atomic():
        former = platform.slug
        renaming.rename_platform(platform, name=name, slug=slug, at=at)
        _follow(former, slug)
        mark_change()


def rename_document(document: Document, *, name: str, slug: str, at: datetime) -> None:
    """Rename a document within its platform. Raises CannotRename."""
    with transaction.atomic():
        renaming.rename_document(document, name=name, slug=slug, at=at)
        mark_change()


def merger(platform: Platform) -> Merger:
    """What a merger would take along."""
    return Merger(
        platform.documents.count(),
        Subscription.objects.filter(platform=platform, ended_at__isnull=True).count(),
        Reference.objects.filter(platform=platform, removed_at__isnull=True).count(),
    )


def merge(platform: Platform, into: Platform, at: datetime) -> Merger:
    """Put everything of a platform under another one, then remove the empty platform. Raises CannotRename.

    Who subscribed to both has one subscription after it; a reference that both had stands once.
    """
    if platform == into:
        raise CannotRename("A platform cannot be merged into itself")
    with transaction.atomic():
        moved = merger(platform)
        renaming.move_documents(platform, into, at)
        _lead_on(Subscription.objects.filter(platform=platform), {"platform": into}, at)
        for reference in Reference.objects.filter(platform=platform):
            _put_under(reference, {"platform": into}, {"removed_at": at, "removal_reason": _MERGED})
        _follow(platform.slug, into.slug)
        platform.delete()
        mark_change()
    return moved


def retirement(document: Document) -> Retirement:
    """What retiring a document would leave, and take along."""
    return Retirement(
        document.versions.count(),
        Clause.objects.filter(document=document).count(),
        Subscription.objects.filter(document=document, ended_at__isnull=True).count(),
    )


def retire(document: Document, into: Document, at: datetime) -> None:
    """Read one document instead of another from now on. Raises CannotRetire.

    The history of the retired one stays at its addresses. Who subscribed to it is told of the other; its clauses
    leave the lists of what stands today, in which the same terms would count twice.
    """
    with transaction.atomic():
        retiring.retire(document, into, at)
        _lead_on(Subscription.objects.filter(document=document), {"document": into}, at)
        list_document(document.pk)
        mark_change()


def bring_back(document: Document, at: datetime) -> None:
    """Read a retired document by itself again. Subscriptions stay where they went."""
    with transaction.atomic():
        retiring.bring_back(document, at)
        list_document(document.pk)
        mark_change()


def _lead_on(subscriptions: QuerySet[Subscription], into: Mapping[str, Model], at: datetime) -> None:
    """Let subscriptions be of another platform or document; who has one there already has one after it."""
    for subscription in subscriptions:
        if not _put_under(subscription, into, {"ended_at": at}):
            _join(subscription, into)


def _join(ended: Subscription, into: Mapping[str, Model]) -> None:
    """Let the subscription that goes on tell as soon and as much as both did, and call both's webhooks."""
    names = ("platform", "document", "document_type", "type", "direction")
    same = {name: getattr(ended, name) for name in names} | dict(into)
    kept = Subscription.objects.get(
        recipient=ended.recipient, ended_at=None, confirmed_at__isnull=False, **same
    )
    kept.min_severity = min(kept.min_severity, ended.min_severity)
    kept.frequency = min(kept.frequency, ended.frequency, key=lambda word: Frequency(word).rank)
    kept.save(update_fields=["min_severity", "frequency"])
    known = kept.webhooks.values_list("url", flat=True)
    ended.webhooks.exclude(url__in=list(known)).update(subscription=kept)


def _put_under(row: Model, into: Mapping[str, Model], ended: Mapping[str, object]) -> bool:
    """Let a row be of another platform or document; False where that has the same, and this one has ended."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    try:
        with transaction.atomic():
            rows.update(**into)
    except IntegrityError:
        rows.update(**into, **ended)
        return False
    return True


def _follow(former: str, present: str) -> None:
    """Let saved views that name a platform go on naming it."""
    for view in SavedView.objects.filter(query__contains=f"platform={former}"):
        query = QueryDict(view.query, mutable=True)
        named = query.getlist("platform")
        query.setlist("platform", [*dict.fromkeys(present if slug == former else slug for slug in named)])
        SavedView.objects.filter(pk=view.pk).update(query=query.urlencode())

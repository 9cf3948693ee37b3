"""Renaming and merging platforms with everything that speaks of them: subscriptions, references, saved views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import QueryDict

from clauses.listing import mark_change
from clauses.models import Frequency, Reference, SavedView, Subscription
from monitor import renaming
from monitor.models import Document, Platform
from monitor.renaming import CannotRename

__all__ = ["CannotRename", "Merger", "merge", "merger", "rename_document", "rename_platform"]
_MERGED = "Its platform was merged into one that had the same reference."


@dataclass(frozen=True, slots=True)
class Merger:
    """What goes from one platform to another when the two are merged."""

    documents: int
    subscriptions: int
    references: int


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
        for subscription in Subscription.objects.filter(platform=platform):
            if not _put_under(subscription, into, {"ended_at": at}):
                _join(subscription, into)
        for reference in Reference.objects.filter(platform=platform):
            _put_under(reference, into, {"removed_at": at, "removal_reason": _MERGED})
        _follow(platform.slug, into.slug)
        platform.delete()
        mark_change()
    return moved


def _join(ended: Subscription, into: Platform) -> None:
    """Let the subscription that goes on tell as soon and as much as both did, and call both's webhooks."""
    same = {name: getattr(ended, name) for name in ("document", "document_type", "type", "direction")}
    kept = Subscription.objects.get(
        recipient=ended.recipient, platform=into, ended_at=None, confirmed_at__isnull=False, **same
    )
    kept.min_severity = min(kept.min_severity, ended.min_severity)
    kept.frequency = min(kept.frequency, ended.frequency, key=lambda word: Frequency(word).rank)
    kept.save(update_fields=["min_severity", "frequency"])
    known = kept.webhooks.values_list("url", flat=True)
    ended.webhooks.exclude(url__in=list(known)).update(subscription=kept)


def _put_under(row: Model, into: Platform, ended: dict[str, object]) -> bool:
    """Let a row be of another platform; False where that has the same, and this one has ended."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    try:
        with transaction.atomic():
            rows.update(platform=into)
    except IntegrityError:
        rows.update(platform=into, **ended)
        return False
    return True


def _follow(former: str, present: str) -> None:
    """Let saved views that name a platform go on naming it."""
    for view in SavedView.objects.filter(query__contains=f"platform={former}"):
        query = QueryDict(view.query, mutable=True)
        named = query.getlist("platform")
        query.setlist("platform", [present if slug == former else slug for slug in named])
        SavedView.objects.filter(pk=view.pk).update(query=query.urlencode())

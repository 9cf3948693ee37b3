"""Recorded changes that look odd: texts that lost or gained half of their clauses at once."""

from __future__ import annotations

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from clauses.models import ChangeRuling, ChangeSet
from clauses.queries.scope import standing_change_sets
from monitor.models import Cause

# In smaller texts half is soon gone.
LEAST_CLAUSES = 8
_KEPT = ("modified", "moved", "renumbered", "split", "merged", "unchanged")


def odd_change_sets() -> QuerySet[ChangeSet]:
    """Publishers' changes on which nobody has ruled, of which half of the old clauses went, or as many came as stood.

    With `gone`, `came` and `before`, counts of clauses; the latest first.
    """
    return _measured().filter(rulings__isnull=True, is_technical=False).filter(_is_odd())


def is_odd(change_set: ChangeSet) -> bool:
    """Whether a change set is one of these."""
    return odd_change_sets().filter(pk=change_set.pk).exists()


def ruled_change_sets() -> QuerySet[ChangeSet]:
    """Change sets with a ruling, the latest ruling first."""
    latest = ChangeRuling.objects.filter(change_set=OuterRef("pk")).values("ruled_at")[:1]
    return (
        _measured().annotate(ruled_at=Subquery(latest)).filter(ruled_at__isnull=False).order_by("-ruled_at")
    )


def measured_change_set(number: int) -> ChangeSet | None:
    """A standing change set of a publisher with the same counts."""
    return _measured().filter(number=number).first()


def latest_ruling(change_set: ChangeSet) -> ChangeRuling | None:
    """The ruling that counts, None without one."""
    return change_set.rulings.select_related("ruled_by").first()


def _is_odd() -> Q:
    return Q(before__gte=LEAST_CLAUSES) & (Q(gone__gte=F("before") - F("gone")) | Q(came__gte=F("before")))


def _measured() -> QuerySet[ChangeSet]:
    kept = sum((_count(key) for key in _KEPT[1:]), _count(_KEPT[0]))
    return (
        standing_change_sets()
        .exclude(new_version__cause=Cause.TECHNICAL)
        .annotate(gone=_count("removed"), came=_count("added"))
        .annotate(before=F("gone") + kept)
        .select_related("document__platform", "old_version", "new_version")
        .order_by("-detected_at", "-number")
    )


def _count(key: str) -> Cast:
    return Cast(KeyTransform(key, "counts"), IntegerField())

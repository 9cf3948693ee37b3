"""Figures that changed: what they were from when on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Min

from clauses.core.values import Fact
from clauses.models import Change, Clause
from monitor.models import Platform

# More lines than this say less than the list below them.
_MOST_SERIES = 3


@dataclass(frozen=True, slots=True)
class Step:
    """A figure, its words, and when it begins to hold: in force where the text says when, else recorded."""

    at: datetime
    value: float
    words: str


@dataclass(slots=True)
class Series:
    """The figures of one clause through time, oldest first."""

    clause: Clause
    subject: str
    steps: list[Step] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """How many times the smallest figure the largest is."""
        values = [step.value for step in self.steps]
        return max(values) / min(values)


def retention_over_time(platform: Platform, until: datetime) -> list[Series]:
    """The retention periods that changed up to a moment, in days, those that changed most first."""
    changes = (
        Change.objects.filter(change_set__document__platform=platform, change_set__detected_at__lte=until)
        .filter(change_set__is_technical=False, change_set__superseded_by__isnull=True)
        .exclude(facts=[])
        .select_related("change_set", "clause__document")
        .annotate(since=Min("clause__occurrences__first_version__first_seen_at"))
        .order_by("change_set__detected_at", "position")
    )
    series: dict[int, Series] = {}
    for change in changes:
        _extend(series, change, change.since)
    found = sorted(series.values(), key=lambda one: (-one.ratio, one.clause.number))
    return found[:_MOST_SERIES]


def _extend(series: dict[int, Series], change: Change, since: datetime) -> None:
    moved = [fact for fact in change.facts if _has_moved(fact)]
    if not moved:
        return
    fact = max(moved, key=_ratio)
    one = series.setdefault(change.clause_id, Series(change.clause, fact["new"]["subject"]))
    if not one.steps:
        one.steps.append(Step(since, fact["old"]["normalized"], Fact(**fact["old"]).amount))
    effective = change.change_set.effective_on
    at = change.change_set.detected_at
    if effective and effective > at.date():
        at = datetime.combine(effective, time.min, UTC)
    one.steps.append(Step(at, fact["new"]["normalized"], Fact(**fact["new"]).amount))


def _has_moved(fact: Mapping[str, Any]) -> bool:
    sides = (fact["old"], fact["new"])
    return fact["kind"] == "retention" and all(
        side and isinstance(side["normalized"], int | float) and side["normalized"] > 0 for side in sides
    )


def _ratio(fact: Mapping[str, Any]) -> float:
    old, new = float(fact["old"]["normalized"]), float(fact["new"]["normalized"])
    return max(old, new) / min(old, new)

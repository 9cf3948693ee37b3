"""Figures that changed: what they were from when on, in which words, and by which change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Min

from clauses.core.values import Fact
from clauses.models import Change, ChangeSet, Clause
from monitor.models import Platform

# Kinds whose figures are days or years, so that two of them can be told apart by size.
_MEASURED_IN_TIME = frozenset(
    {
        "retention",
        "notice_period",
        "minimum_age",
        "opt_out_window",
        "claim_period",
        "response_time",
        "refund_period",
        "renewal_notice",
        "renewal_period",
    }
)
_OTHERS = frozenset({"liability_cap", "governing_law", "venue"})
# A table of more of them is no summary; each has its clause record.
_MOST_SERIES = 40


@dataclass(frozen=True, slots=True)
class Step:
    """A figure, its words, and when it begins to hold: in force where the text says when, else recorded.

    `value` is days or years; None where it is no length of time or was not stated. `quote` are the exact words;
    `change_set` is None for the figure of the first text.
    """

    at: datetime
    value: float | None
    words: str
    quote: str = ""
    change_set: ChangeSet | None = None


@dataclass(slots=True)
class Series:
    """The figures of one kind in one clause through time, oldest first."""

    clause: Clause
    kind: str
    subject: str
    steps: list[Step] = field(default_factory=list)

    @property
    def is_drawn(self) -> bool:
        """Whether it can be a line: each figure is a length of time."""
        return all(step.value for step in self.steps)

    @property
    def ratio(self) -> float:
        """How many times the smallest figure the largest is; 1 where they cannot be told apart by size."""
        values = [step.value for step in self.steps if step.value]
        return max(values) / min(values) if values and self.is_drawn else 1.0


def figures_over_time(platform: Platform, until: datetime) -> list[Series]:
    """The figures of a platform that changed up to a moment, those that changed most first. One query."""
    changes = (
        Change.objects.filter(change_set__document__platform=platform, change_set__detected_at__lte=until)
        .filter(change_set__is_technical=False, change_set__superseded_by__isnull=True)
        .filter(old__isnull=False, new__isnull=False)
        .exclude(facts=[])
        .select_related("change_set", "clause__document")
        .annotate(since=Min("clause__occurrences__first_version__first_seen_at"))
        .order_by("change_set__detected_at", "position")
    )
    series: dict[tuple[int, str], Series] = {}
    for change in changes:
        for fact in _one_of_each_kind(change.facts):
            _extend(series, change, fact)
    found = sorted(series.values(), key=lambda one: (-one.ratio, one.clause.number, one.kind))
    return found[:_MOST_SERIES]


def _one_of_each_kind(facts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Of several figures of one kind in a clause, the one that changed most."""
    by_kind: dict[str, dict[str, Any]] = {}
    for fact in facts:
        kind = fact["kind"]
        if kind not in _MEASURED_IN_TIME | _OTHERS or _words(fact["old"]) == _words(fact["new"]):
            continue
        if kind not in by_kind or _ratio(fact) > _ratio(by_kind[kind]):
            by_kind[kind] = fact
    yield from by_kind.values()


def _extend(series: dict[tuple[int, str], Series], change: Change, fact: Mapping[str, Any]) -> None:
    kind, old, new = fact["kind"], fact["old"], fact["new"]
    stated = new or old
    one = series.setdefault((change.clause_id, kind), Series(change.clause, kind, stated["subject"]))
    if not one.steps:
        # `since` is annotated by the query: the first sight of the clause.
        one.steps.append(_step(change.since, kind, old, None))  # type: ignore[attr-defined]
    effective = change.change_set.effective_on
    at = change.change_set.detected_at
    if effective and effective > at.date():
        at = datetime.combine(effective, time.min, UTC)
    one.steps.append(_step(at, kind, new, change.change_set))


def _step(at: datetime, kind: str, fact: Mapping[str, Any] | None, by: ChangeSet | None) -> Step:
    value = _length(fact) if kind in _MEASURED_IN_TIME else None
    return Step(at, value, _words(fact), fact["quote"] if fact else "", by)


def _words(fact: Mapping[str, Any] | None) -> str:
    return Fact(**fact).amount if fact else "not stated"


def _length(fact: Mapping[str, Any] | None) -> float | None:
    """A positive number of days or years, or None."""
    normalized = fact["normalized"] if fact else None
    is_length = isinstance(normalized, int | float) and normalized > 0
    return float(normalized) if is_length else None  # type: ignore[arg-type]


def _ratio(fact: Mapping[str, Any]) -> float:
    old, new = _length(fact["old"]), _length(fact["new"])
    return max(old, new) / min(old, new) if old and new else 1.0

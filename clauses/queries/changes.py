"""Changes across platforms: the stream, the worst of them with their words, and what comes into force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from clauses.models import Change, ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.scope import counted_change_sets, standing_change_sets


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """What a reader asked to see. Empty fields ask for nothing; `severity` is the least, both days are in."""

    platform: str = ""
    document_type: str = ""
    type: str = ""
    severity: int = 0
    direction: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything."""
        return self == ChangeFilter()


def change_filter(said: Mapping[str, Any]) -> ChangeFilter:
    """The filter that values by the names of its parameters ask for: severity as a word, `since` as a day."""
    severity = said.get("severity")
    return ChangeFilter(
        platform=said.get("platform") or "",
        document_type=said.get("document_type") or "",
        type=said.get("type") or "",
        severity=SeverityLevel[severity.upper()].value if severity else 0,
        direction=said.get("direction") or "",
        kind=said.get("kind") or "",
        since=said.get("since"),
    )


@dataclass(frozen=True, slots=True)
class LeadChange:
    """A change set with the clause change that weighs most in it; None where no clause changed."""

    change_set: ChangeSet
    change: Change | None


@dataclass(frozen=True, slots=True)
class Day:
    """The change sets detected on one day (UTC)."""

    on: date
    change_sets: list[ChangeSet]


def filtered_changes(asked: ChangeFilter) -> QuerySet[ChangeSet]:
    """Change sets newest first. A platform asked for by name is shown even where it is not counted."""
    found = counted_change_sets()
    if asked.platform:
        found = standing_change_sets().filter(document__platform__slug=asked.platform, is_technical=False)
    if asked.type:
        found = found.filter(changed_types__type=asked.type)
    if asked.since:
        found = found.filter(detected_at__gte=_start(asked.since))
    if asked.until:
        found = found.filter(detected_at__lte=datetime.combine(asked.until, time.max, UTC))
    exact = {
        "document__type": asked.document_type,
        "direction": asked.direction,
        "kind": asked.kind,
        "severity__gte": asked.severity,
    }
    return found.filter(**{field: value for field, value in exact.items() if value})


def keys_of(found: QuerySet[ChangeSet]) -> QuerySet[ChangeSet, int]:
    """The keys of these change sets in their order: what a list is cut into pages by.

    A database that sorts whole rows with their documents and versions takes long for a page far back.
    """
    return found.select_related(None).prefetch_related(None).values_list("pk", flat=True)


def with_keys(found: QuerySet[ChangeSet], keys: Iterable[int]) -> list[ChangeSet]:
    """Those of these change sets that have one of the keys, in their order."""
    return list(found.filter(pk__in=list(keys)))


def worst_changes(found: QuerySet[ChangeSet], count: int) -> list[LeadChange]:
    """The severest change sets, the newest of them first, from medium severity on."""
    worst = found.filter(severity__gte=SeverityLevel.MEDIUM).order_by("-severity", "-detected_at", "-number")
    return with_lead_change(worst[:count])


def with_lead_change(change_sets: Iterable[ChangeSet], slug: str = "") -> list[LeadChange]:
    """Change sets with the change that weighs most in each, in the order given. One query for all.

    With a clause type's slug, changes of that type come before all others.
    """
    listed = list(change_sets)
    is_about = Q(type_list__contains=f'"{slug}"')
    changed = Change.objects.filter(change_set=OuterRef("pk")).alias(type_list=Cast("types", TextField()))
    heaviest = changed.alias(is_about=is_about).order_by("-is_about", "-severity", "position")
    chosen = ChangeSet.objects.filter(pk__in=[row.pk for row in listed]).annotate(
        lead=Subquery(heaviest.values("pk")[:1])
    )
    by_set = dict(chosen.values_list("pk", "lead"))
    changes = Change.objects.select_related("clause").in_bulk([pk for pk in by_set.values() if pk])
    return [LeadChange(row, changes.get(by_set[row.pk])) for row in listed]


def by_day(change_sets: Iterable[ChangeSet]) -> list[Day]:
    """Change sets grouped by the day of their first sight, in the order given."""
    days = groupby(change_sets, lambda row: row.detected_at.astimezone(UTC).date())
    return [Day(on, list(rows)) for on, rows in days]


def severity_counts(found: QuerySet[ChangeSet]) -> list[tuple[SeverityLevel, int]]:
    """How many change sets of each severity, high first."""
    rows = found.order_by().values("severity").annotate(count=Count("pk", distinct=True))
    counts = dict(rows.values_list("severity", "count"))
    return [(level, counts.get(level.value, 0)) for level in _descending()]


def _descending() -> Sequence[SeverityLevel]:
    return sorted(SeverityLevel, reverse=True)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)

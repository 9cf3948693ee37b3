"""Changes across platforms: the stream, the worst of them with their words, and what comes into force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from clauses.models import Change, ChangedType, ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.scope import counted_change_sets, standing_change_sets


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """What a reader asked to see: any of the values of each field. Empty fields ask for nothing.

    `severity` is the least, both days are in.
    """

    platforms: tuple[str, ...] = ()
    document_types: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    severity: int = 0
    directions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything."""
        return self == ChangeFilter()


def change_filter(said: Mapping[str, Any]) -> ChangeFilter:
    """The filter that values by the names of its parameters ask for: lists, severity as a word, `since` as a day."""
    severity = said.get("severity")
    return ChangeFilter(
        platforms=tuple(said.get("platform") or ()),
        document_types=tuple(said.get("document_type") or ()),
        types=tuple(said.get("type") or ()),
        severity=SeverityLevel[severity.upper()].value if severity else 0,
        directions=tuple(said.get("direction") or ()),
        kinds=tuple(said.get("kind") or ()),
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
    """Change sets newest first, each once. A platform asked for by name is shown even where it is not counted."""
    found = counted_change_sets()
    if asked.platforms:
        found = standing_change_sets().filter(
            document__platform__slug__in=asked.platforms, is_technical=False
        )
    if len(asked.types) == 1:
        found = found.filter(changed_types__type=asked.types[0])
    elif asked.types:
        touched = ChangedType.objects.filter(type__in=asked.types)
        found = found.filter(pk__in=touched.values("change_set"))
    if asked.since:
        found = found.filter(detected_at__gte=_start(asked.since))
    if asked.until:
        found = found.filter(detected_at__lte=datetime.combine(asked.until, time.max, UTC))
    exact = {
        "document__type__in": asked.document_types,
        "direction__in": asked.directions,
        "kind__in": asked.kinds,
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


def with_lead_change(change_sets: Iterable[ChangeSet], *types: str) -> list[LeadChange]:
    """Change sets with the change that weighs most in each, in the order given. One query for all.

    With slugs of clause types, changes of one of these come before all others.
    """
    listed = list(change_sets)
    is_about = Q(*(Q(type_list__contains=f'"{slug}"') for slug in types or ("",)), _connector=Q.OR)
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

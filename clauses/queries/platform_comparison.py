"""Two to four platforms beside each other as wholes: what they answer, what they hold, and what changed lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Sum

from clauses.core.taxonomy import ClauseType
from clauses.models import ChangeSet, Clause, ListedClause, TypeCount
from clauses.models.choices import SeverityLevel
from clauses.queries.adoption import clauses_at
from clauses.queries.clause_types import named_type
from clauses.queries.like_documents import ComparedDocuments, LikeDocuments, compared_documents, keys_of
from clauses.queries.quick_facts import Answer, quick_facts_of
from clauses.queries.quick_questions import Question
from monitor.models import Platform

CHANGES_IN = timedelta(days=90)
_TOP = 5
_HIGH_FIRST = sorted(SeverityLevel, reverse=True)


@dataclass(frozen=True, slots=True)
class FactRow:
    """One question, and the answer of each of the platforms, in their order."""

    question: Question
    platforms: Sequence[Platform]
    answers: Sequence[Answer]

    @property
    def cells(self) -> list[tuple[Platform, Answer]]:
        """Each answer with whose it is."""
        return list(zip(self.platforms, self.answers, strict=True))


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A clause type, and how many clauses of it each platform has."""

    type: ClauseType
    counts: Sequence[int]


@dataclass(slots=True)
class Side:
    """One of the platforms. Counts are of the compared documents; changes those first seen in 90 days."""

    documents: ComparedDocuments
    by_severity: dict[int, int] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    top: list[Clause] = field(default_factory=list)

    @property
    def platform(self) -> Platform:
        """The platform itself."""
        return self.documents.platform

    @property
    def total(self) -> int:
        """Its clauses."""
        return sum(self.by_severity.values())

    @property
    def change_count(self) -> int:
        """Its changes of every direction."""
        return sum(self.changes.values())

    @property
    def severities(self) -> list[tuple[SeverityLevel, int]]:
        """Every severity with its count, high first."""
        return [(level, self.by_severity.get(level, 0)) for level in _HIGH_FIRST]


@dataclass(frozen=True, slots=True)
class PlatformComparison:
    """`sides` in the order asked for; the types most of them have come first."""

    sides: Sequence[Side]
    facts: Sequence[FactRow]
    types: Sequence[TypeRow]

    @property
    def severities(self) -> list[tuple[SeverityLevel, list[int]]]:
        """Every severity, high first, with its clauses of each side."""
        return [(level, [side.by_severity.get(level, 0) for side in self.sides]) for level in _HIGH_FIRST]


def platform_comparison(
    platforms: Sequence[Platform], like: LikeDocuments, now: datetime
) -> PlatformComparison:
    """The platforms compared by such documents alone. The number of queries goes with that of the platforms."""
    sides = [Side(found) for found in compared_documents(platforms, like)]
    keys = keys_of(side.documents for side in sides)
    counts = _counts(keys)
    for side in sides:
        side.by_severity = counts.get((side.platform.pk, ""), {})
    _add_changes(sides, keys, now)
    _add_top(sides)
    among = None if like.is_any else keys
    answers = quick_facts_of(platforms, now, among, told=1)
    facts = [FactRow(row[0].question, platforms, row) for row in zip(*answers, strict=True)]
    return PlatformComparison(sides, facts, _types(sides, counts))


def _counts(keys: Collection[int]) -> dict[tuple[int, str], dict[int, int]]:
    """The clauses by platform and type, each by severity. The empty type stands for all."""
    rows = TypeCount.objects.filter(document__in=keys).order_by()
    found: dict[tuple[int, str], dict[int, int]] = {}
    by = rows.values_list("document__platform", "type", "severity").annotate(total=Sum("clauses"))
    for platform, slug, severity, total in by:
        found.setdefault((platform, slug), {})[severity] = total
    return found


def _types(sides: Sequence[Side], counts: Mapping[tuple[int, str], Mapping[int, int]]) -> list[TypeRow]:
    table = [
        TypeRow(named_type(slug), [sum(counts.get((side.platform.pk, slug), {}).values()) for side in sides])
        for slug in {slug for _, slug in counts if slug}
    ]
    return sorted(table, key=lambda row: (row.counts.count(0), row.type.name, row.type.slug))


def _add_changes(sides: Sequence[Side], keys: Collection[int], now: datetime) -> None:
    recent = ChangeSet.objects.filter(
        document__in=keys, is_technical=False, detected_at__gt=now - CHANGES_IN, detected_at__lte=now
    )
    # Asked for those that nothing superseded, SQLite goes through all of the site; of 90 days there are few.
    found = recent.order_by().values_list("document__platform", "direction", "superseded_by")
    counts = Counter((platform, direction) for platform, direction, successor in found if successor is None)
    for side in sides:
        side.changes = {
            direction: total for (owner, direction), total in counts.items() if owner == side.platform.pk
        }


def _add_top(sides: Sequence[Side]) -> None:
    """The most severe clauses of each; one query a platform to find them, one to read all."""
    positions = {
        side.platform.pk: list(
            ListedClause.objects.filter(document__in=side.documents.documents)
            .order_by("position")
            .values_list("position", flat=True)[:_TOP]
        )
        for side in sides
    }
    clauses = clauses_at([position for found in positions.values() for position in found])
    for side in sides:
        side.top = [clauses[position] for position in positions[side.platform.pk] if position in clauses]

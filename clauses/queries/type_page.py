"""What the page of a clause type states: the extremes of its wordings, its figures, and what changed lately."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from clauses.core.spread import Spread, Stated, spread_of
from clauses.models import Clause, ListedFigure, ListedType
from clauses.queries.adoption import (
    Adoption,
    clauses_at,
    platform_counts,
    platforms_waiting,
    platforms_without,
    severity_split,
)
from clauses.queries.changes import LeadChange, with_lead_change
from clauses.queries.clause_types import named_type
from clauses.queries.like_documents import LikeDocuments
from clauses.queries.scope import counted_change_sets, counted_platforms
from monitor.models import Document

_EXTREMES = 3
# So many clauses at an end are read at once, and ten times as many after that, until enough platforms are among them.
_READ_AT_ONCE = 60
# Documents in larger numbers are looked up row by row: so many rows are of one of them that few are read.
_FEW_DOCUMENTS = 200
_RECENT = 5
_MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class ExtremeClause:
    """A clause at one end of its type, with the points of its reading and what earned them."""

    clause: Clause
    points: int
    reasons: Sequence[dict[str, Any]]
    is_ruled: bool


@dataclass(frozen=True, slots=True)
class Extremes:
    """The wordings that cost the user most and least, of different platforms. The same one is in no two lists."""

    adverse: list[ExtremeClause]
    favorable: list[ExtremeClause]


def counted_documents(among: Collection[int] | None) -> set[int]:
    """The keys of the documents of counted platforms; of those named only, where some are."""
    found = Document.objects.filter(platform__in=counted_platforms().values("pk"))
    keys = set(found.values_list("pk", flat=True))
    return keys if among is None else keys & set(among)


def extremes(slug: str, documents: Collection[int]) -> Extremes:
    """The clauses of a type, and of no other type before it, with most and with fewest points."""
    found = ListedType.objects.filter(type=slug, rank=0)
    worst = _of_different_platforms(found.order_by("-points", "listed"), documents)
    best = _of_different_platforms(found.order_by("points", "listed"), documents)
    adverse: list[tuple[int, int]] = []
    favorable: list[tuple[int, int]] = []
    # In turn, so that of few clauses each end has its share.
    for _ in range(_EXTREMES):
        for end, candidates in ((adverse, worst), (favorable, best)):
            end.extend([row for row in candidates if row not in (*adverse, *favorable)][:1])
    clauses = clauses_at([position for position, _ in (*adverse, *favorable)], "current__classification")
    return Extremes(_wordings(adverse, clauses), _wordings(favorable, clauses))


def _of_different_platforms(rows: QuerySet[ListedType], documents: Collection[int]) -> list[tuple[int, int]]:
    """Positions with their points, the first of each platform: boilerplate repeats itself within one.

    Of as many platforms as two ends can show.
    """
    if len(documents) <= _FEW_DOCUMENTS:
        rows = rows.filter(document__in=documents)
    found = rows.values_list("listed", "points", "document", "document__platform")
    chosen: dict[int, tuple[int, int]] = {}
    start, size = 0, _READ_AT_ONCE
    while True:
        page = list(found[start : start + size])
        for position, points, document, platform in page:
            if document in documents:
                chosen.setdefault(platform, (position, points))
        if len(chosen) >= 2 * _EXTREMES or len(page) < size:
            return list(chosen.values())
        start, size = start + size, 10 * size


def _wordings(chosen: Sequence[tuple[int, int]], clauses: dict[int, Clause]) -> list[ExtremeClause]:
    found = []
    for position, points in chosen:
        clause = clauses.get(position)
        if clause and clause.current:
            reasons = clause.current.classification.reasons
            found.append(ExtremeClause(clause, points, reasons, clause.decision_id is not None))
    return found


def recent_changes(slug: str) -> list[LeadChange]:
    """The latest changes of counted platforms that touch a type, each with its change of that type."""
    found = counted_change_sets().filter(changed_types__type=slug)
    return with_lead_change(found.order_by("-detected_at", "-number")[:_RECENT], slug)


def figures_of(slug: str, documents: Collection[int]) -> list[Spread]:
    """How the figures in clauses of a type are spread, by kind; the kind most clauses state first. One query."""
    rows = (
        ListedFigure.objects.filter(type=slug)
        .order_by()
        .values_list("kind", "amount", "value", "unit", "document", "document__platform")
        .annotate(clauses=Count("listed", distinct=True))
    )
    stated: dict[str, list[Stated]] = {}
    for kind, amount, value, unit, document, platform, clauses in rows:
        if document in documents:
            stated.setdefault(kind, []).append(Stated(amount, value, unit, platform, clauses))
    spreads = [spread_of(kind, found, _MOST_VALUES) for kind, found in stated.items()]
    return sorted(spreads, key=lambda spread: (-spread.clauses, spread.kind))


def stated_of_type(slug: str, like: LikeDocuments) -> dict[str, Any]:
    """What the page of a type and its twins state alike, of such documents alone."""
    among = like.keys()
    having = platform_counts(slug, among)
    without = list(platforms_without(slug, among))
    documents = counted_documents(among)
    return {
        "type": named_type(slug),
        "like": like,
        "among": among,
        "adoption": Adoption(len(having), len(having) + len(without)),
        "having": having,
        "severities": severity_split(having),
        "extremes": extremes(slug, documents),
        "figures": figures_of(slug, documents),
        "waiting": list(platforms_waiting(slug, among)),
        "without": without,
    }

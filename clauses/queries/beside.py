"""One clause type on several platforms: figures in one table, and each platform held against the first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from clauses.core.beside import Alike, beside
from clauses.core.values import Classification, Fact, Passage, ReadClause
from clauses.models import Clause
from clauses.queries.adoption import most_severe_of
from clauses.queries.twins import Json, public_url
from clauses.reading import readings_of
from monitor.models import Platform

# Who compares more clauses of one type reads them in the registry.
_MOST_CLAUSES = 40
_MOST_ALIKE = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a clause."""

    clause: Clause
    fact: Fact

    @property
    def values(self) -> dict[str, Any]:
        """The fact as pages and twins show it."""
        return asdict(self.fact)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of one kind, for each platform in the order asked for; an empty list where it states none."""

    kind: str
    cells: Sequence[Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class LikePair:
    """Clauses of two platforms in much the same words."""

    left: Clause
    right: Clause
    found: Alike

    @property
    def redline(self) -> list[tuple[str, str]]:
        """From the left words to the right ones."""
        return [(run.op, run.text) for run in self.found.redline]

    @property
    def facts(self) -> list[dict[str, Any]]:
        """The figures that differ, left as `old` and right as `new`."""
        return [asdict(fact) for fact in self.found.facts]


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """A platform against the first one: clauses in the same and in like words, and how many only the one side has."""

    first: Platform
    platform: Platform
    alike: Sequence[LikePair]
    only_first: int
    only_here: int

    @property
    def same_count(self) -> int:
        """How many clauses have the same words."""
        return sum(pair.found.is_same for pair in self.alike)

    @property
    def like_count(self) -> int:
        """How many have like words."""
        return len(self.alike) - self.same_count

    @property
    def shown(self) -> Sequence[LikePair]:
        """The pairs a page shows: those that differ first."""
        return sorted(self.alike, key=lambda pair: pair.found.is_same)[:_MOST_ALIKE]


@dataclass(frozen=True, slots=True)
class TypeComparison:
    """`is_cut`: a platform has more clauses of the type than are compared, the most severe first."""

    figures: Sequence[FigureRow]
    against: Sequence[HeldAgainst]
    is_cut: bool


def type_comparison(
    slug: str, platforms: Sequence[Platform], among: Collection[int] | None = None
) -> TypeComparison:
    """The standing clauses of a type of two or more platforms, compared as versions are. A fixed number of queries.

    `among` are the documents that are looked at; None: all.
    """
    positions = most_severe_of(slug, platforms, _MOST_CLAUSES + 1, among)
    is_cut = any(len(found) > _MOST_CLAUSES for found in positions.values())
    chosen = [position for found in positions.values() for position in found[:_MOST_CLAUSES]]
    # No more of each than is compared: of four platforms they are a hundred and sixty.
    found = Clause.objects.filter(listed__in=chosen, current__isnull=False)
    clauses = list(found.select_related("document", "current__wording").order_by())
    readings = readings_of(clause.current for clause in clauses if clause.current)
    kept = [
        _in_reading_order([clause for clause in clauses if clause.document.platform_id == platform.pk])
        for platform in platforms
    ]
    read = [[_read(index, clause, readings) for index, clause in enumerate(clauses)] for clauses in kept]
    against = []
    for platform, those, theirs in zip(platforms[1:], kept[1:], read[1:], strict=True):
        sides = beside(read[0], theirs)
        alike = [LikePair(kept[0][pair.left[0]], those[pair.right[0]], pair) for pair in sides.alike]
        against.append(
            HeldAgainst(platforms[0], platform, alike, len(sides.only_left), len(sides.only_right))
        )
    return TypeComparison(_figures(kept, read), against, is_cut)


def _in_reading_order(clauses: Sequence[Clause]) -> list[Clause]:
    return sorted(clauses, key=lambda clause: (clause.document_id, clause.number))


def _read(index: int, clause: Clause, readings: Mapping[int, Classification]) -> ReadClause:
    occurrence = clause.current
    assert occurrence
    text = occurrence.wording.text
    passage = Passage(
        index, 0, len(text), text, tuple(occurrence.heading_path), occurrence.intro, tuple(occurrence.header)
    )
    return ReadClause(passage, readings[occurrence.classification_id])


def _figures(clauses: Sequence[Sequence[Clause]], read: Sequence[Sequence[ReadClause]]) -> list[FigureRow]:
    """By kind, the kind most platforms state first."""
    kinds: dict[str, list[list[Figure]]] = {}
    for column, (ours, theirs) in enumerate(zip(clauses, read, strict=True)):
        for clause, one in zip(ours, theirs, strict=True):
            for fact in one.classification.facts:
                cells = kinds.setdefault(fact.kind, [[] for _ in clauses])
                cells[column].append(Figure(clause, fact))
    stated = sorted(kinds, key=lambda kind: -sum(bool(cell) for cell in kinds[kind]))
    return [FigureRow(kind, kinds[kind]) for kind in stated]


def type_comparison_twin(slug: str, platforms: Sequence[Platform], found: TypeComparison) -> Json:
    """What the page says, as JSON."""
    return {
        "type": slug,
        "platforms": [platform.slug for platform in platforms],
        "is_cut": found.is_cut,
        "figures": [
            {
                "kind": row.kind,
                "platform": platform.slug,
                "record": figure.clause.public_id,
                "fact": figure.values,
            }
            for row in found.figures
            for platform, cell in zip(platforms, row.cells, strict=True)
            for figure in cell
        ],
        "against": [
            {
                "first": held.first.slug,
                "platform": held.platform.slug,
                "same": held.same_count,
                "alike": held.like_count,
                "only_first": held.only_first,
                "only_here": held.only_here,
                "pairs": [_pair_twin(pair) for pair in held.alike],
            }
            for held in found.against
        ],
    }


def _pair_twin(pair: LikePair) -> Json:
    return {
        "first": pair.left.public_id,
        "first_url": public_url("record", pair.left.number),
        "here": pair.right.public_id,
        "here_url": public_url("record", pair.right.number),
        "is_same": pair.found.is_same,
        "redline": [list(run) for run in pair.redline],
        "facts": pair.facts,
    }

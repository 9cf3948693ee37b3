"""The changes of a comparison and the unchanged clauses between them, in the order of the new text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clauses.models.choices import ChangeWord, DirectionWord, SeverityLevel
from clauses.queries.clause_types import named_type
from clauses.queries.standing import PlacedClause, anchor

_OPENING = 80
# Characters: more than these few lines take much of a sheet with what is said of them.
_LONG = 240


@dataclass(frozen=True, slots=True)
class ShownChange:
    """What happened to one clause, with the exact words of both sides. Reasons and figures are as in JSON."""

    number: int
    kind: ChangeWord
    types: Sequence[str]
    severity: SeverityLevel
    direction: DirectionWord
    summary: str
    reasons: Sequence[Mapping[str, Any]]
    redline: Sequence[tuple[str, str]]
    facts: Sequence[Mapping[str, Any]]
    old: Sequence[PlacedClause]
    new: Sequence[PlacedClause]

    look = "change"

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return anchor(self.number)

    @property
    def record_id(self) -> str:
        """The public ID of its record."""
        sides = (*self.new, *self.old)
        return next(
            (clause.record_id for clause in sides if clause.number == self.number), sides[0].record_id
        )

    @property
    def is_several(self) -> bool:
        """Whether it was split into, or merged from, several clauses."""
        return len(self.old) > 1 or len(self.new) > 1

    @property
    def heading(self) -> str:
        """The nearest heading above it, where it stands now."""
        path = (self.new or self.old)[0].sections
        if path:
            return path[-1]
        return named_type(self.types[0]).name if self.types else "No heading"

    @property
    def opening(self) -> str:
        """The first words of the clause: what tells it from others under the same heading."""
        return (self.new or self.old)[0].text[:_OPENING]

    @property
    def old_path(self) -> list[str]:
        """The headings above it before; empty for an added clause."""
        return self.old[0].sections if self.old else []

    @property
    def new_path(self) -> list[str]:
        """The headings above it now; empty for a removed clause."""
        return self.new[0].sections if self.new else []

    @property
    def old_number(self) -> str:
        """By what it was cited before ("4.2(b)"); empty where it was not there, or not numbered."""
        return self.old[0].cited_as if self.old else ""

    @property
    def new_number(self) -> str:
        """By what it is cited now; empty where it is gone, or not numbered."""
        return self.new[0].cited_as if self.new else ""

    @property
    def is_renumbered(self) -> bool:
        """Whether both texts number it, and otherwise."""
        return bool(self.old_number and self.new_number) and self.old_number != self.new_number

    @property
    def is_elsewhere(self) -> bool:
        """Whether the headings above it differ."""
        return bool(self.old and self.new) and self.old_path != self.new_path

    @property
    def is_same_words(self) -> bool:
        """Whether no word of it changed, white space aside."""
        return all(op == "=" or text.isspace() for op, text in self.redline)

    @property
    def readable_redline(self) -> list[tuple[str, str]]:
        """The redline without marks on white space: where a clause was split nothing is to be seen of them."""
        kept = [(op, text) for op, text in self.redline if op != "-" or not text.isspace()]
        return [("=" if text.isspace() else op, text) for op, text in kept]

    @property
    def header(self) -> list[str]:
        """What the columns of its table are called; empty where it is no row of a table."""
        row = (self.new or self.old)[0].occurrence
        return list(row.header)

    @property
    def is_long(self) -> bool:
        """Whether a sheet of paper may end within its words; a short one is kept together."""
        return sum(len(text) for _, text in self.redline) > _LONG

    @property
    def is_both(self) -> bool:
        """Whether its words stand on both sides, and differ."""
        return bool(self.old and self.new) and not self.is_same_words


@dataclass(frozen=True, slots=True)
class Fold:
    """A run of clauses in which nothing changed.

    `look` says how it is shown: "fold" to unfold, "open" as text, "far" as a link to where the text is.
    """

    clauses: Sequence[PlacedClause]
    look: str = "fold"

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.clauses)


@dataclass(frozen=True, slots=True)
class Departure:
    """The place where a moved clause stood before."""

    change: ShownChange

    look = "departure"

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"{self.change.anchor}-from"


Stop = ShownChange | Fold | Departure


def in_reading_order(
    changes: Sequence[ShownChange], before: Sequence[PlacedClause], after: Sequence[PlacedClause]
) -> list[Stop]:
    """Changes, folds and departures in the order of the new text.

    A removed clause follows the one it stood behind, as does the departure of a moved one.
    """
    changed = {clause.index for change in changes for clause in change.new}
    places = _places_left(changes, before, after)
    marks: list[tuple[tuple[int, int, int], ShownChange | Departure]] = []
    for change in changes:
        marks.append(((change.new[0].index, 0, 0) if change.new else places[change.number], change))
        if change.kind == ChangeWord.MOVED and change.number in places:
            marks.append((places[change.number], Departure(change)))
    stops: list[Stop] = []
    position = 0
    for (index, is_behind, _), mark in sorted(marks, key=lambda found: found[0]):
        position = _fold(stops, after, changed, position, index + is_behind)
        stops.append(mark)
    _fold(stops, after, changed, position, len(after))
    return _without_short_ways(stops)


def _without_short_ways(stops: Sequence[Stop]) -> list[Stop]:
    """The stops without departures right beside the place their clause went to: only a heading came between."""
    kept = []
    for at, stop in enumerate(stops):
        beside = (*stops[max(at - 1, 0) : at], *stops[at + 1 : at + 2])
        if not (isinstance(stop, Departure) and stop.change in beside):
            kept.append(stop)
    return kept


def _places_left(
    changes: Sequence[ShownChange], before: Sequence[PlacedClause], after: Sequence[PlacedClause]
) -> dict[int, tuple[int, int, int]]:
    """For each removed or moved clause: the index of the new clause it stood behind (-1: none), 1, and its own."""
    stays = {clause.number: clause.index for clause in after}
    moved = {change.number for change in changes if change.kind == ChangeWord.MOVED}
    removed = {change.number for change in changes if not change.new}
    places: dict[int, tuple[int, int, int]] = {}
    behind = -1
    for clause in before:
        if clause.number in removed or clause.number in moved:
            places[clause.number] = (behind, 1, clause.index)
        elif clause.number in stays:
            behind = stays[clause.number]
    return places


def _fold(
    stops: list[Stop],
    after: Sequence[PlacedClause],
    changed: set[int],
    position: int,
    until: int,
) -> int:
    """Fold the unchanged clauses from one place to another. The place reached."""
    run = [clause for clause in after[position:until] if clause.index not in changed]
    if run:
        stops.append(Fold(run))
    return max(position, until)

"""A comparison cut into pages that stay quick: the changes with a clause of context each, or the whole text.

Every change has an address on some page, whichever page is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from clauses.queries.changed_clauses import Departure, Fold, ShownChange, Stop
from clauses.queries.compare_context import Context, with_context

CHANGES_ON_A_PAGE = 100
# Characters of legal text on a page: with the folded text besides, it stays below 2 MB with all its markup.
MOST_CHARACTERS = 300_000
# About what a change and a clause weigh besides their words.
_CHANGE_WEIGHS = 1_500
_CLAUSE_WEIGHS = 200
# Above this the index lists the changes of its own page only.
MOST_IN_INDEX = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """A change at its place in the row of all changes, from 1.

    Addresses are relative to the page: "#p-000123", or "?page=2#p-000123" for one on another page. `before` and
    `after` are those of its neighbors, empty at the ends; `departure` is where a moved clause stood.
    """

    change: ShownChange
    position: int
    page: int
    href: str
    before: str
    after: str
    departure: str
    is_here: bool

    look = "change"


@dataclass(frozen=True, slots=True)
class Left:
    """Where a moved clause stood before, with the address of the place it went to."""

    departure: Departure
    href: str

    look = "departure"


Shown = Step | Left | Context | Fold


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comparison is: its path, and what all links within it keep, by what the changes were chosen."""

    path: str = ""
    kept: str = ""

    def query(self, number: int, is_all: bool) -> str:
        """The address of a page, relative to any other one."""
        asked = [self.kept, "all=1" if is_all else "", f"page={number}" if number > 1 else ""]
        query = "&".join(filter(None, asked))
        # A lone question mark would stay in the address of who goes there.
        return f"?{query}" if query else self.path or "?"


@dataclass(frozen=True, slots=True)
class ComparePage:
    """One page of a comparison: what stands on it, and the index of all changes. `is_all`: of the whole text.

    `chosen` are the numbers of the changes that the index lists, in its order; None: all, in that of the text.
    """

    number: int
    count: int
    is_all: bool
    stops: Sequence[Shown]
    steps: Sequence[Step]
    place: Place = Place()
    chosen: Sequence[int] | None = None

    @property
    def first(self) -> Step | None:
        """The first change on the page."""
        return next((step for step in self.steps if step.is_here), None)

    @property
    def last(self) -> Step | None:
        """The last change on the page."""
        return next((step for step in reversed(self.steps) if step.is_here), None)

    @property
    def index(self) -> list[tuple[int, list[Step]]]:
        """The changes that the index lists, by page; as one, of page 0, where they are not in the order of the text."""
        chosen = self._chosen_steps()
        listed = [step for step in chosen if step.is_here or len(chosen) <= MOST_IN_INDEX]
        if any(before.position > after.position for before, after in pairwise(listed)):
            return [(0, listed)]
        return [(page, list(found)) for page, found in groupby(listed, key=lambda step: step.page)]

    @property
    def others(self) -> list[tuple[int, str]]:
        """The pages and their addresses."""
        return [(number, self.place.query(number, self.is_all)) for number in range(1, self.count + 1)]

    @property
    def modes(self) -> tuple[str, str]:
        """The addresses of the changes alone and of the whole text."""
        return self.place.query(1, False), self.place.query(1, True)

    @property
    def query(self) -> str:
        """The address of this page."""
        return self.place.query(self.number, self.is_all)

    def _chosen_steps(self) -> Sequence[Step]:
        if self.chosen is None:
            return self.steps
        rank = {number: place for place, number in enumerate(self.chosen)}
        found = [step for step in self.steps if step.change.number in rank]
        return sorted(found, key=lambda step: rank[step.change.number])


def compare_page(
    stops: Sequence[Stop],
    number: int = 1,
    *,
    is_all: bool = False,
    place: Place = Place(),
    chosen: Sequence[int] | None = None,
) -> ComparePage:
    """A page of a comparison; the nearest one where there is none of this number."""
    pages = _cut(stops, is_all)
    number = min(max(number, 1), len(pages))
    steps = _steps(pages, number, is_all, place)
    stops = pages[number - 1]
    shown = list(_shown(stops if is_all else with_context(stops), steps))
    return ComparePage(number, len(pages), is_all, shown, steps, place, chosen)


def place_of(
    stops: Sequence[Stop],
    record: int,
    *,
    is_all: bool = False,
    place: Place = Place(),
    listed: Sequence[Stop] | None = None,
) -> str:
    """The address of a clause in a comparison: of its change, else of its text; empty where it stands in neither.

    With `is_all` within the whole text also where it changed. `listed` are the chosen changes where some are.
    """
    for is_whole in (True,) if is_all else (False, True):
        for number, page in enumerate(_cut(stops if is_whole or listed is None else listed, is_whole), 1):
            for stop in page:
                anchor = _anchor_in(stop, record, is_whole)
                if anchor:
                    return f"{place.query(number, is_whole)}#{anchor}"
    return ""


def _anchor_in(stop: Stop, record: int, is_all: bool) -> str:
    """Where a stop shows a clause; folded text may be elsewhere."""
    if isinstance(stop, ShownChange):
        numbers = {stop.number, *(clause.number for clause in (*stop.old, *stop.new))}
        return stop.anchor if record in numbers else ""
    if isinstance(stop, Fold) and is_all:
        return next((clause.anchor for clause in stop.clauses if clause.number == record), "")
    return ""


def _cut(stops: Sequence[Stop], is_all: bool) -> list[list[Stop]]:
    """The stops of each page. A fold goes with the change behind it, whose context it holds."""
    pages: list[list[Stop]] = [[]]
    weight = changes = 0
    for stop in _opened(stops) if is_all else stops:
        more, is_change = _weight(stop, is_all), isinstance(stop, ShownChange)
        if weight and (weight + more > MOST_CHARACTERS or (is_change and changes == CHANGES_ON_A_PAGE)):
            carried = [pages[-1].pop()] if not is_all and isinstance(pages[-1][-1], Fold) else []
            pages.append(carried)
            weight = changes = 0
        pages[-1].append(stop)
        weight, changes = weight + more, changes + is_change
    return [_joined(page) for page in pages] if is_all else pages


def _opened(stops: Iterable[Stop]) -> Iterator[Stop]:
    """The stops with each unchanged clause by itself, to be shown as text."""
    for stop in stops:
        if isinstance(stop, Fold):
            yield from (Fold([clause], "open") for clause in stop.clauses)
        else:
            yield stop


def _joined(page: Iterable[Stop]) -> list[Stop]:
    """The stops of a page with neighboring unchanged clauses as one."""
    joined: list[Stop] = []
    for stop in page:
        last = joined[-1] if joined else None
        if isinstance(stop, Fold) and isinstance(last, Fold):
            joined[-1] = replace(last, clauses=[*last.clauses, *stop.clauses])
        else:
            joined.append(stop)
    return joined


def _weight(stop: Stop, is_all: bool) -> int:
    if isinstance(stop, ShownChange):
        return _CHANGE_WEIGHS + sum(len(text) for _, text in stop.redline)
    if isinstance(stop, Fold):
        return sum(len(clause.text) + _CLAUSE_WEIGHS for clause in stop.clauses) if is_all else 0
    return _CLAUSE_WEIGHS


def _steps(pages: Sequence[Sequence[Stop]], here: int, is_all: bool, place: Place) -> list[Step]:
    """All changes in reading order, with their addresses as seen from a page."""

    def address(page: int, anchor: str) -> str:
        return f"#{anchor}" if page == here else f"{place.query(page, is_all)}#{anchor}"

    placed = [(number, stop) for number, page in enumerate(pages, 1) for stop in page]
    left = {
        stop.change.number: address(page, stop.anchor) for page, stop in placed if isinstance(stop, Departure)
    }
    changes = [(page, stop) for page, stop in placed if isinstance(stop, ShownChange)]
    hrefs = ["", *(address(page, change.anchor) for page, change in changes), ""]
    return [
        Step(
            change=change,
            position=position,
            page=page,
            href=hrefs[position],
            before=hrefs[position - 1],
            after=hrefs[position + 1],
            departure=left.get(change.number, ""),
            is_here=page == here,
        )
        for position, (page, change) in enumerate(changes, 1)
    ]


def _shown(stops: Iterable[Stop | Context], steps: Sequence[Step]) -> Iterator[Shown]:
    """The stops of a page, changes and departures with their addresses."""
    here = (step for step in steps if step.is_here)
    hrefs = {step.change.number: step.href for step in steps}
    for stop in stops:
        if isinstance(stop, ShownChange):
            yield next(here)
        elif isinstance(stop, Departure):
            yield Left(stop, hrefs[stop.change.number])
        else:
            yield stop

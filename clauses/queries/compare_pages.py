"""A comparison cut into pages that stay quick: the changes with a clause of context each, or the whole text.

Every change has an address on some page, whichever page is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from clauses.queries.changed_clauses import Departure, Fold, ShownChange, Stop
from clauses.queries.standing import PlacedClause

CHANGES_ON_A_PAGE = 100
# Characters of legal text on a page, and of folded text besides: a page stays below 2 MB with all its markup.
MOST_CHARACTERS = 300_000
MOST_FOLDED = 100_000
# About what a change and a clause weigh besides their words.
_CHANGE_WEIGHS = 1_500
_CLAUSE_WEIGHS = 200
# A longer neighbor is shown in part: its nearest words are the context.
CONTEXT_CHARACTERS = 400
# Above this the index lists the changes of its own page only.
MOST_IN_INDEX = 1_000


@dataclass(frozen=True, slots=True)
class Context:
    """The unchanged clause next to a change; `text` is its nearest words where it is long.

    `path` are the headings above it, empty where the change names the same.
    """

    clause: PlacedClause
    path: Sequence[str]
    text: str
    is_cut_before: bool = False
    is_cut_after: bool = False

    look = "context"


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
class ComparePage:
    """One page of a comparison: what stands on it, and the index of all changes. `is_all`: of the whole text.

    `kept` is the part of the address that its links keep: by what the changes were chosen.
    """

    number: int
    count: int
    is_all: bool
    stops: Sequence[Shown]
    steps: Sequence[Step]
    kept: str = ""

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
        """The changes that the index lists, by page."""
        listed = [step for step in self.steps if step.is_here or len(self.steps) <= MOST_IN_INDEX]
        return [(page, list(found)) for page, found in groupby(listed, key=lambda step: step.page)]

    @property
    def others(self) -> list[tuple[int, str]]:
        """The pages and the queries that lead to them."""
        return [(number, _query(number, self.is_all, self.kept)) for number in range(1, self.count + 1)]

    @property
    def query(self) -> str:
        """The query that leads to this page."""
        return _query(self.number, self.is_all, self.kept)


def compare_page(
    stops: Sequence[Stop], number: int = 1, *, is_all: bool = False, kept: str = ""
) -> ComparePage:
    """A page of a comparison; the nearest one where there is none of this number. `kept` is kept by its links."""
    pages = _cut(stops, is_all)
    number = min(max(number, 1), len(pages))
    steps = _steps(pages, number, is_all, kept)
    stops = pages[number - 1]
    shown = list(_shown(stops if is_all else _with_context(stops), steps))
    return ComparePage(number, len(pages), is_all, shown, steps, kept)


def place_of(stops: Sequence[Stop], record: int, *, is_all: bool = False) -> str:
    """The address of a clause in a comparison: of its change, else of its text; empty where it stands in neither.

    With `is_all` within the whole text also where it changed.
    """
    for is_whole in (True,) if is_all else (False, True):
        for number, page in enumerate(_cut(stops, is_whole), 1):
            for stop in page:
                anchor = _anchor_in(stop, record, is_whole)
                if anchor:
                    return f"{_query(number, is_whole)}#{anchor}"
    return ""


def _anchor_in(stop: Stop, record: int, is_all: bool) -> str:
    """Where a stop shows a clause; folded text may be elsewhere."""
    if isinstance(stop, ShownChange):
        numbers = {stop.number, *(clause.number for clause in (*stop.old, *stop.new))}
        return stop.anchor if record in numbers else ""
    if isinstance(stop, Fold) and is_all:
        return next((clause.anchor for clause in stop.clauses if clause.number == record), "")
    return ""


def _query(number: int, is_all: bool, kept: str = "") -> str:
    asked = [kept, "all=1" if is_all else "", f"page={number}" if number > 1 else ""]
    return "?" + "&".join(filter(None, asked))


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


def _steps(pages: Sequence[Sequence[Stop]], here: int, is_all: bool, kept: str) -> list[Step]:
    """All changes in reading order, with their addresses as seen from a page."""

    def address(page: int, anchor: str) -> str:
        return f"#{anchor}" if page == here else f"{_query(page, is_all, kept)}#{anchor}"

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


def _with_context(page: Sequence[Stop]) -> Iterator[Stop | Context]:
    """The stops with the unchanged clauses next to a change taken out of the folds.

    Folds are kept as long as their words are few; the others lead to the whole text.
    """
    folded = 0
    for at, stop in enumerate(page):
        if not isinstance(stop, Fold):
            yield stop
            continue
        clauses = list(stop.clauses)
        first = [clauses.pop(0)] if at else []
        last = [clauses.pop()] if clauses and at + 1 < len(page) else []
        yield from (_head(clause, page[at - 1]) for clause in first)
        if clauses:
            folded += sum(len(clause.text) for clause in clauses)
            yield Fold(clauses, "fold" if folded <= MOST_FOLDED else "far")
        yield from (_tail(clause, page[at + 1]) for clause in last)


def _head(clause: PlacedClause, change: Stop) -> Context:
    """The beginning of a clause behind a change."""
    path = _other_path(clause, change)
    if len(clause.text) <= CONTEXT_CHARACTERS:
        return Context(clause, path, clause.text)
    return Context(clause, path, clause.text[:CONTEXT_CHARACTERS].rsplit(None, 1)[0], is_cut_after=True)


def _tail(clause: PlacedClause, change: Stop) -> Context:
    """The end of a clause before a change."""
    path = _other_path(clause, change)
    if len(clause.text) <= CONTEXT_CHARACTERS:
        return Context(clause, path, clause.text)
    return Context(clause, path, clause.text[-CONTEXT_CHARACTERS:].split(None, 1)[-1], is_cut_before=True)


def _other_path(clause: PlacedClause, change: Stop) -> Sequence[str]:
    is_same = isinstance(change, ShownChange) and clause.sections == (change.new_path or change.old_path)
    return [] if is_same else clause.sections


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

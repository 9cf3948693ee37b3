"""What stands around a change: the unchanged clause on each side of it, taken out of the fold it is in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clauses.queries.changed_clauses import Fold, ShownChange, Stop
from clauses.queries.standing import PlacedClause

# Characters of folded text on a page.
MOST_FOLDED = 100_000
# A longer neighbor is shown in part: its nearest words are the context.
CONTEXT_CHARACTERS = 400


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


def with_context(page: Sequence[Stop]) -> Iterator[Stop | Context]:
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

"""The table of figures above a comparison: each with what it is of, and what tells it from others of the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.utils.text import Truncator

from clauses.core.citation import numbered
from clauses.core.quoting import sentence_around
from clauses.queries.changed_clauses import ShownChange
from clauses.queries.compare_pages import Step
from clauses.queries.twins import Json

# Above this the table would push the changes out of sight, and is folded.
FEW_FIGURES = 12
_LONGEST_SUBJECT = 90
_LONGEST_WORDS = 120


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure that changed. `of` is what it is of; `apart` are the words that no other row of the same has."""

    step: Step
    fact: Json
    of: str
    apart: Sequence[str] = ()


def figure_rows(steps: Iterable[Step]) -> list[FigureRow]:
    """The figures of these changes, in their order."""
    rows = [
        FigureRow(step, dict(fact), _of(step.change, fact["subject"]))
        for step in steps
        for fact in step.change.facts
    ]
    alike: dict[tuple[str, str], list[FigureRow]] = {}
    for row in rows:
        alike.setdefault((row.fact["kind"], row.of), []).append(row)
    told = {id(row): apart for group in alike.values() for row, apart in _told_apart(group)}
    return [replace(row, apart=told[id(row)]) for row in rows]


def _of(change: ShownChange, subject: str) -> str:
    return Truncator(subject or change.heading).chars(_LONGEST_SUBJECT)


def _told_apart(group: Sequence[FigureRow]) -> Iterable[tuple[FigureRow, Sequence[str]]]:
    """Each row with as much as it takes that no two are alike: the first that differ of condition, place and words."""
    told: list[tuple[str, ...]] = [()] * len(group)
    for detail in (_condition, _heading, _number, _words):
        found = [detail(row) for row in group]
        if len(set(told)) < len(group) and len(set(found)) > 1:
            told = [(*words, more) for words, more in zip(told, found, strict=True)]
    return [(row, [part for part in words if part]) for row, words in zip(group, told, strict=True)]


def _stated(row: FigureRow) -> Json:
    found: Json = row.fact["new"] or row.fact["old"] or {}
    return found


def _condition(row: FigureRow) -> str:
    return str(_stated(row).get("condition", ""))


def _heading(row: FigureRow) -> str:
    return row.step.change.heading


def _number(row: FigureRow) -> str:
    return numbered(row.step.change.new_number or row.step.change.old_number)


def _words(row: FigureRow) -> str:
    """The sentence that states it."""
    quote = str(_stated(row).get("quote", ""))
    for clause in chain(row.step.change.new, row.step.change.old):
        at = clause.text.find(quote)
        if quote and at >= 0:
            return f"“{sentence_around(clause.text, at, at + len(quote), _LONGEST_WORDS)}”"
    return f"“{quote}”" if quote else ""

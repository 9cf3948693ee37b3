"""What other rules would change in a document, told as plain values that can be stored and added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# Of one document so many are kept to be looked at; all are counted.
MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class Reread:
    """A standing clause by its number, as it is read now and as it would be; `ruled`: a decision binds it."""

    number: int
    ruled: bool
    was: tuple[Sequence[str], str]
    now: tuple[Sequence[str], str]

    @property
    def changes(self) -> bool:
        """Whether its types or its severity would be others."""
        return (set(self.was[0]), self.was[1]) != (set(self.now[0]), self.now[1])


@dataclass(frozen=True, slots=True)
class Rerated:
    """A change set by its number: severity, direction and headline, as they are and as they would be."""

    number: int
    was: tuple[str, str, str]
    now: tuple[str, str, str]


def told(clauses: Iterable[Reread], change_sets: Iterable[Rerated]) -> dict[str, Any]:
    """As JSON: how many were looked at, how many would change, by type and severity, and some of them.

    A clause that a decision binds keeps what was decided: it is counted as ruled, and as nothing else.
    """
    looked_at, rated = list(clauses), list(change_sets)
    changed = [row for row in looked_at if row.changes and not row.ruled]
    rerated = [row for row in rated if row.was != row.now]
    return {
        "clauses": len(looked_at),
        "ruled": sum(row.changes and row.ruled for row in looked_at),
        "changed": len(changed),
        "gained": Counter(slug for row in changed for slug in {*row.now[0]} - {*row.was[0]}),
        "lost": Counter(slug for row in changed for slug in {*row.was[0]} - {*row.now[0]}),
        "severity": Counter(f"{row.was[1]} {row.now[1]}" for row in changed if row.was[1] != row.now[1]),
        "change_sets": len(rated),
        "rerated": len(rerated),
        "ratings": Counter(f"{row.was[0]} {row.now[0]}" for row in rerated if row.was[0] != row.now[0]),
        "some_clauses": [_row(row) for row in changed[:MOST_KEPT]],
        "some_change_sets": [_row(row) for row in rerated[:MOST_KEPT]],
    }


def added_up(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What is told of several documents as of one; of what is kept as many as of one document, of each some."""
    total: dict[str, Any] = told([], [])
    samples: dict[str, list[list[Any]]] = {"some_clauses": [], "some_change_sets": []}
    for row in rows:
        for key, value in row.items():
            if key in samples:
                samples[key].append(value)
            else:
                total[key] += Counter(value) if isinstance(value, dict) else value
    return total | {key: _in_turn(lists) for key, lists in samples.items()}


def _in_turn(lists: Sequence[list[Any]]) -> list[Any]:
    """The first of each list, then the second of each, until enough are together."""
    found: list[Any] = []
    for at in range(MOST_KEPT):
        found += [rows[at] for rows in lists if at < len(rows)]
        if len(found) >= MOST_KEPT:
            break
    return found[:MOST_KEPT]


def _row(row: Reread | Rerated) -> dict[str, Any]:
    return {"number": row.number, "was": _plain(row.was), "now": _plain(row.now)}


def _plain(values: Iterable[Any]) -> list[Any]:
    return [value if isinstance(value, str) else list(value) for value in values]

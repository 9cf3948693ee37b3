"""The rubric of change: which circumstances make a change matter, for whom, and how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar, cast

from clauses.core.patterns import regex, regexes
from clauses.core.tables import Table, read_table
from clauses.core.values import Direction, Severity, severity_at

_FILE = "change_rubric.toml"
_Rule = TypeVar("_Rule")
_KEYS = (
    "version",
    "high",
    "medium",
    "low",
    "unbounded",
    "fact",
    "type",
    "words",
    "statements",
    "clauses",
    "phrases",
)
_OPPOSITE: dict[Direction, Direction] = {"adverse": "favorable", "favorable": "adverse"}


@dataclass(frozen=True, slots=True)
class FactRule:
    """What a change of one kind of figure means. `more` is what a larger one is for the user."""

    kind: str
    name: str
    more: Direction
    steps: tuple[tuple[float, int], ...]
    unbounded_points: int
    vague_points: int
    stated: Direction
    stated_points: int


@dataclass(frozen=True, slots=True)
class TypeRule:
    """What it means that a type of clause comes (`added`); `repeat` where the document keeps another one.

    With an `act` ("sell data") its clauses count by whether they permit the provider to do that.
    """

    slug: str
    act: str
    added: Direction
    points: int
    repeat: int

    @property
    def permits(self) -> bool:
        """Whether its clauses count by what they permit."""
        return bool(self.act)


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that mean something when they come or go; `keeps_negation`: a "not" before them turns nothing."""

    code: str
    name: str
    added: Direction
    points: int
    patterns: tuple[re.Pattern[str], ...]
    keeps_negation: bool


@dataclass(frozen=True, slots=True)
class StatementRule:
    """Stems of the verbs for what costs and what serves the user, and the points of statements on them."""

    taking: frozenset[str]
    serving: frozenset[str]
    users: frozenset[str]
    promise_points: int
    firmness_points: int
    statement_points: int
    duty_points: int


@dataclass(frozen=True, slots=True)
class ClauseRule:
    """Points of a clause that comes, goes or gets costlier, by its severity (low, medium, high)."""

    cost_points: tuple[int, ...]
    repeat_points: tuple[int, ...]
    typed_points: int
    worse_points: tuple[int, ...]
    amount_points: int
    amount_words: int


@dataclass(frozen=True, slots=True)
class ChangeRubric:
    """All of it, with the least points for high, medium and low, and the words for "without an end"."""

    version: str
    high: int
    medium: int
    low: int
    unbounded: re.Pattern[str]
    facts: Mapping[str, FactRule]
    types: Mapping[str, TypeRule]
    words: tuple[WordRule, ...]
    statements: StatementRule
    clauses: ClauseRule
    phrases: Mapping[str, str]

    def severity(self, points: int) -> Severity:
        """The severity that so many points give."""
        return severity_at(points, high=self.high, medium=self.medium, low=self.low)


def opposite(direction: Direction) -> Direction:
    """What the reverse of a change is for the user."""
    return _OPPOSITE.get(direction, direction)


def stem(verb: str) -> str:
    """A verb without its ending, so that "share", "shares", "shared" and "sharing" are one."""
    for ending in ("ing", "ied", "ies", "ed", "es", "d", "s", "e", "y"):
        if verb.endswith(ending) and len(verb) - len(ending) >= 2:
            return verb[: -len(ending)]
    return verb


def load_change_rubric(content: bytes) -> ChangeRubric:
    """The rubric of a TOML file. Raises TaxonomyError that names the key on bad data."""
    table = read_table({_FILE: content}, _FILE)
    table.only(*_KEYS)
    high, medium, low = table.whole("high"), table.whole("medium"), table.whole("low")
    if not high > medium > low > 0:
        raise table.error("high", "must be above medium, medium above low, and low above 0")
    return ChangeRubric(
        version=table.text("version"),
        high=high,
        medium=medium,
        low=low,
        unbounded=regex(table, "unbounded", table.text("unbounded"), {}),
        facts=_unique(table, "fact", ((rule.kind, rule) for rule in map(_fact, table.tables("fact")))),
        types=_unique(table, "type", ((rule.slug, rule) for rule in map(_type, table.tables("type")))),
        words=tuple(
            _unique(
                table, "words", ((rule.code, rule) for rule in map(_words, table.tables("words")))
            ).values()
        ),
        statements=_statements(_section(table, "statements")),
        clauses=_clauses(_section(table, "clauses")),
        phrases=table.mapping("phrases"),
    )


@cache
def shipped_change_rubric() -> ChangeRubric:
    """The rubric that comes with the package, read once."""
    return load_change_rubric(resources.files("clauses").joinpath("taxonomy", _FILE).read_bytes())


def _unique(table: Table, key: str, rules: Iterator[tuple[str, _Rule]]) -> dict[str, _Rule]:
    found: dict[str, _Rule] = {}
    for name, rule in rules:
        if name in found:
            raise table.error(key, f"{name} is given twice")
        found[name] = rule
    return found


def _section(table: Table, key: str) -> Table:
    row = table.row.get(key)
    if not isinstance(row, Mapping):
        raise table.error(key, "must be a table")
    return Table(f"{table.path}: {key}", row)


def _direction(table: Table, key: str) -> Direction:
    value = table.text(key)
    if value not in {"adverse", "favorable", "neutral"}:
        raise table.error(key, "must be adverse, favorable or neutral")
    return cast(Direction, value)


def _flag(table: Table, key: str) -> bool:
    value = table.row.get(key, False)
    if not isinstance(value, bool):
        raise table.error(key, "must be true or false")
    return value


def _fact(table: Table) -> FactRule:
    table.only("kind", "name", "more", "steps", "unbounded_points", "vague_points", "stated", "stated_points")
    return FactRule(
        kind=table.text("kind"),
        name=table.text("name"),
        more=_direction(table, "more"),
        steps=_steps(table),
        unbounded_points=table.whole("unbounded_points"),
        vague_points=table.whole("vague_points"),
        stated=_direction(table, "stated"),
        stated_points=table.whole("stated_points"),
    )


def _steps(table: Table) -> tuple[tuple[float, int], ...]:
    """Ratio and points, both ascending: a larger change never weighs less."""
    rows: Any = table.row.get("steps")
    if not isinstance(rows, list) or not rows or not all(_is_step(row) for row in rows):
        raise table.error("steps", "must be a list of [ratio, points]")
    steps = tuple((float(ratio), int(points)) for ratio, points in rows)
    if list(steps) != sorted(steps) or [points for _, points in steps] != sorted(p for _, p in steps):
        raise table.error("steps", "must ascend in ratio and points")
    return steps


def _is_step(row: Any) -> bool:
    return isinstance(row, list) and len(row) == 2 and all(type(value) in {int, float} for value in row)


def _type(table: Table) -> TypeRule:
    table.only("slug", "act", "added", "points", "repeat")
    return TypeRule(
        slug=table.text("slug"),
        act=table.text("act") if "act" in table.row else "",
        added=_direction(table, "added"),
        points=table.whole("points"),
        repeat=table.whole("repeat"),
    )


def _words(table: Table) -> WordRule:
    table.only("code", "name", "added", "points", "patterns", "keeps_negation")
    return WordRule(
        code=table.text("code"),
        name=table.text("name"),
        added=_direction(table, "added"),
        points=table.whole("points"),
        patterns=regexes(table, "patterns", {}),
        keeps_negation=_flag(table, "keeps_negation"),
    )


def _statements(table: Table) -> StatementRule:
    table.only(*StatementRule.__dataclass_fields__)
    return StatementRule(
        taking=frozenset(map(stem, table.texts("taking"))),
        serving=frozenset(map(stem, table.texts("serving"))),
        users=frozenset(table.texts("users")),
        promise_points=table.whole("promise_points"),
        firmness_points=table.whole("firmness_points"),
        statement_points=table.whole("statement_points"),
        duty_points=table.whole("duty_points"),
    )


def _clauses(table: Table) -> ClauseRule:
    table.only(*ClauseRule.__dataclass_fields__)
    return ClauseRule(
        cost_points=_by_severity(table, "cost_points"),
        repeat_points=_by_severity(table, "repeat_points"),
        typed_points=table.whole("typed_points"),
        worse_points=_by_severity(table, "worse_points"),
        amount_points=table.whole("amount_points"),
        amount_words=table.whole("amount_words"),
    )


def _by_severity(table: Table, key: str) -> tuple[int, ...]:
    values = table.row.get(key)
    if not isinstance(values, list) or len(values) != 3 or not all(type(value) is int for value in values):
        raise table.error(key, "must be three whole numbers: low, medium, high")
    return tuple(values)

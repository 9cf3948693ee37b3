"""Reading the rubric of change from its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, TypeVar, cast

from clauses.core.change_rubric import (
    ChangeRubric,
    ClauseRule,
    FactRule,
    PlaceRule,
    StatementRule,
    TypeRule,
    WordRule,
    stem,
)
from clauses.core.needed_words import Search, Searches
from clauses.core.patterns import optional_regex, regex
from clauses.core.tables import Table, read_table
from clauses.core.values import Direction

_FILE = "change_rubric.toml"
_Rule = TypeVar("_Rule")
_KEYS = (
    "version",
    "high",
    "medium",
    "low",
    "unbounded",
    "fact",
    "places",
    "amounts",
    "type",
    "words",
    "statements",
    "clauses",
    "phrases",
    "worths",
)


def load_change_rubric(content: bytes) -> ChangeRubric:
    """The rubric of a TOML file. Raises TaxonomyError that names the key on bad data."""
    table = read_table({_FILE: content}, _FILE)
    table.only(*_KEYS)
    high, medium, low = table.whole("high"), table.whole("medium"), table.whole("low")
    if not high > medium > low > 0:
        raise table.error("high", "must be above medium, medium above low, and low above 0")
    words = tuple(
        _unique(table, "words", ((rule.code, rule) for rule in map(_words, table.tables("words")))).values()
    )
    return ChangeRubric(
        version=table.text("version"),
        high=high,
        medium=medium,
        low=low,
        unbounded=regex(table, "unbounded", table.text("unbounded"), {}),
        facts=_unique(table, "fact", ((rule.kind, rule) for rule in map(_fact, table.tables("fact")))),
        amounts=_steps(table, "amounts"),
        places=_places(_section(table, "places")),
        types=_unique(table, "type", ((rule.slug, rule) for rule in map(_type, table.tables("type")))),
        words=words,
        searches=Searches(search for rule in words for search in rule.searches),
        statements=_statements(_section(table, "statements")),
        clauses=_clauses(_section(table, "clauses")),
        phrases=table.mapping("phrases"),
        worths={slug: _checked(table, slug, worth) for slug, worth in table.mapping("worths").items()},
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
    return _checked(table, key, table.text(key))


def _checked(table: Table, key: str, value: str) -> Direction:
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


def _steps(table: Table, key: str = "steps") -> tuple[tuple[float, int], ...]:
    """Ratio and points, both ascending: a larger change never weighs less."""
    rows: Any = table.row.get(key)
    if not isinstance(rows, list) or not rows or not all(_is_step(row) for row in rows):
        raise table.error(key, "must be a list of [ratio, points]")
    steps = tuple((float(ratio), int(points)) for ratio, points in rows)
    if list(steps) != sorted(steps) or [points for _, points in steps] != sorted(p for _, p in steps):
        raise table.error(key, "must ascend in ratio and points")
    return steps


def _is_step(row: Any) -> bool:
    return isinstance(row, list) and len(row) == 2 and all(type(value) in {int, float} for value in row)


def _type(table: Table) -> TypeRule:
    table.only(
        "slug",
        "act",
        "verbs",
        "others",
        "added",
        "points",
        "repeat",
        "is_deniable",
        "duty",
        "needs_bearer",
        "is_right",
    )
    return TypeRule(
        slug=table.text("slug"),
        act=table.text("act") if "act" in table.row else "",
        verbs=frozenset(map(stem, table.texts("verbs"))) if "act" in table.row else frozenset(),
        others=frozenset(map(stem, table.texts("others"))) if "others" in table.row else frozenset(),
        added=_direction(table, "added"),
        points=table.whole("points"),
        repeat=table.whole("repeat"),
        is_deniable=_flag(table, "is_deniable"),
        duty=table.text("duty") if "duty" in table.row else "",
        needs_bearer=_flag(table, "needs_bearer"),
        is_right=_flag(table, "is_right"),
    )


def _places(table: Table) -> PlaceRule:
    table.only("names", "points", "home")
    return PlaceRule(
        names=table.mapping("names"),
        points=table.whole("points"),
        home=regex(table, "home", table.text("home"), {}),
    )


def _words(table: Table) -> WordRule:
    table.only(
        *("code", "name", "added", "points", "patterns", "keeps_negation", "is_of_provider"),
        *("is_of_user", "is_of_bans", "is_one_way", "is_said_once", "beside", "not_after", "not_before"),
    )
    return WordRule(
        code=table.text("code"),
        name=table.text("name"),
        added=_direction(table, "added"),
        points=table.whole("points"),
        searches=tuple(map(_search, table.tables("patterns"))),
        keeps_negation=_flag(table, "keeps_negation"),
        is_of_provider=_flag(table, "is_of_provider"),
        is_of_user=_flag(table, "is_of_user"),
        is_of_bans=_flag(table, "is_of_bans"),
        is_one_way=_flag(table, "is_one_way"),
        is_said_once=_flag(table, "is_said_once"),
        beside=optional_regex(table, "beside", {}),
        not_after=optional_regex(table, "not_after", {}),
        not_before=optional_regex(table, "not_before", {}),
    )


def _search(table: Table) -> Search:
    table.only("needs", "find")
    return Search(table.texts("needs"), regex(table, "find", table.text("find"), {}))


def _statements(table: Table) -> StatementRule:
    table.only(*StatementRule.__dataclass_fields__)
    return StatementRule(
        taking=frozenset(map(stem, table.texts("taking"))),
        serving=frozenset(map(stem, table.texts("serving"))),
        answering=frozenset(map(stem, table.texts("answering"))),
        conceding=frozenset(map(stem, table.texts("conceding"))),
        claiming=frozenset(map(stem, table.texts("claiming"))),
        describing=frozenset(map(stem, table.texts("describing"))),
        deciding=frozenset(map(stem, table.texts("deciding"))),
        receiving=frozenset(map(stem, table.texts("receiving"))),
        users=frozenset(table.texts("users")),
        promise_points=table.whole("promise_points"),
        firmness_points=table.whole("firmness_points"),
        service_points=table.whole("service_points"),
        statement_points=table.whole("statement_points"),
        duty_points=table.whole("duty_points"),
    )


def _clauses(table: Table) -> ClauseRule:
    table.only(*ClauseRule.__dataclass_fields__)
    return ClauseRule(
        cost_points=_by_severity(table, "cost_points"),
        repeat_points=_by_severity(table, "repeat_points"),
        worse_points=_by_severity(table, "worse_points"),
        content_points=table.whole("content_points"),
        currency_points=table.whole("currency_points"),
        norm_points=table.whole("norm_points"),
    )


def _by_severity(table: Table, key: str) -> tuple[int, ...]:
    values = table.row.get(key)
    if not isinstance(values, list) or len(values) != 3 or not all(type(value) is int for value in values):
        raise table.error(key, "must be three whole numbers: low, medium, high")
    return tuple(values)

"""The rubric: the points each circumstance of a clause adds or takes, and what they sum up to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from clauses.core.patterns import optional_regex, regexes
from clauses.core.tables import Table
from clauses.core.values import Severity, severity_at


@dataclass(frozen=True, slots=True)
class Factor:
    """A named circumstance that raises or lowers severity. `applies_to` are type slugs; empty means all.

    One that `denies` counts only where no statement that shows the type goes undenied.
    """

    code: str
    label: str
    points: int
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    applies_to: frozenset[str]
    denies: bool = False


@dataclass(frozen=True, slots=True)
class FactFactor:
    """A factor shown by a figure of one kind of fact.

    It counts where the figure is over `over` and not over `up_to` (days, years …: the fact's normalized
    unit), or where a fact without a number has the `words` in its value or quote.
    """

    code: str
    label: str
    points: int
    kind: str
    over: float | None
    up_to: float | None
    words: re.Pattern[str] | None
    applies_to: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rubric:
    """How points become a severity: the least points for `high`, `medium` and `low`; below is none."""

    version: str
    high: int
    medium: int
    low: int
    factors: tuple[Factor, ...]
    fact_factors: tuple[FactFactor, ...]

    def severity(self, points: int) -> Severity:
        """The severity that so many points give."""
        return severity_at(points, high=self.high, medium=self.medium, low=self.low)


def read_rubric(table: Table, words: Mapping[str, str], slugs: frozenset[str]) -> Rubric:
    """The rubric of a file; `slugs` are the types its factors may name. Raises TaxonomyError."""
    table.only("version", "high", "medium", "low", "factor", "fact_factor")
    high, medium, low = table.whole("high"), table.whole("medium"), table.whole("low")
    if not high > medium > low:
        raise table.error("high", "must be above medium, and medium above low")
    rubric = Rubric(
        version=table.text("version"),
        high=high,
        medium=medium,
        low=low,
        factors=tuple(_factor(row, words, slugs) for row in table.tables("factor")),
        fact_factors=tuple(
            _fact_factor(row, words, slugs) for row in table.tables("fact_factor", required=False)
        ),
    )
    codes = [*(f.code for f in rubric.factors), *(f.code for f in rubric.fact_factors)]
    for code in codes:
        if codes.count(code) > 1:
            raise table.error("factor", f"code {code} is used twice")
    return rubric


def _factor(table: Table, words: Mapping[str, str], slugs: frozenset[str]) -> Factor:
    table.only("code", "label", "points", "patterns", "unless", "applies_to", "denies")
    return Factor(
        code=table.text("code"),
        label=table.text("label"),
        points=table.whole("points"),
        patterns=regexes(table, "patterns", words),
        unless=optional_regex(table, "unless", words),
        applies_to=_applies_to(table, slugs),
        denies=table.flag("denies"),
    )


def _fact_factor(table: Table, words: Mapping[str, str], slugs: frozenset[str]) -> FactFactor:
    table.only("code", "label", "points", "kind", "over", "up_to", "words", "applies_to")
    return FactFactor(
        code=table.text("code"),
        label=table.text("label"),
        points=table.whole("points"),
        kind=table.text("kind"),
        over=table.number("over"),
        up_to=table.number("up_to"),
        words=optional_regex(table, "words", words),
        applies_to=_applies_to(table, slugs),
    )


def _applies_to(table: Table, slugs: frozenset[str]) -> frozenset[str]:
    named = frozenset(table.texts("applies_to", required=False))
    if unknown := sorted(named - slugs):
        raise table.error("applies_to", f"names no type of the taxonomy: {unknown[0]}")
    return named

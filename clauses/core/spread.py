"""How the figures of one kind are spread over clauses and platforms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from clauses.core.values import Fact


@dataclass(frozen=True, slots=True)
class Stated:
    """That a platform states a figure in so many clauses. `amount` is days or years; None where it is no number."""

    amount: float | None
    value: str
    unit: str
    platform: int
    clauses: int

    @property
    def words(self) -> str:
        """As a reader says it: "30 days"."""
        return Fact("", self.value, self.unit, self.amount, "", "", "", 0, 0).amount


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure, how many clauses of how many platforms state it, and its share of the most stated one, 0 to 100."""

    words: str
    amount: float | None
    clauses: int
    platforms: int
    share: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The figures of one kind, numbers in order of size, others by how often they are stated.

    `shortest`, `middle` and `longest` are the words of figures that are stated: the middle one stands in the middle
    of the clauses, so that half of them state no more. Empty without numbers. `left_out` figures are not among `bars`.
    """

    kind: str
    bars: Sequence[Bar]
    clauses: int
    platforms: int
    left_out: int
    shortest: str = ""
    middle: str = ""
    longest: str = ""


def spread_of(kind: str, stated: Sequence[Stated], most: int) -> Spread:
    """The spread of the figures of a kind; of more than `most` different ones, the most stated."""
    groups: dict[float | str, list[Stated]] = {}
    for one in stated:
        groups.setdefault(one.words.casefold() if one.amount is None else one.amount, []).append(one)
    highest = max(sum(one.clauses for one in group) for group in groups.values())
    bars = sorted(
        (_bar(group, highest) for group in groups.values()), key=lambda bar: (-bar.clauses, bar.words)
    )
    shown = sorted(bars[:most], key=_order)
    numbers = sorted((one for one in bars if one.amount is not None), key=_order)
    total = sum(bar.clauses for bar in bars)
    platforms = len({one.platform for one in stated})
    if not numbers:
        return Spread(kind, shown, total, platforms, len(bars) - len(shown))
    return Spread(
        kind,
        shown,
        total,
        platforms,
        len(bars) - len(shown),
        numbers[0].words,
        _middle(numbers),
        numbers[-1].words,
    )


def _bar(group: Sequence[Stated], highest: int) -> Bar:
    clauses = sum(one.clauses for one in group)
    usual = max(group, key=lambda one: (one.clauses, one.words))
    platforms = len({one.platform for one in group})
    return Bar(usual.words, usual.amount, clauses, platforms, round(100 * clauses / highest))


def _order(bar: Bar) -> tuple[bool, float, int, str]:
    return bar.amount is None, bar.amount or 0.0, -bar.clauses, bar.words


def _middle(numbers: Sequence[Bar]) -> str:
    places = [at for at, bar in enumerate(numbers) for _ in range(bar.clauses)]
    return numbers[int(median(places))].words

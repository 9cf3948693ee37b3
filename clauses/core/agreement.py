"""How far two people agree who labeled the same texts, each with any number of types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Types = frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `pairs` texts labeled twice, `same` got the very same types.

    `kappa` is Cohen's, over every type of every text: 1 is full agreement, 0 what chance gives; None where nothing
    can be said, as there is but one answer.
    """

    pairs: int
    same: int
    kappa: float | None

    @property
    def percent(self) -> int:
        """The share with the very same types."""
        return round(100 * self.same / self.pairs) if self.pairs else 0


def agreement(pairs: Sequence[tuple[Types, Types]]) -> Agreement:
    """The agreement over pairs of labels. Of the types, those count that anybody gave to any of the texts."""
    given = frozenset[str]().union(*(one | other for one, other in pairs))
    same = sum(one == other for one, other in pairs)
    return Agreement(len(pairs), same, _kappa(pairs, given))


def _kappa(pairs: Sequence[tuple[Types, Types]], given: Types) -> float | None:
    """Cohen's kappa (1960) of two raters who say of each text and type whether it applies."""
    cells = len(pairs) * len(given)
    if not cells:
        return None
    both = sum(len(one & other) for one, other in pairs)
    first, second = sum(len(one) for one, _ in pairs), sum(len(other) for _, other in pairs)
    neither = cells - first - second + both
    seen = (both + neither) / cells
    by_chance = (first * second + (cells - first) * (cells - second)) / cells**2
    return None if by_chance == 1 else (seen - by_chance) / (1 - by_chance)

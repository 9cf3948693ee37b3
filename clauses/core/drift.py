"""Which way the terms of a platform moved in a year: the sizes of changes on either side, held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from clauses.core.values import Severity

DriftWord = Literal["steady", "adverse", "favorable", "both"]

# Each step of severity counts twice the one below, so that no number of small changes hides a large one quickly.
WEIGHTS: Mapping[Severity, int] = {"none": 0, "low": 1, "medium": 2, "high": 4}
# One side outweighs the other where it has at least twice its weight: (2 - 1) / (2 + 1).
ONE_SIDED_FROM = 1 / 3


@dataclass(frozen=True, slots=True)
class Drift:
    """The weights of the adverse and of the favorable sides of all changes, and what they come to."""

    adverse: int
    favorable: int

    @property
    def balance(self) -> float:
        """From -1, where all weight is adverse, to 1, where all is favorable; 0 where there is none."""
        total = self.adverse + self.favorable
        return (self.favorable - self.adverse) / total if total else 0.0

    @property
    def word(self) -> DriftWord:
        """Which way: one side has at least twice the weight of the other, or both count."""
        if not self.adverse + self.favorable:
            return "steady"
        if self.balance <= -ONE_SIDED_FROM:
            return "adverse"
        return "favorable" if self.balance >= ONE_SIDED_FROM else "both"


def drift(sides: Iterable[tuple[Severity, Severity]]) -> Drift:
    """What changes come to, each given as the severity of its adverse and of its favorable side."""
    listed = list(sides)
    return Drift(
        sum(WEIGHTS[adverse] for adverse, _ in listed), sum(WEIGHTS[favorable] for _, favorable in listed)
    )

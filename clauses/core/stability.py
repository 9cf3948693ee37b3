"""How steady the words of a clause are: a figure with its formula, and a word for it."""

from __future__ import annotations

from dataclasses import dataclass

# Under so many days of watching nothing is said; so many without an edit make a clause steady.
_LEAST_DAYS = 90
_STEADY_DAYS = 365
_OFTEN_A_YEAR = 2


@dataclass(frozen=True, slots=True)
class Stability:
    """`rewordings` in `watched_days`, and the days the present words have stood, or the last ones stood."""

    rewordings: int
    watched_days: int
    standing_days: int

    @property
    def a_year(self) -> float | None:
        """Rewordings ÷ days watched × 365, to one decimal; None under 90 days."""
        if self.watched_days < _LEAST_DAYS:
            return None
        return round(self.rewordings / self.watched_days * 365, 1)

    @property
    def word(self) -> str:
        """Often reworded: two or more, and two a year. Steady: a year without one."""
        if self.a_year is None:
            return "Too new to say"
        if self.rewordings >= _OFTEN_A_YEAR <= self.a_year:
            return "Often reworded"
        if self.standing_days >= _STEADY_DAYS:
            return "Steady"
        return "Reworded" if self.rewordings else "Unchanged so far"

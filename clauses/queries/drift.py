"""Which way the terms of a platform moved in the year before a moment, with the changes it is counted from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from clauses.core.drift import Drift, drift
from clauses.core.values import SEVERITIES
from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel

_YEAR = timedelta(days=365)
# Documents are read at least that often, in days: MaxValueValidator of their interval.
_MONTH = 31

_SAID = {
    "steady": "steady",
    "adverse": "mostly adverse",
    "favorable": "mostly favorable",
    "both": "both ways",
}


@dataclass(frozen=True, slots=True)
class YearOfDrift:
    """The drift of twelve months. `counts`: by severity, high first, how many changes have it on either side.

    `read_at` is the last reading of any of the documents before the end; what changed after it nobody has seen.
    """

    since: datetime
    until: datetime
    read_at: datetime | None
    drift: Drift
    counts: list[tuple[SeverityLevel, int, int]]

    @property
    def unseen_days(self) -> int:
        """The whole days at the end in which nothing was read; none where there was a reading in the last month."""
        days = (self.until - max(self.read_at or self.since, self.since)).days
        return days if days > _MONTH else 0

    @property
    def words(self) -> str:
        """Which way, in words. Of a year that was hardly seen, nobody knows that nothing changed."""
        is_hardly_seen = self.unseen_days * 2 > _YEAR.days
        if self.unseen_days >= _YEAR.days - 1 or (is_hardly_seen and self.drift.word == "steady"):
            return "not known"
        return _SAID[self.drift.word]

    @property
    def balance(self) -> str:
        """The balance as it is written: "-0.56"."""
        return f"{self.drift.balance:+.2f}".replace("-", "\N{MINUS SIGN}").replace("+0.00", "0")


def year_of_drift(
    change_sets: Iterable[ChangeSet], until: datetime, read_at: datetime | None = None
) -> YearOfDrift:
    """The drift of those of a platform's changes that were first seen in the 365 days before a moment.

    `read_at` is the last reading of its documents by then.
    """
    since = until - _YEAR
    listed = [row for row in change_sets if since < row.detected_at <= until]
    adverse, favorable = [row.adverse for row in listed], [row.favorable for row in listed]
    counts = [
        (level, adverse.count(level.value), favorable.count(level.value))
        for level in (SeverityLevel.HIGH, SeverityLevel.MEDIUM, SeverityLevel.LOW)
    ]
    sides = ((SEVERITIES[bad], SEVERITIES[good]) for bad, good in zip(adverse, favorable, strict=True))
    return YearOfDrift(since, until, read_at, drift(sides), counts)

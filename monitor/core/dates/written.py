"""Days as they are written in a text: with the month's name in any of the languages, or in figures.

Own tables and not dateparser: where a date begins and ends must be found first, which takes the months' names, and
what is left then is a look-up. dateparser took 0.6 ms for each date and 10 to 40 ms for the first one of a language,
and read 3/4/2031 as a day in March. Its tables are the check of ours (tests/monitor/core/dates).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from monitor.core.dates.languages import months, shipped_table

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|º|°|ª|\.)?"
# Four figures, of the Gregorian calendar: no 2568 of the Buddhist one, no 令和7年.
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d])"
_OF = r"(?:\s*,\s*|\s*(?:of|de|do|del|d['’])?\s*)"
_FIGURES = (
    r"(?<![\d./-])(?P<year>(?:19|20)\d\d)\s?(?P<dot>[-/.])\s?(?P<month>\d{1,2})\s?(?P=dot)\s?(?P<day>\d{1,2})(?!\d)",
    rf"(?<![\d./-])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
    rf"(?<![\d./-])(?P<first>\d{{1,2}})(?P<dash>[/-])(?P<second>\d{{1,2}})(?P=dash){_YEAR}",
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일號号]",
)
_A_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
# Characters from a year to the far end of its date.
_REACH = 40
_ASCII_FIGURES = {0xFF10 + figure: str(figure) for figure in range(10)}


@dataclass(frozen=True, slots=True)
class Written:
    """A date at a place of a text. `is_ordered` is False where day and month may be exchanged: 3/4/2031."""

    start: int
    end: int
    year: int
    month: int
    day: int
    is_ordered: bool = True

    def on(self, order: str) -> date | None:
        """The day, where a language writes "dmy" or does not fix the order (""). None: unsure, or no such day."""
        month, day = self.month, self.day
        if not self.is_ordered and order != "dmy" and month != day and max(month, day) <= 12:
            return None
        if not self.is_ordered and month > 12 and order != "dmy":
            month, day = day, month
        try:
            return date(self.year, month, day)
        except ValueError:
            return None


def western_figures(text: str) -> str:
    """The text with full-width figures as plain ones, each in its place."""
    return text.translate(_ASCII_FIGURES)


def dates_in(text: str) -> Iterator[Written]:
    """Everything in a text that is written like a date with day, month and year, in reading order."""
    found = [
        match
        for start, stop in _around_years(text)
        for pattern in _patterns()
        for match in pattern.finditer(text, start, stop)
    ]
    end = 0
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        written = _written(match) if match.start() >= end else None
        if written:
            end = written.end
            yield written


def _around_years(text: str) -> Iterator[tuple[int, int]]:
    """The stretches where a date may stand: looking for months everywhere costs ten times as much."""
    start = stop = 0
    for year in _A_YEAR.finditer(text):
        if year.start() - _REACH > stop:
            if stop:
                yield start, stop
            start = max(0, year.start() - _REACH)
        stop = year.end() + _REACH
    if stop:
        yield start, stop


@cache
def _months() -> dict[str, int]:
    return months(shipped_table())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    every = {
        name for words in shipped_table().values() for names in words["months"] for name in names.split()
    }
    names = "|".join(re.escape(name) for name in sorted(every, key=len, reverse=True))
    month = rf"(?<![^\W\d_])(?P<month>{names})(?![^\W\d_])\.?"
    named = (
        rf"{month}\s*{_DAY}{_OF}{_YEAR}",
        rf"(?<![\d./-]){_DAY}{_OF}{month}{_OF}{_YEAR}",
        rf"(?<![\d./-])(?P<year>(?:19|20)\d\d)\.?\s+{month}\s*{_DAY}(?!\d)",
    )
    return tuple(re.compile(pattern, re.I) for pattern in (*named, *_FIGURES))


def _written(match: re.Match[str]) -> Written | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        day, month = int(parts["first"]), int(parts["second"])
        return Written(match.start(), match.end(), year, month, day, is_ordered=False)
    stated = parts["month"].casefold()
    number = int(stated) if stated.isdecimal() else _months().get(stated)
    return Written(match.start(), match.end(), year, number, int(parts["day"])) if number else None

"""Calendar days named in a text, in English, German, French, Spanish and Italian, and as figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january jan januar januari janvier enero gennaio",
    "february feb februar février fevrier febrero febbraio",
    "march mar märz maerz mars marzo",
    "april apr avril abril aprile",
    "may mai mayo maggio",
    "june jun juni juin junio giugno",
    "july jul juli juillet julio luglio",
    "august aug août aout agosto",
    "september sept sep septembre septiembre settembre",
    "october oct oktober okt octobre octubre ottobre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre decembre diciembre dicembre",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAME = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?"
_DATE = re.compile(
    rf"\b(?:(?P<month>{_NAME})\.? {_DAY}(?:,? (?P<year>\d{{4}}))?\b(?! (?:days?|hours?|weeks?|months?"
    rf"|years?)\b)"
    rf"|{_DAY.replace('day', 'day2')}\.?(?: of| de|-)? ?(?P<month2>{_NAME})\b\.?(?:,? ?(?:de |del "
    rf"|-)?(?P<year2>\d{{4}}))?"
    r"|(?P<year3>(?:19|20)\d\d)-(?P<month3>\d{2})-(?P<day3>\d{2})\b"
    r"|(?P<day4>\d{1,2})\.(?P<month4>\d{1,2})\.(?P<year4>(?:19|20)\d\d)\b"
    r"|(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year5>(?:19|20)\d\d)\b)"
)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day named at `text[start:end]`."""

    start: int
    end: int
    on: date


def named_days(lowered: str, published_on: date | None = None) -> list[NamedDay]:
    """Every day named in a text in lower case.

    A day without a year ("September 28") is the first such day on or after `published_on`, and is left
    out without that. "03/04/2025" may be March or April and is left out; "28/04/2025" is not.
    """
    found = []
    for match in _DATE.finditer(lowered):
        on = _day(match, published_on)
        if on:
            found.append(NamedDay(match.start(), match.end(), on))
    return found


def _day(match: re.Match[str], published_on: date | None) -> date | None:
    if match.group("first"):
        first, second = int(match.group("first")), int(match.group("second"))
        return _from_slashes(first, second, int(match.group("year5")))
    name = match.group("month") or match.group("month2")
    month = _MONTH_OF[name] if name else int(match.group("month3") or match.group("month4"))
    day = int(next(match.group(key) for key in ("day", "day2", "day3", "day4") if match.group(key)))
    years = (match.group(key) for key in ("year", "year2", "year3", "year4"))
    year = next((year for year in years if year), None)
    if year:
        return _valid(int(year), month, day)
    return _next(month, day, published_on) if published_on else None


def _from_slashes(first: int, second: int, year: int) -> date | None:
    if first <= 12 and second <= 12 and first != second:
        return None
    return _valid(year, second, first) if first > 12 else _valid(year, first, second)


def _next(month: int, day: int, since: date) -> date | None:
    this_year = _valid(since.year, month, day)
    return this_year if this_year and this_year >= since else _valid(since.year + 1, month, day)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

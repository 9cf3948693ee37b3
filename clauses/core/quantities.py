"""Numbers in figures and words, and the periods, ages and amounts they measure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * (index + 2) for index, word in enumerate(_TENS)
}
_NUMBER_WORD = rf"(?:{'|'.join((*_UNITS[1:], *_TENS))}|hundred|thousand)"
WORDS = rf"(?:an? (?=hundred|thousand))?{_NUMBER_WORD}(?:(?:-| and | ){_NUMBER_WORD}){{0,6}}"
FIGURE = (
    r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|\d{1,12},\d\d(?![\d,])|\d{1,12}(?:\.\d+)?"
)
# "thirty (30)", "30 (thirty)", "30", "thirty"; the figure in brackets is the same number again.
_NUMBER = rf"(?:(?:{WORDS}) ?\( ?(?:{FIGURE}) ?\)|(?:{FIGURE})(?: ?\( ?{WORDS} ?\))?|\b{WORDS})"
# The shorter end of a range. Words need a word between them: "twenty-four" and "one hundred and eighty" are no ranges.
_LOW = (
    rf"(?:{FIGURE})(?: ?\( ?{WORDS} ?\))? ?(?:-|to|and|or) ?"
    rf"|(?:{WORDS})(?: ?\( ?(?:{FIGURE}) ?\))?(?: to | or )"
    rf"|(?<=between ){WORDS} and "
)
# "2 yrs", "6 mos": short forms stand for the word.
_SHORT = {"hr": "hour", "wk": "week", "mo": "month", "mth": "month", "yr": "year"}
_UNIT = r"(?:minute|hour|day|week|fortnight|month|quarter|year|decade|hr|wk|mth|mo|yr)"
_ADVERBS = {
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "annually": "year",
    "yearly": "year",
}
_RECURS = re.compile(rf"\b(?:(?:every|each) (?P<unit>{_UNIT})|(?P<adverb>{'|'.join(_ADVERBS)}))\b")
_TIMES = re.compile(
    rf"\b(?:(?P<number>{_NUMBER}) ?(?:times|x)|twice|double)"
    r" (?:(?!\btimes\b)[^.;\d]){0,90}$"
)
_PERIOD = re.compile(
    rf"(?<![\w$€£.,/:§-])(?:(?P<low>{_LOW}))?(?P<number>{_NUMBER})(?: ?\+)?(?:-| )?"
    r"(?:(?:full|consecutive|calendar|additional|further|more|whole|rolling|successive|continuous)[ -])?"
    rf"(?P<business>(?:business|working|court)[ -])?\(?(?P<unit>{_UNIT})(?:s|\(s\))?\b\)?"
)
# "for a year", "within a month": an article counts only where a period is due.
_ARTICLE_PERIOD = re.compile(rf"(?<=for |hin )(?P<number>an?) (?P<unit>{_UNIT})\b")
_AMOUNT = re.compile(
    rf"(?:(?P<words>{WORDS}) (?P<noun>(?:u\.?s\.? )?dollars|euros?|pounds)(?: ?\([^()]{{0,12}}\))?"
    rf"|(?P<sign>(?:(?:u\.?s\.?d?|cad?|aud?|a|c) ?)?\$ ?|€|£|usd ?|eur ?|gbp ?)(?P<figure>{FIGURE})"
    rf"|(?<![\w.,])(?P<plain>{FIGURE}) ?(?P<code>(?:u\.?s\.? )?dollars|euros?|usd|eur|gbp|€))"
    r"(?P<scale> (?:thousand|million))?"
)
_CURRENCIES = {
    # Which country's dollar it is has to be said.
    "$": "dollar",
    "dollars": "dollar",
    "us dollars": "USD",
    "u.s. dollars": "USD",
    "us$": "USD",
    "usd$": "USD",
    "ca$": "CAD",
    "cad$": "CAD",
    "c$": "CAD",
    "au$": "AUD",
    "aud$": "AUD",
    "a$": "AUD",
    "€": "EUR",
    "£": "GBP",
    "euro": "EUR",
    "euros": "EUR",
    "pounds": "GBP",
}
_DAYS = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    # Five of seven days are business days.
    "business day": 7 / 5,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.0,
    "quarter": 90.0,
    "year": 365.0,
    "decade": 3650.0,
}
PERIOD_UNITS = frozenset(_DAYS)
_OF_THE_US = re.compile(r"\( ?u\.?s")
# "10.000 euros" is ten thousand, nobody states thousandths; "10,50" and "10.000,50" have cents.
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+,\d\d")
_DIGITS = re.compile(FIGURE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `text[start:end]`: a period ("day") or an amount of money ("USD")."""

    start: int
    end: int
    value: float
    unit: str

    @property
    def plain(self) -> str:
        """The number as a plain string, never with an exponent: "30", "1.5", "1000000000000"."""
        return str(int(self.value)) if self.value.is_integer() else f"{self.value:.10g}"


# The same few figures come again and again.
@lru_cache(maxsize=4096)
def number_value(text: str) -> float | None:
    """The value of "30", "1,000", "thirty (30)" or "one hundred and eighty"; None for what is no number."""
    lowered = text.lower()
    digits = _DIGITS.search(lowered)
    if digits:
        return _figure_value(digits.group())
    total = group = 0
    words = re.findall(r"[a-z]+", lowered)
    for word in words:
        if word == "hundred":
            group = max(group, 1) * 100
        elif word == "thousand":
            total, group = total + max(group, 1) * 1000, 0
        elif word in _VALUES:
            group += _VALUES[word]
        elif word not in {"and", "a", "an"}:
            return None
    if not total + group:
        return 1.0 if words in (["a"], ["an"]) else None
    return float(total + group)


def _figure_value(figure: str) -> float:
    dotted = _DOTTED.fullmatch(figure)
    return float(figure.replace(".", "").replace(",", ".") if dotted else figure.replace(",", ""))


def in_days(value: float, unit: str) -> float:
    """A period in days: a year is 365, a month 30, a week 7, a business day 7/5, an hour 1/24.

    Raises KeyError for a unit that is no period.
    """
    return round(value * _DAYS[unit], 6)


def periods(lowered: str) -> list[Quantity]:
    """Every period in a folded text, in order; of a range ("18 to 24 months") the longer end."""
    found: list[Quantity] = []
    for pattern in (_PERIOD, _ARTICLE_PERIOD):
        for match in pattern.finditer(lowered):
            value = number_value(match.group("number"))
            if value is not None:
                business = match.groupdict().get("business")
                unit = _SHORT.get(match.group("unit"), match.group("unit"))
                unit = "business day" if business and unit == "day" else unit
                found.append(Quantity(match.start(), _end(lowered, match), value, unit))
    return sorted(found, key=lambda quantity: quantity.start)


def multiple(lowered: str) -> Quantity | None:
    """The factor before what ends a folded text: 3 in "three times the fees paid in the previous"; None without one."""
    match = _TIMES.search(lowered)
    if match is None:
        return None
    value = number_value(match.group("number")) if match.group("number") else 2.0
    return Quantity(match.start(), match.end(), value, "times") if value else None


def recurrences(lowered: str) -> list[Quantity]:
    """How often something happens where no number says it: "every year", "each month", "annually"."""
    found = []
    for match in _RECURS.finditer(lowered):
        unit = match.group("unit") or _ADVERBS[match.group("adverb")]
        found.append(Quantity(match.start(), match.end(), 1.0, _SHORT.get(unit, unit)))
    return found


def _end(lowered: str, match: re.Match[str]) -> int:
    """The end of a period without the bracket that closes around it."""
    whole = match.group()
    return match.end() - 1 if whole.endswith(")") and whole.count("(") < whole.count(")") else match.end()


def amounts(lowered: str) -> list[Quantity]:
    """Every amount of money in a folded text, with the ISO code of its currency as the unit.

    A dollar of no country has the unit "dollar".
    """
    found: list[Quantity] = []
    for match in _AMOUNT.finditer(lowered):
        value = number_value(match.group("words") or match.group("figure") or match.group("plain"))
        if value is None:
            continue
        name = (match.group("sign") or match.group("noun") or match.group("code")).strip()
        name = name.replace(" $", "$").replace("u.s.$", "us$")
        scale = {"thousand": 1000.0, "million": 1_000_000.0}.get((match.group("scale") or "").strip(), 1.0)
        unit = _CURRENCIES.get(name, name.upper())
        if unit == "dollar" and _OF_THE_US.search(match.group()):
            unit = "USD"
        amount = Quantity(match.start(), match.end(), value * scale, unit)
        if found and _repeats(found[-1], amount, lowered):
            found[-1] = replace(found[-1], end=amount.end, unit=_closer(found[-1].unit, unit))
        else:
            found.append(amount)
    return found


def _repeats(first: Quantity, second: Quantity, lowered: str) -> bool:
    """Whether the second only says the first again in brackets: "$500 (five hundred dollars)"."""
    between = lowered[first.end : second.start]
    return first.value == second.value and between.strip() == "("


def _closer(unit: str, other: str) -> str:
    """The currency that names its country."""
    return other if unit == "dollar" else unit

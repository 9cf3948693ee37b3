"""Numbers that changed and are no figure of a kind of their own: a fee, a rate, the hours to report something."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clauses.core.change_facts import Effect, points_of_step
from clauses.core.change_rubric import opposite
from clauses.core.edited import ClauseEdit, Side, Span
from clauses.core.folding import folded
from clauses.core.quantities import FIGURE, PERIOD_UNITS, WORDS, in_days, number_value
from clauses.core.table_rows import column_title
from clauses.core.values import Direction, Reason

_NUMBER = re.compile(rf"(?<![\w.,§])(?:{FIGURE}|{WORDS})(?![\w])")
# "Section 4", "(4)", "4.2": places in the text.
_PLACES_LIST = """
section sections article articles clause clauses paragraph paragraphs annex schedule exhibit part chapter step
"""
_PLACES = _PLACES_LIST.split()
PLACE = re.compile(rf"(?:\b(?:{'|'.join(_PLACES)})|§|\() ?$")
# One of these ends whatever is a place: most texts need not be searched.
_PLACE_ENDS = tuple(f"{name}{space}" for name in (*_PLACES, "§", "(") for space in ("", " "))
_PLACE_LENGTH = 12
# What a number counts follows it in small letters; a house number or a postal code counts nothing.
_MEASURES = re.compile(r" ?%| ?(?:percent|per cent)\b|[ -][a-z]{3,}")
_SIGNS = frozenset("$€£")
_PRICE = re.compile(
    r"\b(?:fees?|prices?|costs?|charges?|subscription|rates?|interest|penalt(?:y|ies)|deposit|commissions?|fines?)\b"
)
_FREE = re.compile(
    r"\b(?:(?:is|are) (?:free|included)|for free|free of charge|at no (?:extra )?(?:cost|charge))\b"
)
_FREE_NEEDS = ("free", "included", "at no ")
_PER = re.compile(r"(?:\b(?:an?|per|each|every)|/)$")
_NEAR = 24
# A month is 30 days and a year 365: so near are equal periods in other units.
_OTHER_UNIT = 0.02
_UNIT = re.compile(rf"[ -]?(?:business |working |calendar )?({'|'.join(PERIOD_UNITS)})s?\b")


def amount_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """The effect of every number that took the place of another one, where nothing else tells what it measures.

    What the user owes or pays is worse when it grows, and the time the user has is better; the reverse holds for what
    the provider owes. Where nobody owes, it has no direction.
    """
    read: list[list[Span]] | None = None
    for region in edit.regions:
        was = _number(edit.old, region.old)
        now = None if was is None else _number(edit.new, region.new)
        if was is None or now is None or _is_same(was, now):
            continue
        before, after = was.value, now.value
        read = read or [_rated_places(side, edit) for side in (edit.old, edit.new)]
        if _overlaps(read[0], region.old) or _overlaps(read[1], region.new):
            continue
        points = points_of_step(edit.rubric.amounts, *sorted((before, after)))
        direction = _direction(edit.new, region.new, after > before)
        yield Effect(
            Reason(
                f"amount_{'raised' if after > before else 'lowered'}", points, edit.new.quote(*region.new)
            ),
            direction,
        )


class _Number(NamedTuple):
    """A number, of a period its days, and the unit of the period."""

    value: float
    unit: str


def _is_same(was: _Number, now: _Number) -> bool:
    """Whether two numbers say the same: in other units as near as 36 months and three years, or 30 days and a month."""
    if was.unit and now.unit and was.unit != now.unit:
        return math.isclose(was.value, now.value, rel_tol=_OTHER_UNIT)
    return was.value == now.value


def _number(side: Side, span: Span) -> _Number | None:
    """The one number in a place, periods in days; None for none or several, a reference, or a number of nothing."""
    start, end = _whole_words(side, span)
    found = list(_NUMBER.finditer(side.folded, start, end))
    if len(found) != 1:
        return None
    start, end = found[0].span()
    is_money = side.text[max(0, start - 2) : start].strip() in _SIGNS
    if not is_money and not _MEASURES.match(side.text, end):
        return None
    if _is_of_place(side.folded, start):
        return None
    value = number_value(found[0].group())
    if value is None:
        return None
    unit = None if is_money else _UNIT.match(side.folded, end)
    return _Number(in_days(value, unit[1]), unit[1]) if unit else _Number(value, "")


def _is_of_place(read: str, start: int) -> bool:
    """Whether a number names a place in the text, by what stands before it."""
    before = max(0, start - _PLACE_LENGTH), start
    return read.endswith(_PLACE_ENDS, *before) and PLACE.search(read, *before) is not None


def _whole_words(side: Side, span: Span) -> Span:
    start, end = span
    while start > 0 and not side.text[start - 1].isspace():
        start -= 1
    return start, end


def _rated_places(side: Side, edit: ClauseEdit) -> list[Span]:
    """Where figures of a kind that has a rule were read already."""
    facts = [fact for read in side.read for fact in read.facts if fact.kind in edit.rubric.facts]
    return [place for place in map(side.place_of, {fact.quote for fact in facts}) if place]


def _overlaps(places: Iterable[Span], span: Span) -> bool:
    return any(place[0] < span[1] and span[0] < place[1] for place in places)


def _column(side: Side, span: Span) -> str:
    """What the cell of a row is about, by the title of its column."""
    if len(side.clauses) != 1 or not side.clauses[0].passage.header:
        return ""
    return folded(column_title(side.clauses[0].passage, span[0]))


def _is_price(side: Side, span: Span) -> bool:
    """Whether the sentence at a place speaks of money, or the column of its cell does."""
    is_said = _PRICE.search(side.folded, *side.sentence(*span)) is not None
    return is_said or _PRICE.search(_column(side, span)) is not None


def _is_time(side: Side, span: Span) -> bool:
    """Whether a place holds a period: "ten further days", but not "5 messages a day"."""
    unit = _UNIT.search(side.folded, span[0], min(len(side.text), span[1] + _NEAR))
    return unit is not None and _PER.search(side.folded, span[0], unit.start()) is None


def _is_free(side: Side, span: Span) -> bool:
    """Whether the sentence at a place speaks of what is free."""
    is_needed = any(map(side.folded.__contains__, _FREE_NEEDS))
    return is_needed and _FREE.search(side.folded, *side.sentence(*span)) is not None


def _direction(side: Side, span: Span, is_more: bool) -> Direction:
    norm, is_time = side.norm_at(*span), _is_time(side, span)
    more: Direction
    if _is_free(side, span) and (norm is None or norm.worth != "adverse"):
        # How much of a thing is free.
        more = "favorable"
    elif is_time and norm:
        # Time that the user has is good, time that the provider takes is not.
        more = "favorable" if norm.bearer == "user" else "adverse"
    elif not is_time and _is_price(side, span):
        # "We will not raise the price by more than 5 %" promises less, the more it is.
        is_given = norm and norm.worth == "favorable" and norm.bearer != "user" and norm.force != "not"
        more = "favorable" if is_given else "adverse"
    elif norm and norm.bearer == "user" and norm.force in {"may", "does"}:
        # How much the user may do or has.
        more = "favorable"
    elif norm and norm.worth != "neutral":
        more = norm.worth
    else:
        return "neutral"
    return more if is_more else opposite(more)

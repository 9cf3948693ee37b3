"""The ages below which a text does not want people, or wants a parent's consent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clauses.core.quantities import WORDS, number_value

_YOUNGEST, _OLDEST = 10, 25
_NUMBER = rf"(?:(?:{WORDS})\b(?: ?\( ?\d{{1,2}} ?\))?|\d{{1,2}}(?:st|nd|rd|th)?)(?![\d,.]\d|%)"
_PEOPLE = (
    r"child(?:ren)?|minors?|persons?|individuals?|people|users?|anyone|residents?|those|someone"
    r"|consumers?|customers?|members?|visitors?|players?|nobody|no one|teens?|you|who"
)
_NO_AGE = r"(?! ?(?:day|hour|week|month|minute|countr|percent|employee|user|licen|seat))\b"
_AGES = re.compile(
    rf"\bages? (?:of |is |limit is )?(?P<a>{_NUMBER})|\baged? (?:at least |under |over |between )?(?P<b>{_NUMBER})\b"
    rf"|(?:(?:at least|under|over|below|than) )?(?:(?P<r>\d{{2}}) ?(?:-|to|and) ?)?(?P<c>{_NUMBER})(?:\+"
    rf"|)[ -]years?(?:'|s)?(?: old\b"
    rf"| of age\b|(?: of age)? or older\b|-olds?\b)"
    rf"|\b(?:{_PEOPLE}) (?:(?:who )?(?:is|are|must be|be) )?(?:not |either )?(?:under|below|younger than"
    rf"|over|at least|yet) (?P<d>{_NUMBER}){_NO_AGE}"
    rf"|\b(?:but|and) (?:are )?(?:under|below|younger than) (?P<f>{_NUMBER}){_NO_AGE}"
    rf"|\b(?P<e>{_NUMBER}) (?:years )?(?:or|and) (?:older|over|above)\b"
)
# "16 or older, or 13 with a parent's consent", "13 (under 16 in the EEA)": another limit beside the first.
_OTHER_AGES = re.compile(
    rf"\bor (?:at least )?(?P<a>{_NUMBER})(?= (?:years? (?:old |of age )?)?(?:with|if|when) (?:\w+ ){{0,4}}?"
    r"(?:parent|guardian|parental|consent))"
    rf"|(?:\(|[,;] (?:or |and )?|\bor )(?P<lead>(?:under|below|younger than|at least|over) )(?P<b>{_NUMBER})"
    r"(?= (?:years? )?(?:in|for residents|if you (?:are|live|reside)|where) (?!total|all|a\b|any\b))"
)
_CONDITION = re.compile(
    r" (?:years? )?(?:old |of age )?(?P<words>(?:with|in|if|for|where|when)\b[^,;.:()]{3,80})"
)
_YEARS_OLD = re.compile(r"(?: ?\( ?\d{1,2} ?\))?(?:[ -]years?(?:'s?)?(?: old\b| of age\b))?")
_LIMIT = re.compile(
    r"(?:\b(?:under|below|over|above|at least|younger than|older than|minimum|the|have|reached) )+$"
)
# Rules about content on or for minors, and what "minor" means, say nothing of who may use the service.
_NOT_OF_USERS = re.compile(
    r"\b(?:solicit\w*|target\w*|likeness\w*|depict\w*|portray\w*|sexual\w*|harm\w*|exploit\w*|endanger\w*"
    r"|groom\w*|abus(?:e|es|ing)"
    r"|send|upload|promot\w+|facilitat\w+|generat\w+|defin\w+|(?:minors?|child(?:ren)?)[\"' ]* means|involving"
    r"|content (?:of|about|with)|images? of|(?:sell|sold)\b[^.;]{0,30}\b(?:information|data))\b"
    r"[^.;]{0,90}$"
)
# A right of young users to have their posts removed.
_RIGHT_OF_MINORS = re.compile(
    r"[^.;]{0,40}\bwho (?:have |are )?(?:a )?(?:registered|posted)\b|[^.;]{0,80}\b(?:erase|remov\w+) content\b"
)
_COLLECTS = re.compile(r"\b(?:collect|permitted|use (?:the|our|this)|directed|intended)")


@dataclass(frozen=True, slots=True)
class Age:
    """An age limit at `text[start:end]`, with the words that make it one ("under 13").

    `condition`: where in the text the words stand that say for whom a second limit is ("in the EEA").
    """

    start: int
    end: int
    years: float
    condition: tuple[int, int] = (0, 0)


def ages_of_users(low: str) -> Iterator[Age]:
    """Every age limit for users that a folded sentence states, each once."""
    seen: set[float] = set()
    for match in _AGES.finditer(low):
        years = number_value(next(group for group in match.groups() if group))
        if years is None or not _YOUNGEST <= years <= _OLDEST or years in seen:
            continue
        before = low[max(0, match.start() - 200) : match.start()]
        if _RIGHT_OF_MINORS.match(low, match.end()):
            continue
        if _NOT_OF_USERS.search(before) and not _COLLECTS.search(before):
            continue
        seen.add(years)
        lead = _LIMIT.search(low, max(0, match.start() - 60), match.start())
        yield Age(lead.start() if lead else match.start(), _whole_end(low, match.end()), years)
    yield from _other_ages(low, seen)


def _other_ages(low: str, seen: set[float]) -> Iterator[Age]:
    """The limits that stand beside those seen and hold for certain users only."""
    for match in _OTHER_AGES.finditer(low) if seen else ():
        years = number_value(match.group("a") or match.group("b"))
        if years is None or not _YOUNGEST <= years <= _OLDEST or years in seen:
            continue
        seen.add(years)
        start = match.start("lead") if match.group("lead") else match.start("a")
        end = match.end("a") if match.group("a") else match.end("b")
        condition = _CONDITION.match(low, end)
        yield Age(start, _whole_end(low, end), years, condition.span("words") if condition else (0, 0))


def _whole_end(low: str, end: int) -> int:
    """The end of an age with the figure in brackets and the words "years old" after it."""
    words = _YEARS_OLD.match(low, end)
    return words.end() if words else end

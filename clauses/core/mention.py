"""Whether an announcement speaks of a change: the days and figures that both name, with their words, by points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from types import MappingProxyType

from clauses.core.dates import named_days
from clauses.core.folding import folded
from clauses.core.quoting import sentence_around
from clauses.core.sentences import sentences
from clauses.core.values import Fact, FactChange, ReadClause

MENTION_RULES = "2026.1"
LEAST_POINTS = 5

_WEEK, _MONTH = timedelta(days=7), timedelta(days=31)
_FARTHEST_BACK, _FARTHEST_AHEAD, _AROUND = timedelta(days=1100), timedelta(days=750), timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Sign:
    """One way in which an announcement and a change agree. It earns its points once, however often it is found."""

    code: str
    points: int
    label: str


SIGNS: Mapping[str, Sign] = MappingProxyType(
    {
        sign.code: sign
        for sign in (
            Sign("effective_day", 4, "Names the day from which the new text is in force"),
            Sign("new_figure", 4, "Gives a figure that the new text sets"),
            Sign("named_day", 3, "Names a day that came into the text"),
            Sign("old_figure", 2, "Gives the figure that stood before"),
            Sign("document_named", 2, "Names the document"),
            Sign("same_week", 2, "Was seen within 7 days of the change"),
            Sign("same_topic", 1, "Is about what changed"),
            Sign("same_month", 1, "Was seen, or names a day, within 31 days of the change"),
        )
    }
)

# By what other names announcements call a document of a type.
_OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "terms_of_service": r"terms of (?:service|use)|terms and conditions|(?:consumer|user|service) terms"
        r"|(?:user|customer) agreement",
        "privacy_policy": r"privacy (?:policy|notice|statement)",
        "api_terms": r"(?:api|developer) terms",
        "commercial_terms": r"(?:commercial|business) terms",
        "acceptable_use": r"acceptable use|(?:usage|use) polic(?:y|ies)",
        "community_guidelines": r"community (?:guidelines|standards|rules)",
        "cookie_policy": r"cookies? (?:policy|notice)",
        "data_processing": r"data processing (?:agreement|addendum|terms)",
    }
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """The text of an announcement as it was read, and the day it was published or first seen."""

    clauses: Sequence[ReadClause]
    seen_on: date


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """The words of a clause on both sides, empty where it was not there, and its figures that changed.

    `types` are the slugs of what it is about, where its change weighs anything.
    """

    old: str
    new: str
    facts: Sequence[FactChange] = ()
    types: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """What changed in a document, the heaviest change first.

    `effective_on` is None where the new text states no other day than the old one.
    """

    name: str
    type: str
    detected_on: date
    effective_on: date | None
    clauses: Sequence[ChangedClause]


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that both name. `here` are the announcement's words, `there` the changed text's; either may be ""."""

    code: str
    points: int
    value: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Mention:
    """That an announcement seems to speak of a change, and why, the heaviest first."""

    score: int
    reasons: tuple[Shared, ...]


def mention(announcement: Announcement, change: ChangedDocument) -> Mention | None:
    """What an announcement shares with a change; None where it is not enough to ask somebody.

    Enough are LEAST_POINTS points and something definite: a day of the change; or a figure it sets, where the two are
    not more than a month apart, and either the figure before it or the document is named as well. "30 days" stands
    in too many texts to say anything by itself, as do one week and one name.
    """
    days = _days_of(announcement)
    found = [
        *_shared_days(days, change),
        *_shared_figures(announcement, change),
        *_named(announcement, change),
        *_shared_topics(announcement, change),
    ]
    near = _nearness(announcement.seen_on, days, change)
    codes = {shared.code for shared in found}
    is_day = bool(codes & {"effective_day", "named_day"})
    is_figure = "new_figure" in codes and bool(codes & {"old_figure", "document_named"})
    reasons = _counted([*found, near] if near else found)
    score = sum(shared.points for shared in reasons)
    return Mention(score, reasons) if (is_day or (is_figure and near)) and score >= LEAST_POINTS else None


def reach(announcement: Announcement) -> tuple[date, date]:
    """From when to when a change may be that it could speak of: around every day it names, and its own."""
    seen = announcement.seen_on
    days = [on for on in _days_of(announcement) if seen - _FARTHEST_BACK <= on <= seen + _FARTHEST_AHEAD]
    return min([seen, *days]) - _AROUND, max([seen, *days]) + _AROUND


def _days_of(announcement: Announcement) -> dict[date, str]:
    """Every day that is named, with the sentence that names it first. Days without a year follow its own day."""
    found: dict[date, str] = {}
    for clause in announcement.clauses:
        text = clause.passage.text
        for day in named_days(folded(text), announcement.seen_on):
            found.setdefault(day.on, sentence_around(text, day.start, day.end))
    return found


def _shared_days(days: Mapping[date, str], change: ChangedDocument) -> Iterator[Shared]:
    came = _days_that_came(change.clauses)
    effective = change.effective_on
    if effective and effective in days:
        yield _shared("effective_day", _long(effective), days[effective], came.get(effective, ""))
    for on in sorted(came.keys() & days.keys() - {effective}):
        yield _shared("named_day", _long(on), days[on], came[on])


def _days_that_came(clauses: Iterable[ChangedClause]) -> dict[date, str]:
    """The days that only the new words of a clause name, each with its sentence."""
    found: dict[date, str] = {}
    for clause in clauses:
        before = {day.on for day in named_days(folded(clause.old))}
        for day in named_days(folded(clause.new)):
            if day.on not in before:
                found.setdefault(day.on, sentence_around(clause.new, day.start, day.end))
    return found


def _shared_figures(announcement: Announcement, change: ChangedDocument) -> Iterator[Shared]:
    told = _figures(announcement)
    changed = [(clause, fact) for clause in change.clauses for fact in clause.facts]
    for clause, fact in changed:
        if fact.new and (here := told.get(_key(fact.new))):
            yield _shared("new_figure", fact.new.amount, here, _around(clause.new, fact.new))
    for clause, fact in changed:
        if fact.old and (here := told.get(_key(fact.old))):
            yield _shared("old_figure", fact.old.amount, here, _around(clause.old, fact.old))


_Key = tuple[str, float, str]


def _figures(announcement: Announcement) -> dict[_Key | None, str]:
    """The sentence that gives each figure first."""
    found: dict[_Key | None, str] = {}
    for clause in announcement.clauses:
        for fact in clause.classification.facts:
            if key := _key(fact):
                found.setdefault(key, _around(clause.passage.text, fact))
    return found


def _key(fact: Fact) -> _Key | None:
    """What is equal for equal figures; None where there is no number to compare."""
    if not isinstance(fact.normalized, int | float):
        return None
    return fact.kind, float(fact.normalized), fact.unit.casefold() if fact.kind == "liability_cap" else ""


def _named(announcement: Announcement, change: ChangedDocument) -> Iterator[Shared]:
    names = re.escape(folded(change.name))
    if other := _OTHER_NAMES.get(change.type):
        names = f"{names}|{other}"
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
    for clause in announcement.clauses:
        for text in (*clause.passage.heading_path, clause.passage.text):
            if match := pattern.search(folded(text)):
                words = text[match.start() : match.end()]
                yield _shared("document_named", words, sentence_around(text, *match.span()), "")
                return


def _shared_topics(announcement: Announcement, change: ChangedDocument) -> Iterator[Shared]:
    """The first topic of the changes that the announcement is about, too; `value` is its clause type."""
    told = _topics(announcement)
    shared = ((slug, clause) for clause in change.clauses for slug in clause.types if slug in told)
    for slug, clause in islice(shared, 1):
        yield _shared("same_topic", slug, told[slug][1], _what_came(clause))


def _topics(announcement: Announcement) -> dict[str, tuple[float, str]]:
    """How sure it is that the announcement is about each clause type, and the sentence that says so most surely."""
    found: dict[str, tuple[float, str]] = {}
    for clause in announcement.clauses:
        for match in clause.classification.types:
            if match.evidence and match.score > found.get(match.slug, (0.0, ""))[0]:
                words = match.evidence[0]
                found[match.slug] = match.score, sentence_around(clause.passage.text, words.start, words.end)
    return found


def _what_came(clause: ChangedClause) -> str:
    """The longest sentence that only the new words have; of a removed clause, its longest."""
    for text, other in ((clause.new, clause.old), (clause.old, clause.new)):
        fresh = [span for span in sentences(text) if text[slice(*span)] not in other]
        if fresh:
            return sentence_around(text, *max(fresh, key=lambda span: span[1] - span[0]))
    return ""


def _nearness(seen_on: date, days: Iterable[date], change: ChangedDocument) -> Shared | None:
    moments = [on for on in (change.detected_on, change.effective_on) if on]
    if abs(seen_on - change.detected_on) <= _WEEK:
        return _shared("same_week", _long(seen_on), "", "")
    near = [on for on in (seen_on, *days) if any(abs(on - moment) <= _MONTH for moment in moments)]
    return _shared("same_month", _long(near[0]), "", "") if near else None


def _counted(found: Iterable[Shared]) -> tuple[Shared, ...]:
    """Each thing once, the heaviest first. Only the first of a sign earns points: the others are shown beside it."""
    once: dict[tuple[str, str], Shared] = {}
    for shared in found:
        once.setdefault((shared.code, shared.value), shared)
    ordered = sorted(once.values(), key=lambda shared: -shared.points)
    codes = [shared.code for shared in ordered]
    return tuple(
        replace(shared, points=0) if shared.code in codes[:index] else shared
        for index, shared in enumerate(ordered)
    )


def _shared(code: str, value: str, here: str, there: str) -> Shared:
    return Shared(code, SIGNS[code].points, value, here, there)


def _around(text: str, fact: Fact) -> str:
    """The sentence that states a figure; its quote where its place is not in this text."""
    if text[fact.start : fact.end] == fact.quote:
        return sentence_around(text, fact.start, fact.end)
    at = text.find(fact.quote)
    return sentence_around(text, at, at + len(fact.quote)) if at >= 0 else fact.quote


def _long(on: date) -> str:
    return f"{on.day} {on:%B %Y}"

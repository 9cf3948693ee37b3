"""What is said of changed words that count nothing: no rule speaks of them, they are of another language, or they
only went elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from clauses.core.redline import LIGHT_WORDS, words
from clauses.core.values import ClauseChange, ReadClause, Reason
from monitor.core.language import detect

NO_RULE = "no_rule"
OTHER_LANGUAGE = "not_rated_language"
RESTATED = "restated"
# Two of five words of English terms are light ones ("the", "of"); of what has so few the letters decide.
_LEAST_LIGHT = 0.25
_SURE = 0.9
_SHORTEST, _LOOKED_AT = 150, 6_000
_CLAUSES = 60
# Languages that write no spaces part their phrases.
_LONGEST_WORD = 1_000


def is_unreadable(clauses: Sequence[ReadClause]) -> bool:
    """Whether a version is surely written in another language than English, the only one that ratings are read in."""
    text = " ".join(clause.passage.text for clause in islice(clauses, _CLAUSES))[:_LOOKED_AT]
    found = [word.casefold() for word in words(text) if word.isalpha()]
    light = sum(word in LIGHT_WORDS for word in found)
    if len(text) < _SHORTEST or light >= _LEAST_LIGHT * len(found):
        return False
    if all(len(word) > _LONGEST_WORD for word in found):
        # Of no language, and its model takes 100 MB where nobody asked for it yet.
        return False
    code, confidence = detect(text)
    return code not in {"", "en"} and confidence >= _SURE


def unread(changes: Iterable[ClauseChange]) -> tuple[ClauseChange, ...]:
    """The changes of a text in another language; those without a rating say why they have none."""
    return tuple(_unread(change) if is_without_rating(change) else change for change in changes)


def is_without_rating(change: ClauseChange) -> bool:
    """Whether words came or went and no rule had anything to say of them."""
    return change.severity == "none" and any(reason.code == NO_RULE for reason in change.reasons)


def is_unread(change: ClauseChange) -> bool:
    """Whether a change has no rating because its words are of another language."""
    return any(reason.code == OTHER_LANGUAGE for reason in change.reasons)


def no_rule(quote: str) -> Reason:
    """The line for words that came or went and that no rule speaks of: no points, for nobody."""
    return Reason(NO_RULE, 0, quote, "neutral")


def restated_reason(quote: str) -> Reason:
    """The line for a sentence that the other version has in another clause: no points, for nobody."""
    return Reason(RESTATED, 0, quote, "neutral")


def _unread(change: ClauseChange) -> ClauseChange:
    reasons = tuple(
        reason._replace(code=OTHER_LANGUAGE) if reason.code == NO_RULE else reason
        for reason in change.reasons
    )
    return change._replace(reasons=reasons)

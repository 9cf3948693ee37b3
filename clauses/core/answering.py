"""Who answers for a loss: whether a clause on liability or indemnity binds the user, or the provider."""

from __future__ import annotations

import re

from clauses.core.change_rubric import opposite, stem
from clauses.core.denials import EXCEPT
from clauses.core.edited import Side, Span
from clauses.core.norms import Norm
from clauses.core.values import Direction

_WORD = re.compile(r"[\w'-]+")
# "Limits" and "excludes" answer for nothing: who does that gets out of it.
_EXCLUDING = frozenset(map(stem, ("limit", "exclude", "disclaim")))
_BOTH = re.compile(
    r"\b(?:each|either|both|neither|one|the other) (?:party|parties|of us|side)\b"
    r"|\b(?:the|all) (?:(?!third\b)\w+ )?parties\b"
)
# Either side may be it.
_ROLE = re.compile(r"(?<=\bdata )(?:im|ex)porters?\b")
# "Have no liability", "take no responsibility".
_NONE = re.compile(r"\bno (?:\w+ )?(?:liabilit|responsibilit|obligation)")
_NOUNS = frozenset({"liability", "responsibility"})


def worth_of_answer(side: Side, span: Span) -> Direction | None:
    """What it is for the user that somebody answers for a loss, or does not; None where nobody is named.

    Neutral where both sides answer to each other.
    """
    norm = side.norm_at(*span)
    if norm is None or side.rules is None:
        return None
    verb = _verb(side, norm, span)
    if not verb:
        return None
    if _is_of_both(side, norm):
        return "neutral"
    is_denied = _is_denied(side, norm, span)
    if norm.bearer == "user":
        return None if norm.force == "may" else "favorable" if is_denied else "adverse"
    worth: Direction = "adverse" if verb in _EXCLUDING else "favorable"
    return opposite(worth) if is_denied else worth


def is_bound(side: Side, span: Span) -> bool:
    """Whether somebody has to answer for a loss by the words at a place: by a denial only where it has an exception."""
    norm = side.norm_at(*span)
    if norm is None or worth_of_answer(side, span) is None:
        return False
    if norm.start == 0 and side.clauses[0].passage.intro:
        # What an item adds to the denial that introduces it is a loss that somebody else bears.
        return True
    end = side.sentence(*span)[1]
    return not _is_denied(side, norm, span) or EXCEPT.search(side.folded, norm.end, end) is not None


def limits_nobody(side: Side, span: Span) -> bool:
    """Whether the words at a place have both sides answer to each other, or whichever of them has a role."""
    norm = side.norm_at(*span)
    if norm is None:
        return _ROLE.search(side.folded, side.sentence(*span)[0], span[0]) is not None
    if not _is_of_both(side, norm):
        return False
    verb = _verb(side, norm, span)
    return bool(verb) and (_has_role(side, norm) or not _gets_out(side, norm, span, verb))


def _is_of_both(side: Side, norm: Norm) -> bool:
    near = max(side.sentence(norm.start, norm.end)[0], norm.start - 20)
    return _has_role(side, norm) or _BOTH.search(side.folded, near, norm.end) is not None


def _has_role(side: Side, norm: Norm) -> bool:
    return _ROLE.match(side.folded, norm.start) is not None


def _gets_out(side: Side, norm: Norm, span: Span, verb: str) -> bool:
    return verb in _EXCLUDING or _is_denied(side, norm, span)


def _is_denied(side: Side, norm: Norm, span: Span) -> bool:
    return norm.force == "not" or _NONE.search(side.folded, norm.start, max(norm.end, span[1])) is not None


def _verb(side: Side, norm: Norm, span: Span) -> str:
    """The verb of a statement that says who answers: its own, or one that follows it up to the end of a place."""
    answering = side.rules.answering if side.rules else frozenset()
    if norm.verb in answering:
        return norm.verb
    words = (found.group() for found in _WORD.finditer(side.folded, norm.end, max(norm.end, span[1])))
    return next((stem(word) for word in words if word in _NOUNS or stem(word) in answering), "")

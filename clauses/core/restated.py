"""Which effects of a change are none, as the version that seems to lack their words says the same elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clauses.core.change_facts import Effect
from clauses.core.changed_words import stands_in
from clauses.core.content_words import content_stems
from clauses.core.edited import ClauseEdit, Side, Span
from clauses.core.norms import Norm
from clauses.core.unread import restated

# What says that a statement came or went, by who may, will or must not do what. Types that came or went are held
# against the stances of the other version where they are told.
_OF_STATEMENTS = re.compile(
    r"(?:benefit|burden|costly_clause)_(?:added|removed)"
    r"|(?:promise|ban|exclusion|service|practice|duty)_(?:added|dropped)"
)
_EVENTS = {"added": False, "dropped": False, "forbidden": True, "ban_dropped": True}
# What holds for the document names it: "you agree to these terms", and not to an increase in fees.
_DOCUMENT = re.compile(r"\b(?:terms|agreement|polic(?:y|ies)|conditions)\b")
_FIGURE = re.compile(r"\d+")
_Act = tuple[bool, str, str]


def without_restated(effects: Iterable[Effect], edit: ClauseEdit) -> list[Effect]:
    """The effects; where the other version has the sentence in another clause, in much the same words, without points.

    It must have the same figures and the very thing that the effect is told by: the words of its rule, or who may,
    will or must not do what.
    """
    return [_without_points(effect) if _is_restated(effect, edit) else effect for effect in effects]


def _without_points(effect: Effect) -> Effect:
    return Effect(restated(effect.reason.quote), "neutral")


def _is_restated(effect: Effect, edit: ClauseEdit) -> bool:
    rule = next((one for one in edit.rubric.words if _event(effect, one.code) in _EVENTS), None)
    if not rule and not _OF_STATEMENTS.fullmatch(effect.reason.code):
        return False
    came = edit.new.place_of(effect.reason.quote)
    side, other, version = (
        (edit.new, edit.old, edit.versions[0]) if came else (edit.old, edit.new, edit.versions[1])
    )
    at = came or side.place_of(effect.reason.quote)
    if at is None:
        return False
    sentence = side.sentence(*at)
    if rule and rule.is_said_once and _DOCUMENT.search(side.folded, *sentence):
        return version.said.has_words(rule.searches)
    words, figures = content_stems(side.folded[slice(*sentence)]), _figures(side, sentence)
    for clause, start, end in version.said.sayings(words, other.clauses):
        saying = Side(clause.passage.text, (), (clause,), edit.rubric.statements)
        if figures <= _figures(saying, (start, end)):
            if rule and stands_in(rule, saying, (start, end), is_negated=_EVENTS[_event(effect, rule.code)]):
                return True
            if not rule and _acts(side, sentence) & _acts(saying, (start, end)):
                return True
    return False


def _event(effect: Effect, subject: str) -> str:
    """What happened to a subject by the code of an effect; empty where that is about another one."""
    code = effect.reason.code
    return code.removeprefix(f"{subject}_") if code.startswith(f"{subject}_") else ""


def _acts(side: Side, sentence: Span) -> frozenset[_Act]:
    start, end = sentence
    return frozenset(_act(norm) for norm in side.norms if start <= norm.start < end)


def _act(norm: Norm) -> _Act:
    """Whether the user or somebody else may, does or does not do what."""
    force = norm.force if norm.force in {"not", "may"} else "does"
    return norm.bearer == "user", norm.verb, force


def _figures(side: Side, sentence: Span) -> frozenset[str]:
    return frozenset(_FIGURE.findall(side.folded, *sentence))

"""Which effects of a change are none, as the version that seems to lack their words says the same elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from clauses.core.audiences import audience_of
from clauses.core.change_facts import Effect
from clauses.core.change_rubric import WordRule
from clauses.core.changed_words import stands_in
from clauses.core.content_words import content_stems
from clauses.core.edited import ClauseEdit, Side, Span
from clauses.core.norms import Norm
from clauses.core.said import Said, Saying
from clauses.core.unread import RESTATED, restated_reason
from clauses.core.values import ReadClause

# What says that a statement came or went, by who may, will or must not do what. Types that came or went are held
# against the stances of the other version where they are told.
_OF_STATEMENTS = re.compile(
    r"(?:benefit|burden|costly_clause)_(?:added|removed)"
    r"|(?:promise|ban|exclusion|service|practice|duty)_(?:added|dropped)"
)
_EVENTS = {"added": False, "dropped": False, "forbidden": True, "ban_dropped": True}
_OF_THE_OLD = ("_dropped", "_removed")
# What holds for the document names it: "you agree to these terms", and not to an increase in fees.
_DOCUMENT = re.compile(
    r"\b(?:agree\w*|accept\w*|consent\w*)\b(?: (?:to|by|of|with|be|and|bound|abide|adhere|comply|follow))*"
    r"(?: [\w']+){0,5}? (?:terms|agreement|polic(?:y|ies)|conditions)\b"
)
_FIGURE = re.compile(r"\d+")
_Forces = Mapping[tuple[bool, str], set[str]]


def without_restated(effects: Iterable[Effect], edit: ClauseEdit) -> list[Effect]:
    """The effects; where the other version has the sentence in another clause, in much the same words, without points.

    It must have the same figures, be for the same people, and have the very thing that the effect is told by: the words
    of its rule, or who may, will or must not do what.
    """
    return [_without_points(effect, edit) for effect in effects]


def is_of_restated(effect: Effect, restated: Iterable[Effect]) -> bool:
    """Whether an effect is told by words of a sentence that stands elsewhere."""
    quote = effect.reason.quote
    return any(quote in one.reason.quote for one in restated if one.reason.code == RESTATED)


def _without_points(effect: Effect, edit: ClauseEdit) -> Effect:
    rule = next((one for one in edit.rubric.words if _event(effect, one.code) in _EVENTS), None)
    if not rule and not _OF_STATEMENTS.fullmatch(effect.reason.code):
        return effect
    is_old = effect.reason.code.endswith(_OF_THE_OLD) or not edit.came
    side, other, version = (
        (edit.old, edit.new, edit.versions[1]) if is_old else (edit.new, edit.old, edit.versions[0])
    )
    at = side.place_of(effect.reason.quote)
    if at is None:
        return effect
    start, end = side.sentence(*at)
    is_negated = rule is not None and _EVENTS[_event(effect, rule.code)]
    if rule and rule.is_said_once and _DOCUMENT.search(side.folded, start, end):
        is_said = _is_said_anywhere(rule, version.said, edit, is_negated=is_negated)
    else:
        whom = audience_of(side.clauses[0].passage.heading_path)
        is_said = any(
            audience_of(saying.clause.passage.heading_path) == whom
            and _says(_alone(saying, edit), rule, side, at, is_negated=is_negated)
            for saying in version.said.sayings(content_stems(side.folded[start:end]), other.clauses)
        )
    return Effect(restated_reason(side.text[start:end].strip()), "neutral") if is_said else effect


def _is_said_anywhere(rule: WordRule, said: Said, edit: ClauseEdit, *, is_negated: bool) -> bool:
    for clause in said.with_words(rule.searches):
        side = Side(clause.passage.text, (), (clause,), edit.rubric.statements)
        if stands_in(rule, side, is_negated=is_negated):
            return True
    return False


def _alone(saying: Saying, edit: ClauseEdit) -> Side:
    """A sentence by itself, below the headings of its clause: what a long clause says besides is not read again."""
    clause, start, end = saying
    passage = clause.passage
    text = passage.text[start:end]
    intro = passage.intro if start == 0 else ""
    alone = replace(passage, start=0, end=len(text), text=text, intro=intro)
    return Side(text, (), (ReadClause(alone, clause.classification),), edit.rubric.statements)


def _says(saying: Side, rule: WordRule | None, side: Side, at: Span, *, is_negated: bool) -> bool:
    """Whether a sentence has the figures of another one and the words of the rule, or else the act that is told."""
    sentence = side.sentence(*at)
    if not set(_FIGURE.findall(side.folded, *sentence)) <= set(_FIGURE.findall(saying.folded)):
        return False
    if rule:
        return stands_in(rule, saying, is_negated=is_negated)
    ours, theirs = _forces(side, sentence), _forces(saying, (0, len(saying.text)))
    told = side.norm_at(*at)
    shared = ours.keys() & theirs.keys()
    is_told = told is not None and _act(told) in shared
    return is_told and all(ours[act] == theirs[act] for act in shared)


def _forces(side: Side, sentence: Span) -> _Forces:
    """With what force the user or somebody else does what in a sentence."""
    found: dict[tuple[bool, str], set[str]] = defaultdict(set)
    for norm in side.norms:
        if sentence[0] <= norm.start < sentence[1]:
            found[_act(norm)].add(norm.force if norm.force in {"not", "may"} else "does")
    return found


def _act(norm: Norm) -> tuple[bool, str]:
    return norm.bearer == "user", norm.verb


def _event(effect: Effect, subject: str) -> str:
    """What happened to a subject by the code of an effect; empty where that is about another one."""
    code = effect.reason.code
    return code.removeprefix(f"{subject}_") if code.startswith(f"{subject}_") else ""

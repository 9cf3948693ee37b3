"""Types of clause that came or went, and permissions given or taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from clauses.core.change_facts import Effect
from clauses.core.change_rubric import ChangeRubric, TypeRule, opposite
from clauses.core.changed_words import Side, Span
from clauses.core.classify import has_say
from clauses.core.values import Classification, Fact, ReadClause, Reason

_UNTYPED = frozenset({"other", "unknown"})

# Stances of a clause on what its type permits, from least to most.
_FORBIDDEN, _ABSENT, _RESTRICTED, _ALLOWED = -1, 0, 1, 2
_EVENTS = {_FORBIDDEN: "forbidden", _ABSENT: "dropped", _RESTRICTED: "restricted", _ALLOWED: "allowed"}
_NOT = re.compile(
    r"\b(?:not|never|won't|don't|doesn't|cannot|can't|no longer)\b(?! (?:be )?(?:limited|only|just))"
)
_EXCEPT = re.compile(r"\b(?:unless|except|other than|without)\b")
_CONSENT = re.compile(
    r"\b(?:with|on|without) your (?:\w+ )?(?:consent|permission)\b"
    r"|\b(?:unless|if|where|when) you (?:\w+ly |have |choose to |decide to )*"
    r"(?:opt(?:ed)?[ -]?in|consent|agree|allow|permit|give|ask|turn on|enable)"
)


@dataclass(frozen=True, slots=True)
class Inventory:
    """What one whole version holds: a clause that only moved words about is measured against it."""

    types: frozenset[str] = frozenset()
    stances: dict[str, int] = field(default_factory=dict)
    figures: frozenset[tuple[str, object]] = frozenset()


@dataclass(frozen=True)
class Edit:
    """Both sides of a pair of clauses, one of them empty for an added or removed one, and their versions."""

    old: Sequence[Classification]
    new: Sequence[Classification]
    old_side: Side
    new_side: Side
    versions: tuple[Inventory, Inventory]


def inventory(clauses: Iterable[ReadClause], rubric: ChangeRubric) -> Inventory:
    """The types, stances and figures of a version."""
    types: set[str] = set()
    stances: dict[str, int] = {}
    figures: set[tuple[str, object]] = set()
    for clause in clauses:
        for slug in typed(clause.classification):
            types.add(slug)
            if slug in rubric.types and rubric.types[slug].permits:
                stance = _stance(slug, [clause.classification], Side(clause.passage.text, ()))
                stances[slug] = max(stance, stances.get(slug, stance))
        figures |= {figure(fact) for fact in clause.classification.facts}
    return Inventory(frozenset(types), stances, frozenset(figures))


def figure(fact: Fact) -> tuple[str, object]:
    """Kind and value of a fact, by which it is the same figure wherever it stands."""
    return fact.kind, fact.normalized if fact.normalized is not None else fact.value.casefold()


def typed(*classifications: Classification) -> list[str]:
    """The types of clauses that count in ratings, strongest first, without the one that stands for no type."""
    slugs = (match.slug for read in classifications for match in read.types if has_say(match))
    return [slug for slug in dict.fromkeys(slugs) if slug not in _UNTYPED]


def type_effects(edit: Edit, rubric: ChangeRubric) -> Iterator[Effect]:
    """What it means that types came, went or changed stance, where the sentence that shows it changed."""
    for slug in sorted({*typed(*edit.old), *typed(*edit.new)}):
        rule = rubric.types.get(slug)
        if rule is None:
            continue
        before = _presence(rule, edit.old, edit.old_side)
        after = _presence(rule, edit.new, edit.new_side)
        quote = _quote(rule, edit, (before, after)) if before != after else ""
        if quote:
            direction = rule.added if after > before else opposite(rule.added)
            is_repeat = {before, after} == {_ABSENT, _ALLOWED} and _is_repeat(rule, edit, after > before)
            code = _code(rule, before, after, is_repeat)
            points = rule.repeat if is_repeat else _points(rule, before, after)
            yield Effect(Reason(code, points, quote), direction)


def _presence(rule: TypeRule, classifications: Sequence[Classification], side: Side) -> int:
    if rule.permits:
        return _stance(rule.slug, classifications, side)
    return _ALLOWED if rule.slug in typed(*classifications) else _ABSENT


def _code(rule: TypeRule, before: int, after: int, is_repeat: bool) -> str:
    if is_repeat:
        return f"{rule.slug}_{'extended' if after > before else 'narrowed'}"
    if not rule.permits:
        return f"{rule.slug}_{'added' if after > before else 'dropped'}"
    if before == _FORBIDDEN and after == _ABSENT:
        return f"{rule.slug}_ban_dropped"
    return f"{rule.slug}_{_EVENTS[after]}"


def _points(rule: TypeRule, before: int, after: int) -> int:
    """Full points for a step up to "allowed", one more from a ban, few for others; the same going back."""
    if max(before, after) < _ALLOWED:
        return min(2, rule.points)
    return rule.points + (min(before, after) == _FORBIDDEN)


def _is_repeat(rule: TypeRule, edit: Edit, is_more: bool) -> bool:
    """Whether the version that seems to lack it holds it in another clause."""
    lacking = edit.versions[0] if is_more else edit.versions[1]
    if rule.permits:
        return lacking.stances.get(rule.slug, _ABSENT) == _ALLOWED
    return rule.slug in lacking.types


def _quote(rule: TypeRule, edit: Edit, presences: tuple[int, int]) -> str:
    """The changed sentence that shows the type as it stands now; of the old wording what the new one lacks."""
    before, after = presences
    for classifications, side, presence in (
        (edit.new, edit.new_side, after),
        (edit.old, edit.old_side, before),
    ):
        for start, end in _evidence(rule.slug, classifications, side):
            is_shown = not rule.permits or _sentence_stance(side, (start, end)) == presence
            if is_shown and side.is_changed(*side.sentence(start, end)):
                return side.quote(start, end)
    return ""


def _stance(slug: str, classifications: Iterable[Classification], side: Side) -> int:
    """The strongest permission that the evidence of a type shows; absent without any."""
    spans = _evidence(slug, classifications, side)
    return max((_sentence_stance(side, span) for span in spans), default=_ABSENT)


def _sentence_stance(side: Side, span: Span) -> int:
    start, end = side.statement(*span)
    sentence = side.folded[start:end]
    has_consent = _CONSENT.search(sentence) is not None
    if _NOT.search(side.folded, start, span[1]):
        return _RESTRICTED if has_consent or _EXCEPT.search(sentence) else _FORBIDDEN
    return _RESTRICTED if has_consent else _ALLOWED


def _evidence(slug: str, classifications: Iterable[Classification], side: Side) -> list[Span]:
    """Where in the side the evidence of a type stands; the whole side for a type that shows none."""
    spans: list[Span] = []
    for classification in classifications:
        for match in classification.types:
            if match.slug == slug:
                places = [(side.text.find(item.text), len(item.text)) for item in match.evidence]
                found = [(start, start + length) for start, length in places if start >= 0 and length]
                spans += found or [(0, len(side.text))]
    return spans

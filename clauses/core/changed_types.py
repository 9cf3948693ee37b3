"""Types of clause that came or went, and permissions given or taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clauses.core.change_facts import Effect
from clauses.core.change_rubric import ChangeRubric, TypeRule, opposite, stem
from clauses.core.classify import has_say
from clauses.core.denials import EXCEPT, NOT
from clauses.core.edited import ClauseEdit, Inventory, Side, Span
from clauses.core.values import Classification, Direction, Fact, ReadClause, Reason

_UNTYPED = frozenset({"other", "unknown"})

# Stems of the verbs for who answers for a loss.
_STATING = frozenset(map(stem, ("acknowledge", "represent", "warrant", "confirm")))
_ANSWERING = frozenset(
    map(stem, ("liable", "responsible", "indemnify", "defend", "compensate", "limit", "exclude", "refund"))
)

_DENIED = re.compile(
    r"\b(?:not|never|no longer|opt(?:ing|ed)?[ -]out of|reject(?:ing)?|refus(?:e|ing)|instead of)\b|n't\b"
)

# Stances of a clause on what its type permits, from least to most: "we never sell", "we do not sell except …",
# "we sell only with your consent", nothing, "we sell".
_FORBIDDEN, _EXCEPTED, _CONSENT, _ABSENT, _ALLOWED = -3, -2, -1, 0, 2
_EVENTS = {
    _FORBIDDEN: "forbidden",
    _EXCEPTED: "excepted",
    _CONSENT: "restricted",
    _ABSENT: "dropped",
    _ALLOWED: "allowed",
}
_DENIALS = frozenset({_FORBIDDEN, _EXCEPTED})
_CONSENT_WORDS = re.compile(
    r"\b(?:with|on|without) your (?:\w+ )?(?:consent|permission)\b"
    r"|\b(?:unless|if|where|when) (?:you|the customer|customer)'?s? (?:\w+ly |have |has |choose to |decide to )*"
    r"(?:opt(?:ed|s)?[ -]?in|consent|agree|allow|permit|give|ask|turn on|enable)"
)


def inventory(clauses: Iterable[ReadClause], rubric: ChangeRubric) -> Inventory:
    """The types, stances and figures of a version."""
    types: set[str] = set()
    stances: dict[str, set[int]] = {}
    figures: set[tuple[str, object]] = set()
    for clause in clauses:
        side = Side(clause.passage.text, (), (clause,), rubric.statements)
        for slug in typed(clause.classification):
            types.add(slug)
            if slug in rubric.types and rubric.types[slug].permits:
                stances.setdefault(slug, set()).update(_stances(slug, side))
        figures |= {figure(fact) for fact in clause.classification.facts}
    held = {slug: frozenset(found) for slug, found in stances.items()}
    return Inventory(frozenset(types), held, frozenset(figures))


def figure(fact: Fact) -> tuple[str, object]:
    """Kind and value of a fact, by which it is the same figure wherever it stands."""
    return fact.kind, fact.normalized if fact.normalized is not None else fact.value.casefold()


def typed(*classifications: Classification) -> list[str]:
    """The types of clauses that count in ratings, strongest first, without the one that stands for no type."""
    slugs = (match.slug for read in classifications for match in read.types if has_say(match))
    return [slug for slug in dict.fromkeys(slugs) if slug not in _UNTYPED]


def type_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """What it means that types came, went or changed stance, where the sentence that shows it changed."""
    for slug in sorted({*typed(*edit.old.read), *typed(*edit.new.read)}):
        rule = edit.rubric.types.get(slug)
        if rule is None:
            continue
        before, after = _presences(rule, edit)
        quote = _quote(rule, edit, (before, after)) if before != after else ""
        if quote and not _is_reread(rule, edit, (before, after)):
            is_turned = _is_turned(rule, edit, before, after)
            is_repeat = not is_turned and _is_repeat(rule, edit, before, after)
            points = rule.repeat if is_repeat else _points(rule, before, after) + is_turned
            code = _code(rule, before, after, is_repeat)
            yield Effect(Reason(code, points, quote), _direction(rule, edit, before, after))


def _presences(rule: TypeRule, edit: ClauseEdit) -> tuple[int, int]:
    """How each side stands to a type: by its strongest permission, but for a promise that only one side has."""
    if not rule.permits:
        sides = (edit.old, edit.new)
        before, after = (_ALLOWED if _is_present(rule, side) else _ABSENT for side in sides)
        return before, after
    was, now = _stances(rule.slug, edit.old), _stances(rule.slug, edit.new)
    before, after = max(was, default=_ABSENT), max(now, default=_ABSENT)
    if before == after == _ALLOWED:
        # "We do not train, except …, which we may train on" that became "we may train".
        return min(was) if was & _DENIALS and not now & _DENIALS else before, (
            min(now) if now & _DENIALS and not was & _DENIALS else after
        )
    return before, after


def _is_present(rule: TypeRule, side: Side) -> bool:
    """Whether a side has a type: not where all that shows it is denied, or a way out of it."""
    if rule.slug not in typed(*side.read):
        return False
    return not rule.is_deniable or any(not _is_denied(side, span) for span in _evidence(rule.slug, side))


def _is_denied(side: Side, span: Span) -> bool:
    start, end = side.sentence(*span)
    return _DENIED.search(side.folded, start, min(end, span[1])) is not None


def _direction(rule: TypeRule, edit: ClauseEdit, before: int, after: int) -> Direction:
    if {before, after} == {_CONSENT, _ABSENT}:
        # A practice that waits for consent costs nothing by itself.
        return "neutral"
    worth = rule.added if rule.permits else _worth(rule, edit.new if after > before else edit.old)
    return worth if after > before else opposite(worth)


def _worth(rule: TypeRule, side: Side) -> Direction:
    """What a type is for the user: the reverse where it binds the other side, as "we indemnify you" does."""
    found = [side.norm_at(*span) for span in _evidence(rule.slug, side)]
    worths = {norm.worth for norm in found if norm and norm.verb in _ANSWERING}
    return opposite(rule.added) if worths == {opposite(rule.added)} else rule.added


def _code(rule: TypeRule, before: int, after: int, is_repeat: bool) -> str:
    is_denial = bool({before, after} & _DENIALS)
    if is_repeat and not is_denial:
        return f"{rule.slug}_{'extended' if after > before else 'narrowed'}"
    if not rule.permits:
        return f"{rule.slug}_{'added' if after > before else 'dropped'}"
    if after == _ABSENT and is_denial:
        return f"{rule.slug}_ban_dropped"
    return f"{rule.slug}_{_EVENTS[after]}"


def _points(rule: TypeRule, before: int, after: int) -> int:
    """Full points for a step to or from "allowed", one more from or to a denial.

    A denial that comes or goes alone counts one less, an exception to it two, and steps to and from consent few.
    """
    if max(before, after) == _ALLOWED:
        return rule.points + bool({before, after} & _DENIALS)
    if _ABSENT in {before, after} and {before, after} & _DENIALS:
        return rule.points - 1
    if {before, after} == _DENIALS:
        return max(1, rule.points - 2)
    return min(2, rule.points)


def _is_repeat(rule: TypeRule, edit: ClauseEdit, before: int, after: int) -> bool:
    """Whether the version that seems to lack what came or went holds it in another clause."""
    if _ABSENT not in {before, after}:
        return False
    came = before == _ABSENT
    lacking = edit.versions[0] if came else edit.versions[1]
    if rule.permits:
        return (after if came else before) in lacking.stances.get(rule.slug, frozenset())
    return rule.slug in lacking.types


def _is_turned(rule: TypeRule, edit: ClauseEdit, before: int, after: int) -> bool:
    """Whether a permission came as the document's promise against it went, or the reverse.

    A narrow permission that stood beside the promise is no precedent for the general one.
    """
    if not rule.permits or {before, after} != {_ABSENT, _ALLOWED}:
        return False
    lacking, holding = edit.versions if before == _ABSENT else edit.versions[::-1]
    promises = [
        bool(version.stances.get(rule.slug, frozenset()) & _DENIALS) for version in (lacking, holding)
    ]
    return promises == [True, False]


def _quote(rule: TypeRule, edit: ClauseEdit, presences: tuple[int, int]) -> str:
    """The changed sentence that shows the type as it stands now; of the old wording what the new one lacks."""
    before, after = presences
    for side, presence in ((edit.new, after), (edit.old, before)):
        for start, end in _evidence(rule.slug, side):
            if rule.permits and _stance(side, (start, end)) != presence:
                continue
            if side.is_changed(*side.sentence(start, end)):
                return side.quote(start, end)
    return ""


def _is_reread(rule: TypeRule, edit: ClauseEdit, presences: tuple[int, int]) -> bool:
    """Whether the very words that show the type stand on both sides: it is our reading that changed, not the text."""
    if _ABSENT not in presences or not (edit.old.text and edit.new.text):
        return False
    side, other = (edit.new, edit.old) if presences[0] == _ABSENT else (edit.old, edit.new)
    return all(side.folded[start:end] in other.folded for start, end in _evidence(rule.slug, side))


def _stances(slug: str, side: Side) -> set[int]:
    """What the evidence of a type says of it; nothing where the clause speaks of what users may do."""
    return {_stance(side, span) for span in _evidence(slug, side)} - {_ABSENT}


def _stance(side: Side, span: Span) -> int:
    norm = side.norm_at(*span)
    if norm and norm.bearer == "user" and (norm.force in {"not", "may"} or norm.verb in _STATING):
        return _ABSENT
    if norm is None and not any(clause.passage.header for clause in side.clauses):
        # It describes: nobody may, will or must do anything. The cells of a table have no verbs.
        return _ABSENT
    start, end = side.statement(*span)
    sentence = side.folded[start:end]
    if _CONSENT_WORDS.search(sentence):
        return _CONSENT
    if NOT.search(side.folded, start, span[1]):
        return _EXCEPTED if EXCEPT.search(sentence) else _FORBIDDEN
    return _ALLOWED


def _evidence(slug: str, side: Side) -> list[Span]:
    """Where in the side the evidence of a type stands; the whole side for a type that shows none."""
    spans: list[Span] = []
    for match in (match for read in side.read for match in read.types if match.slug == slug):
        places = [side.place_of(item.text) for item in match.evidence]
        spans += [place for place in places if place] or [(0, len(side.text))]
    return spans

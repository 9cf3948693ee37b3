"""Types of clause that came or went, and permissions given or taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from clauses.core.answering import is_bound, limits_nobody, worth_of_answer
from clauses.core.change_facts import Effect
from clauses.core.change_rubric import ChangeRubric, TypeRule, opposite
from clauses.core.classify import has_say
from clauses.core.edited import ClauseEdit, Inventory, Side, Span
from clauses.core.said import Said
from clauses.core.stances import (
    ABSENT,
    ALLOWED,
    ANSWERED,
    CONSENT,
    DENIALS,
    EXCEPTED,
    FORBIDDEN,
    GENERAL_DENIALS,
    OPTED_OUT,
    evidence,
    gives_right,
    is_mention,
    stance,
    stances,
)
from clauses.core.titled import is_title, title_key
from clauses.core.values import Classification, Direction, Fact, ReadClause, Reason

_UNTYPED = frozenset({"other", "unknown"})

_DENIED = re.compile(
    r"\b(?:not|never|no longer|opt(?:ing|ed)?[ -]out of|reject(?:ing)?|refus(?:e|ing)|instead of)\b|n't\b"
)

# What the user may choose binds nobody.
_OPTIONAL = re.compile(
    r"\b(?:you|individuals?|users?|customers?|consumers?|residents?|members?)\b"
    r"[^.;]{0,40}\b(?:possibility|option|may (?:also )?(?:invoke|elect|choose))\b"
)

_EVENTS = {
    FORBIDDEN: "forbidden",
    EXCEPTED: "excepted",
    OPTED_OUT: "forbidden",
    CONSENT: "restricted",
    ABSENT: "dropped",
    ALLOWED: "allowed",
}


class _Stances(dict[str, frozenset[int]]):
    """What a version says of each type that permits something or lays a duty on somebody, read when it is asked for."""

    def __init__(self, held: Mapping[str, Sequence[Side]], rubric: ChangeRubric) -> None:
        super().__init__()
        self._held, self._rubric = held, rubric

    def __missing__(self, slug: str) -> frozenset[int]:
        rule = self._rubric.types.get(slug)
        held = self._held.get(slug, ())
        self[slug] = (
            frozenset(found for side in held for found in _stood(rule, side)) if rule else frozenset()
        )
        return self[slug]


def _stood(rule: TypeRule, side: Side) -> Iterable[int]:
    if rule.permits:
        return stances(rule, side)
    return (ANSWERED,) if rule.duty and _worth(rule, side) != rule.added else ()


def inventory(clauses: Sequence[ReadClause], rubric: ChangeRubric) -> Inventory:
    """The types, stances and figures of a version."""
    held: dict[str, list[Side]] = {}
    figures: set[tuple[str, object]] = set()
    headings = {
        title_key(title) for title in {title for one in clauses for title in one.passage.heading_path}
    }
    for clause in clauses:
        read = clause.classification
        if not (read.types or read.facts) or is_title(clause.passage.text, headings):
            continue
        if slugs := typed(read):
            # One for all its types: each asks for its sentences and statements.
            side = Side(clause.passage.text, (), (clause,), rubric.statements)
            for slug in slugs:
                held.setdefault(slug, []).append(side)
        figures.update(map(figure, read.facts))
    held_stances = _Stances(held, rubric)
    return Inventory(frozenset(held), held_stances, frozenset(figures), frozenset(headings), Said(clauses))


def figure(fact: Fact) -> tuple[str, object]:
    """Kind and value of a fact, by which it is the same figure wherever it stands."""
    return fact.kind, fact.normalized if fact.normalized is not None else fact.value.casefold()


def typed(*classifications: Classification) -> list[str]:
    """The types of clauses that count in ratings, strongest first, without the one that stands for no type."""
    slugs = [match.slug for read in classifications for match in read.types if has_say(match)]
    return [slug for slug in dict.fromkeys(slugs) if slug not in _UNTYPED]


def type_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """What it means that types came, went or changed stance, where the sentence that shows it changed."""
    for slug in sorted({*typed(*edit.old.read), *typed(*edit.new.read)}):
        rule = edit.rubric.types.get(slug)
        if rule is None:
            continue
        before, after = _presences(rule, edit)
        if _is_idle_way_out(slug, edit, before, after):
            continue
        is_left = _leaves_permission(rule, edit, before, after)
        quote = _quote(rule, edit, (before, None if is_left else after)) if before != after else ""
        if quote and not _is_reread(rule, edit, (before, after)):
            is_turned = _is_turned(rule, edit, before, after)
            is_repeat = not is_turned and (
                _is_repeat(rule, edit, before, after) or _is_only_led_into(slug, edit)
            )
            points = (
                rule.repeat
                if is_repeat
                else _points(rule, before, after, edit.rubric.statements.service_points) + is_turned
            )
            code = f"{slug}_ban_dropped" if is_left else _code(rule, before, after, is_repeat)
            yield Effect(Reason(code, points, quote), _direction(rule, edit, before, after))


def is_practice_gone(slug: str, edit: ClauseEdit, *, came: bool) -> bool:
    """Whether the version without the way out alone forbids what a type is about, or alone does not permit it."""
    lacking, holding = edit.versions if came else edit.versions[::-1]
    without, beside = lacking.stances[slug], holding.stances[slug]
    is_forbidden = bool(without & GENERAL_DENIALS) and not beside & GENERAL_DENIALS
    return ALLOWED not in without and (is_forbidden or ALLOWED in beside)


def _is_idle_way_out(slug: str, edit: ClauseEdit, before: int, after: int) -> bool:
    """Whether a promise to those who opt out came or went with what they opt out of."""
    return {before, after} == {ABSENT, OPTED_OUT} and is_practice_gone(slug, edit, came=after == OPTED_OUT)


def _presences(rule: TypeRule, edit: ClauseEdit) -> tuple[int, int]:
    """How each side stands to a type: by its strongest permission, but for a promise that only one side has."""
    if not rule.permits:
        sides = (edit.old, edit.new)
        before, after = (ALLOWED if _is_present(rule, side) else ABSENT for side in sides)
        return before, after
    was, now = stances(rule, edit.old), stances(rule, edit.new)
    before, after = max(was, default=ABSENT), max(now, default=ABSENT)
    if before == after == ALLOWED:
        # "We do not train, except …, which we may train on" that became "we may train".
        promised, promises = was & GENERAL_DENIALS, now & GENERAL_DENIALS
        if not promised and not promises and (OPTED_OUT in was) != (OPTED_OUT in now):
            # "We train on letters" went on, for all but those who opt out.
            return (OPTED_OUT, ABSENT) if OPTED_OUT in was else (ABSENT, OPTED_OUT)
        return min(was) if promised and not promises else before, (
            min(now) if promises and not promised else after
        )
    return before, after


def _is_present(rule: TypeRule, side: Side) -> bool:
    """Whether a side has a type: not where all that shows it is denied, or a way out of it."""
    if rule.slug not in typed(*side.read):
        return False
    shown = [span for span in evidence(rule.slug, side) if not is_mention(side, span)]
    if rule.is_right and not any(gives_right(side, span) for span in shown):
        return False
    if rule.duty and not rule.needs_bearer:
        shown = [span for span in shown if not limits_nobody(side, span)]
    if rule.needs_bearer and not any(is_bound(side, span) for span in shown):
        return False
    return any(not (rule.is_deniable and _is_denied(side, span)) for span in shown)


def _is_denied(side: Side, span: Span) -> bool:
    start, end = side.sentence(*span)
    found = (pattern.search(side.folded, start, min(end, span[1])) for pattern in (_DENIED, _OPTIONAL))
    return any(found)


def _direction(rule: TypeRule, edit: ClauseEdit, before: int, after: int) -> Direction:
    if {before, after} == {CONSENT, ABSENT}:
        # A practice that waits for consent costs nothing by itself.
        return "neutral"
    worth = rule.added if rule.permits else _worth(rule, edit.new if after > before else edit.old)
    return worth if after > before else opposite(worth)


def _worth(rule: TypeRule, side: Side) -> Direction:
    """What a type is for the user: the reverse where it binds the other side, as "we indemnify you" does."""
    if not rule.duty:
        return rule.added
    worths = {worth for span in evidence(rule.slug, side) if (worth := worth_of_answer(side, span))}
    return worths.pop() if len(worths) == 1 else rule.added


def _code(rule: TypeRule, before: int, after: int, is_repeat: bool) -> str:
    is_denial = bool({before, after} & DENIALS)
    if is_repeat and not is_denial:
        # One of both is absent, which ranks above consent.
        return f"{rule.slug}_{'extended' if before == ABSENT else 'narrowed'}"
    if not rule.permits:
        return f"{rule.slug}_{'added' if after > before else 'dropped'}"
    if after == ABSENT and is_denial:
        return f"{rule.slug}_ban_dropped"
    return f"{rule.slug}_{_EVENTS[after]}"


def _points(rule: TypeRule, before: int, after: int, least: int) -> int:
    """Full points for a step to or from "allowed", one more from or to a denial.

    A denial that comes or goes alone counts one less, an exception to it two, but no less than the `least` of any
    promise that got smaller, and steps to and from consent few.
    """
    if max(before, after) == ALLOWED:
        return rule.points + bool({before, after} & DENIALS)
    if ABSENT in {before, after} and {before, after} & DENIALS:
        return max(least, rule.points - 1)
    if {before, after} <= DENIALS:
        return max(least, rule.points - 2)
    return min(2, rule.points)


def _is_repeat(rule: TypeRule, edit: ClauseEdit, before: int, after: int) -> bool:
    """Whether the version that seems to lack what came or went holds it in another clause."""
    if ABSENT not in {before, after}:
        return False
    came = before == ABSENT
    lacking = edit.versions[0] if came else edit.versions[1]
    if rule.permits:
        return (after if came else before) in lacking.stances[rule.slug]
    if _worth(rule, edit.new if came else edit.old) != rule.added:
        # What the user owes elsewhere is no promise of the provider.
        return ANSWERED in lacking.stances[rule.slug]
    return rule.slug in lacking.types


def _is_turned(rule: TypeRule, edit: ClauseEdit, before: int, after: int) -> bool:
    """Whether a permission came as the document's promise against it went, or the reverse.

    A narrow permission that stood beside the promise is no precedent for the general one.
    """
    if not rule.permits or {before, after} != {ABSENT, ALLOWED}:
        return False
    lacking, holding = edit.versions if before == ABSENT else edit.versions[::-1]
    promises = [bool(version.stances[rule.slug] & DENIALS) for version in (lacking, holding)]
    return promises == [True, False]


def _leaves_permission(rule: TypeRule, edit: ClauseEdit, before: int, after: int) -> bool:
    """Whether a promise went and a permission beside it stays: "we train on ratings, and do not train on letters"."""
    return (before, after) == (FORBIDDEN, ALLOWED) and ALLOWED in stances(rule, edit.old)


def _is_only_led_into(slug: str, edit: ClauseEdit) -> bool:
    """Whether an item of a list came or went that has a type by its introduction alone, which brings or takes it."""
    if not edit.is_whole:
        return False
    matches = (match for read in edit.whole.read for match in read.types if match.slug == slug)
    is_item = all(clause.passage.intro for clause in edit.whole.clauses)
    return is_item and not any(match.evidence for match in matches)


def _quote(rule: TypeRule, edit: ClauseEdit, presences: tuple[int, int | None]) -> str:
    """The changed sentence that shows the type as it stands now; of the old wording what the new one lacks.

    None asks for nothing of the new wording.
    """
    before, after = presences
    for side, presence in ((edit.new, after), (edit.old, before)):
        for start, end in evidence(rule.slug, side) if presence is not None else ():
            if rule.permits and stance(rule, side, (start, end)) != presence:
                continue
            if side.is_changed(*side.sentence(start, end)):
                return side.quote(start, end)
    return ""


def _is_reread(rule: TypeRule, edit: ClauseEdit, presences: tuple[int, int]) -> bool:
    """Whether the very words that show the type stand on both sides: it is our reading that changed, not the text."""
    if ABSENT not in presences or not (edit.old.text and edit.new.text):
        return False
    side, other = (edit.new, edit.old) if presences[0] == ABSENT else (edit.old, edit.new)
    return all(side.folded[start:end] in other.folded for start, end in evidence(rule.slug, side))

"""The rubric's words that came or went between two wordings of a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from clauses.core.change_facts import Effect
from clauses.core.change_rubric import WordRule, opposite, stem
from clauses.core.changed_types import typed
from clauses.core.denials import EXCEPT, NOT
from clauses.core.edited import SHORT, ClauseEdit, Side, Span
from clauses.core.gifts import GIVE
from clauses.core.needed_words import Search
from clauses.core.norms import Norm
from clauses.core.values import Direction, Reason
from clauses.core.ways_out import is_idle

_NEGATION = re.compile(
    r"(?:\b(?:not|never|no|cannot|nor|neither|no longer|without"
    r"|waiv(?:es?|ing)|los(?:es?|ing)|giv(?:es?|ing) up|forfeits?)(?:[ -]\w+){0,2}[ -]?|n't(?: \w+){0,2} ?)$"
)
# Further words of one rule that come or go together add a point each, up to this many.
MORE_WORDS = 2

_CONDITION = re.compile(
    r"\b(?:(?:if|unless|where|when|and|or|provided that) (?:\(\w{1,4}\) )?"
    r"(?:you|the \w+|users?|customers?)|who|that|and|or) "
    r"(?:(?:do|does|did|have|has) not|don't|doesn't|didn't|haven't|hasn't)(?: \w+ly)? ?$"
)
# So far before the words stands what shows that they are about something else.
_REACH = 160
_PARTIES = re.compile(r"\b(?:we|us|you|customers?|users?)\b")
# "Even if you opt out, we will …"
_REGARDLESS = re.compile(
    r"\b(?:even (?:if|when|though|after)|regardless of|whether or not|despite)(?: [\w']+){0,4} ?$"
)

_GRANT = stem("grant")
# What is lacking in what the user may not do.
_LACKING = re.compile(r"\bwithout(?: [\w']+){1,5}$")
_LACK = 40


def word_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """What the rubric's words that came or went mean: at most one effect for each rule and direction."""
    for rule in edit.word_rules:
        yield from _rule_effects(rule, edit)


def gain_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """The same of the rules that hold whoever acts: rights, notice, ways out and waivers."""
    for rule in edit.word_rules:
        if not rule.is_of_provider and not rule.is_of_bans:
            yield from _rule_effects(rule, edit)


def ban_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """The weightiest of the rules about what the user may not do: one list of bans is one loss."""
    bans = [rule for rule in edit.word_rules if rule.is_of_bans]
    found = [effect for rule in bans for effect in _rule_effects(rule, edit)]
    yield from sorted(found, key=lambda effect: -effect.reason.points)[:1]


def is_turned(text: str, start: int) -> bool:
    """Whether a negation stands just before this place of a folded text, or words that make it of no effect."""
    before = text[max(0, start - 60) : start]
    if _is_condition(text, start):
        # "If you do not opt out" offers it.
        return False
    return _NEGATION.search(before) is not None or _REGARDLESS.search(before) is not None


def stands_in(rule: WordRule, side: Side, *, is_negated: bool) -> bool:
    """Whether words of a rule stand in a side, plainly or negated."""
    return bool(_found(rule, rule.searches, side, is_whole=True)[is_negated])


def _is_condition(text: str, start: int) -> bool:
    """Whether words are what something else depends on: "if you do not" before "opt out"."""
    return _CONDITION.search(text[max(0, start - 60) : start]) is not None


def _rule_effects(rule: WordRule, edit: ClauseEdit) -> Iterator[Effect]:
    old, new = edit.old, edit.new
    searches = [search for search in rule.searches if search in edit.searches]
    before, after = (_found(rule, searches, side, is_whole=edit.is_whole) for side in (old, new))
    # A way out that is denied beside tells that something is done that has none.
    may_be_idle = rule.is_one_way and not before[True] and not after[True]
    for negated in (False, True):
        direction = opposite(rule.added) if negated else rule.added
        balance = len(after[negated]) - len(before[negated])
        if may_be_idle and balance and is_idle(edit, came=balance > 0):
            continue
        if balance > 0:
            spans = _fresh(new, after[negated], old, before[negated])
            turned = frozenset() if rule.is_of_provider else _words_at(old, before[not negated])
            yield from _effect(rule, "forbidden" if negated else "added", new, spans, direction, turned)
        elif balance < 0:
            spans = _fresh(old, before[negated], new, after[negated])
            event = "ban_dropped" if negated else "dropped"
            yield from _effect(rule, event, old, spans, opposite(direction))


def _fresh(side: Side, spans: Sequence[Span], other: Side, known: Sequence[Span]) -> list[Span]:
    """The spans, those whose very words the other wording lacks first."""
    stood = _words_at(other, known)
    return sorted(spans, key=lambda span: side.folded[span[0] : span[1]] in stood)


def _words_at(side: Side, spans: Sequence[Span]) -> frozenset[str]:
    return frozenset(side.folded[start:end] for start, end in spans)


def _effect(
    rule: WordRule,
    event: str,
    side: Side,
    spans: Sequence[Span],
    direction: Direction,
    turned: frozenset[str] = frozenset(),
) -> Iterator[Effect]:
    """The effect, quoted from the first span that came or went; none where all of them stood before.

    `turned` are words that stood with a negation and now stand without one, or the reverse: "do not expire", "expire".
    Further words of the rule that came or went with it add a point each, up to MORE_WORDS.
    """
    fresh = [
        (start, end)
        for start, end in spans
        if (side.is_changed(start, end) or side.folded[start:end] in turned)
        and not side.is_exception_of_new(start)
    ]
    if fresh:
        more = len({side.folded[start:end] for start, end in fresh}) - 1
        points = rule.points + min(more, MORE_WORDS)
        yield Effect(Reason(f"{rule.code}_{event}", points, side.quote(*fresh[0])), direction)


def _is_out_of_place(rule: WordRule, side: Side, span: Span) -> bool:
    """Whether what stands around the words shows that they are about something else."""
    start, end = span
    left, right = side.sentence(start, end)
    if end <= side.title_end:
        return True
    if rule.beside and not rule.beside.search(side.folded, left, right):
        return True
    if rule.not_after and rule.not_after.search(side.folded[max(left, start - _REACH) : start]):
        return True
    return rule.not_before is not None and rule.not_before.match(side.folded, end) is not None


def _is_about_other(rule: WordRule, side: Side, span: Span, norm: Norm | None) -> bool:
    """Whether the words stand in what the user does, or in a description, so that they say nothing of the provider."""
    if rule.is_of_bans:
        # The items of a list of bans have no verb that forbids; their type tells what they are.
        return not _is_bans(norm) if norm else "acceptable_use" not in typed(*side.read)
    if rule.is_of_provider:
        if norm is None:
            return len(side.cell(*span).split()) > SHORT
        return norm.bearer == "user" or norm.worth == "neutral"
    if rule.is_of_user:
        # "We have the right to refuse" is no right of the user.
        return norm is not None and norm.bearer == "provider" and norm.start <= span[0] < norm.end
    # "You may not … without our consent" is no need for the user's, nor is a banned "photo without their consent".
    if not rule.keeps_negation or (rule.added != "favorable" and not _is_bans(norm)):
        return False
    return norm.bearer == "user" if norm else _PARTIES.search(side.folded) is None


def _is_given(rule: WordRule, norm: Norm) -> bool:
    """Whether the words stand in what the user is granted, which costs nothing, or in what the user grants."""
    if norm.bearer == "user":
        return rule.is_of_user and norm.verb == _GRANT and norm.force == "does"
    return rule.added == "adverse" and norm.verb == GIVE


def _is_lacking(rule: WordRule, side: Side, span: Span, norm: Norm) -> bool:
    """Whether the words say without what the user must not act, or the provider may: neither gives or takes it.

    "You may not decide without human review", "we may remove photos that were taken without your consent".
    """
    if not _LACKING.search(side.folded[max(0, span[0] - _LACK) : span[1]]):
        return False
    is_power = norm.bearer != "user" and norm.force != "not" and norm.worth == "adverse"
    return _is_bans(norm) or (rule.keeps_negation and is_power)


def _is_bans(norm: Norm | None) -> bool:
    return norm is not None and norm.bearer == "user" and norm.force == "not"


def _is_turned(rule: WordRule, side: Side, start: int, norm: Norm | None) -> bool:
    """Whether what surrounds the words makes them mean the opposite."""
    if rule.is_of_provider:
        # In "we never show what you wrote to third parties" all that follows is denied, but for "except to …".
        statement, _ = side.statement(start, start + 1)
        if EXCEPT.search(side.folded, statement, start):
            return False
        is_promise = norm is not None and norm.worth == "favorable" and norm.force == "not"
        return is_promise or NOT.search(side.folded, statement, start) is not None
    if (
        rule.added == "favorable"
        and norm
        and norm.bearer == "user"
        and norm.force == "does"
        and norm.worth == "adverse"
    ):
        # "You waive the right to object."
        return True
    return not rule.keeps_negation and is_turned(side.folded, start)


def _found(
    rule: WordRule, searches: Iterable[Search], side: Side, *, is_whole: bool
) -> tuple[list[Span], list[Span]]:
    """Where the words of these searches stand plainly, and where negated."""
    plain: list[Span] = []
    negated: list[Span] = []
    for search in searches:
        for match in search.pattern.finditer(side.folded) if search.may_find_in(side.folded) else ():
            span = match.span()
            norm = side.norm_at(*span)
            if _is_out_of_place(rule, side, span) or _is_about_other(rule, side, span, norm):
                continue
            if rule.added == "favorable" and norm and _is_lacking(rule, side, span, norm):
                continue
            if norm and _is_given(rule, norm):
                continue
            if rule.is_one_way and is_whole and _is_condition(side.folded, match.start()):
                continue
            (negated if _is_turned(rule, side, match.start(), norm) else plain).append(span)
    return _once_a_sentence(rule, side, plain), _once_a_sentence(rule, side, negated)


def _once_a_sentence(rule: WordRule, side: Side, spans: Iterable[Span]) -> list[Span]:
    """The spans in order, the same words of a sentence once: "opt out by the opt-out button" is one way out."""
    told: dict[tuple[Span, str], Span] = {}
    for start, end in sorted(spans):
        words = "" if rule.is_one_way else side.folded[start:end].replace("-", " ")
        told.setdefault((side.sentence(start, end), words), (start, end))
    return list(told.values())

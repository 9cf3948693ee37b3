"""What the parties may, will and will not do, before and after: promises dropped, duties laid on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from clauses.core.change_facts import Effect
from clauses.core.change_rubric import ChangeRubric, StatementRule, opposite, stem
from clauses.core.changed_words import Side
from clauses.core.values import Direction, Reason

Force = Literal["not", "may", "does", "will", "must"]

_MODALS: dict[str, Force] = {
    **dict.fromkeys(("may", "can", "could", "might"), "may"),
    **dict.fromkeys(
        ("must", "shall", "agree to", "are required to", "is required to", "need to", "have to"), "must"
    ),
    "will": "will",
}
_NOT = (
    "will not|won't|will never|do not|don't|does not|doesn't|are not|is not|never|may not|cannot|can't"
    "|can not|must not|shall not|agree not to|no longer"
)
_STATEMENT = re.compile(
    r"(?P<subject>\b[\w']{1,40})(?: (?:also|only|generally|currently|then|each|hereby|and our \w+))?"
    rf" (?:(?P<not>{_NOT})|(?P<modal>{'|'.join(_MODALS)})|(?P<plain>(?:also |then |only )?(?=\w)))"
    r"(?: ?(?:\w+ly|also|only|ever|then|be|been|being|have|continue to|be able to|allowed to|permitted to))*"
    r" ?(?P<verb>\w+)"
)
# What went stood in the old wording, and what binds the user is what a duty is shown by.
_OF_THE_OLD = ("_dropped", "_widened")
_BINDING = frozenset({"not", "must"})
_PROVIDERS = frozenset({"we", "company", "provider", "platform"})


@dataclass(frozen=True, slots=True)
class _Statement:
    force: Force
    start: int
    end: int


_Key = tuple[bool, str]
_Found = tuple[str, int, Direction]


def statement_effects(old: Side, new: Side, rubric: ChangeRubric) -> Iterator[Effect]:
    """What changed statements mean for the user, at most one effect of a kind; quotes are sentences of one
    side.

    A statement is a subject (the user, or else the provider), a force (not, may, will, must) and a verb of
    the rubric. "Will not sell" to "may sell" drops a promise; "will delete" to "may delete" weakens one. What was
    dropped is quoted from the old wording, what came from the new one.
    """
    rules = rubric.statements
    before, after = _statements(old, rules), _statements(new, rules)
    seen: set[str] = set()
    for effect in _compared(old, new, before, after, rules):
        if effect.reason.code not in seen:
            seen.add(effect.reason.code)
            yield effect


def _statements(side: Side, rules: StatementRule) -> dict[_Key, list[_Statement]]:
    found: dict[_Key, list[_Statement]] = defaultdict(list)
    at = 0
    while match := _STATEMENT.search(side.folded, at):
        at = match.end("subject")
        key = (match["subject"] in rules.users, stem(match["verb"]))
        if force := _force(match, key, rules):
            found[key].append(_Statement(force, match.start(), match.end()))
            at = match.end()
    return found


def _force(match: re.Match[str], key: _Key, rules: StatementRule) -> Force | None:
    is_users, verb = key
    is_known = verb in rules.taking or verb in rules.serving
    if match["not"]:
        return "not" if is_known or is_users else None
    if match["modal"]:
        return _MODALS[match["modal"]] if is_known or is_users else None
    return "does" if is_known and match["subject"] in _PROVIDERS else None


def _compared(
    old: Side,
    new: Side,
    before: Mapping[_Key, list[_Statement]],
    after: Mapping[_Key, list[_Statement]],
    rules: StatementRule,
) -> Iterator[Effect]:
    for key in sorted({*before, *after}):
        was, now = _forces(before.get(key, ())), _forces(after.get(key, ()))
        if was == now:
            continue
        found = _users_effect(was, now, rules) if key[0] else _providers_effect(key[1], was, now, rules)
        quote = _shown(old, new, before.get(key, []), after.get(key, []), found[0]) if found else ""
        if found and quote:
            code, points, direction = found
            yield Effect(Reason(code, points, quote), direction)


def _shown(old: Side, new: Side, before: list[_Statement], after: list[_Statement], code: str) -> str:
    """The sentence that shows what happened: of the old wording what it dropped, else what the new one says.

    Empty where neither the statement that went nor the one that came has changed words.
    """
    gone = [(old, item) for item in before if item.force not in _forces(after)]
    fresh = [(new, item) for item in after if item.force not in _forces(before)]
    if not any(side.is_changed(item.start, item.end) for side, item in (*gone, *fresh)):
        return ""
    order = (gone or fresh) if code.endswith(_OF_THE_OLD) else (fresh or gone)
    binding = [pair for pair in order if pair[1].force in _BINDING] if code.startswith("duty") else []
    side, statement = max(binding or order, key=lambda pair: pair[0].is_changed(pair[1].start, pair[1].end))
    return side.quote(statement.start, statement.end)


def _forces(statements: Iterable[_Statement]) -> set[Force]:
    return {statement.force for statement in statements}


def _users_effect(was: set[Force], now: set[Force], rules: StatementRule) -> _Found | None:
    bound_before, bound_now = bool(was & _BINDING), bool(now & _BINDING)
    if bound_before == bound_now:
        return None
    if bound_now:
        return "duty_added", rules.duty_points if was else rules.statement_points, "adverse"
    return "duty_dropped", rules.duty_points if now else rules.statement_points, "favorable"


def _providers_effect(verb: str, was: set[Force], now: set[Force], rules: StatementRule) -> _Found | None:
    """What more or less of a verb means; more of it is adverse for taking, favorable for serving."""
    more: Direction = "adverse" if verb in rules.taking else "favorable"
    before, after = _strength(was), _strength(now)
    if before == after:
        return None
    direction = more if after > before else opposite(more)
    if min(before, after) < 0 < max(before, after):
        return _promise(was & now, direction), rules.promise_points, direction
    if min(before, after) > 0:
        return _firmness(more, before, after, rules.firmness_points)
    if "does" in {*was, *now} and 0 in {before, after}:
        # "We use cookies" come or gone is wording as often as practice: what it is about tells, not that it
        # is said.
        return None
    code = "practice" if more == "adverse" else "service"
    event = "added" if after > before else "dropped"
    if before < 0 or (after < 0 and not was):
        code, event = "ban", "dropped" if before < 0 else "added"
    return f"{code}_{event}", rules.statement_points, direction


def _promise(kept: set[Force], direction: Direction) -> str:
    """What happened to a promise; one that stands beside the permission is neither dropped nor new."""
    if "not" in kept:
        return "promise_limited" if direction == "adverse" else "promise_widened"
    return "promise_dropped" if direction == "adverse" else "promise_added"


def _strength(forces: set[Force]) -> int:
    """-1 for a promise not to, 0 for nothing said, then may, does, will; the strongest permission counts."""
    return max(({"not": -1, "may": 1, "does": 2, "will": 3, "must": 3}[force] for force in forces), default=0)


def _firmness(more: Direction, before: int, after: int, points: int) -> _Found | None:
    """A "may" that became "will" or the reverse; "we use" beside either of them says nothing new."""
    if {before, after} != {1, 3}:
        return None
    subject = "practice" if more == "adverse" else "service"
    is_more = after > before
    direction = more if is_more else opposite(more)
    return f"{subject}_{'firmed' if is_more else 'weakened'}", points, direction

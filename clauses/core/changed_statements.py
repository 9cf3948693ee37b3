"""What the parties may, will and will not do, before and after: promises dropped, duties laid on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from clauses.core.change_facts import Effect
from clauses.core.change_rubric import StatementRule, opposite, stem
from clauses.core.content_words import content_stems
from clauses.core.edited import ClauseEdit, Side
from clauses.core.folding import folded
from clauses.core.meant_verbs import CLAIM, OWN
from clauses.core.norms import Norm
from clauses.core.stances import ANSWERED
from clauses.core.values import Direction, Reason
from clauses.core.worths import Force

# What went stood in the old wording, and what binds the user is what a duty is shown by.
_OF_THE_OLD = ("_dropped", "_widened")
_BINDING = frozenset({"not", "must", "will"})
_VOUCHING = frozenset(map(stem, ("represent", "warrant")))
_ELSE = re.compile(r"\b(?:else|other)\b")
ONLY = re.compile(r"\b(?:only|solely|exclusively)\b")

_Actor = Literal["user", "provider"]
_Key = tuple[_Actor, str]
_Found = tuple[str, int, Direction]


def statement_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """What changed statements mean for the user, at most one effect of a kind; quotes are sentences of one
    side.

    "Will not sell" to "may sell" drops a promise; "will delete" to "may delete" weakens one. What was dropped is
    quoted from the old wording, what came from the new one.
    """
    if edit.old.acts == edit.new.acts:
        return
    before, after = _by_act(edit.old), _by_act(edit.new)
    seen: set[str] = set()
    for key in sorted({*before, *after}):
        effect = _effect(edit, key, before.get(key, []), after.get(key, []))
        if effect and effect.reason.code not in seen:
            seen.add(effect.reason.code)
            yield effect


def actor_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """What went from one side to the other: a choice that was the user's, or a duty that was the provider's."""
    if edit.old.acts == edit.new.acts:
        return
    before, after = _actors(edit.old), _actors(edit.new)
    for verb in sorted(before.keys() & after.keys()):
        was, norm = next(iter(before[verb].values())), next(iter(after[verb].values()))
        found = _shift(verb, norm.bearer == "user", edit.rubric.statements)
        is_shifted = not before[verb].keys() & after[verb].keys()
        is_edited = edit.old.is_changed(was.start, was.end) and edit.new.is_changed(norm.start, norm.end)
        if found and is_shifted and is_edited:
            code, points, direction = found
            yield Effect(Reason(code, points, edit.new.quote(norm.start, norm.end)), direction)


def _shift(verb: str, is_now_users: bool, rules: StatementRule) -> _Found | None:
    """What it means that an act is now the user's, or no longer is: choices are gained, duties laid on."""
    if verb in rules.deciding:
        code, is_gain = ("control_gained", True) if is_now_users else ("control_lost", False)
    elif verb in rules.serving or verb in rules.conceding:
        code, is_gain = ("duty_shifted", False) if is_now_users else ("duty_taken_over", True)
    else:
        return None
    return code, rules.duty_points, "favorable" if is_gain else "adverse"


def _actors(side: Side) -> dict[str, dict[_Actor, Norm]]:
    """Who does what is done, by the verb."""
    found: dict[str, dict[_Actor, Norm]] = defaultdict(dict)
    for norm in side.norms:
        if norm.force != "not":
            found[norm.verb][_actor(norm)] = norm
    return found


def _by_act(side: Side) -> dict[_Key, list[Norm]]:
    """The statements by who acts and what is done."""
    found: dict[_Key, list[Norm]] = defaultdict(list)
    for norm in side.norms:
        found[_actor(norm), norm.verb].append(norm)
        if norm.verb == CLAIM and norm.force == "not":
            # Who claims no rights in a thing does not own it, either.
            found[_actor(norm), OWN].append(norm)
    return found


def _actor(norm: Norm) -> _Actor:
    """Whoever is not the user acts for the provider."""
    return "user" if norm.bearer == "user" else "provider"


def _effect(edit: ClauseEdit, key: _Key, before: list[Norm], after: list[Norm]) -> Effect | None:
    rules = edit.rubric.statements
    was, now = _forces(before), _forces(after)
    if was == now:
        return None
    bearer, verb = key
    if bearer == "user" and verb in rules.receiving:
        # "You will receive a credit" binds whoever gives it.
        return None
    found = (
        _users_effect(verb, was, now, rules) if bearer == "user" else _providers_effect(verb, was, now, rules)
    )
    quote = _shown(edit, before, after, found[0]) if found else ""
    if not found or not quote:
        return None
    code, points, direction = found
    if code.startswith("ban_") and is_said_by_only(edit, verb, quote):
        return None
    if bearer == "user" and not (before and after) and _is_reread(edit, quote):
        return None
    if _is_remedy(edit, verb, before, after):
        points = max(points, rules.promise_points)
    return Effect(Reason(code, points, quote), direction)


def _is_reread(edit: ClauseEdit, quote: str) -> bool:
    """Whether all words of a duty stand in the other wording, too: "do not read, open or burn it" became a list.

    Where somebody else does that there, or the user may, it is another statement.
    """
    other = edit.new if quote in edit.old.text else edit.old
    return content_stems(folded(quote)) <= other.content_of_duties


def is_said_by_only(edit: ClauseEdit, verb: str, quote: str) -> bool:
    """Whether "we use it for nothing else" came or went, and the other wording says what we use it "only" for."""
    if not _ELSE.search(folded(quote)):
        return False
    other = edit.new if quote in edit.old.text else edit.old
    said = (other.sentence(norm.start, norm.end) for norm in other.norms if norm.verb == verb)
    return any(ONLY.search(other.folded, *sentence) for sentence in said)


def _is_remedy(edit: ClauseEdit, verb: str, before: list[Norm], after: list[Norm]) -> bool:
    """Whether a promise of the provider to answer for a loss came or went, and the other version has none."""
    rules = edit.rubric.statements
    if verb not in rules.answering or verb not in rules.serving or (before and after):
        return False
    lacking = edit.versions[0] if after else edit.versions[1]
    is_kept = any(ANSWERED in lacking.stances[slug] for slug in lacking.types)
    return not is_kept and any(norm.bearer == "provider" for norm in (*before, *after))


def _shown(edit: ClauseEdit, before: list[Norm], after: list[Norm], code: str) -> str:
    """The sentence that shows what happened: of the old wording what it dropped, else what the new one says.

    Empty where neither the statement that went nor the one that came has changed words.
    """
    gone = [(edit.old, item) for item in before if item.force not in _forces(after)]
    fresh = [(edit.new, item) for item in after if item.force not in _forces(before)]
    if not any(side.is_said_anew(item) for side, item in (*gone, *fresh)):
        return ""
    order = (gone or fresh) if code.endswith(_OF_THE_OLD) else (fresh or gone)
    binding = [pair for pair in order if pair[1].force in _BINDING] if code.startswith("duty") else []
    side, norm = max(binding or order, key=lambda pair: pair[0].is_changed(pair[1].start, pair[1].end))
    return side.quote(norm.start, norm.end)


def _forces(found: Iterable[Norm]) -> set[Force]:
    return {norm.force for norm in found}


def _users_effect(verb: str, was: set[Force], now: set[Force], rules: StatementRule) -> _Found | None:
    # "You represent that …" binds by being said.
    binding = _BINDING | {"does"} if verb in _VOUCHING else _BINDING
    bound_before, bound_now = bool(was & binding), bool(now & binding)
    if bound_before == bound_now:
        return None
    if bound_now:
        return "duty_added", rules.duty_points if was else rules.statement_points, "adverse"
    return "duty_dropped", rules.duty_points if now else rules.statement_points, "favorable"


def _providers_effect(verb: str, was: set[Force], now: set[Force], rules: StatementRule) -> _Found | None:
    """What more of a verb means: adverse for taking, favorable for serving, and less of it the reverse."""
    if verb not in rules.taking and verb not in rules.serving:
        return None
    more: Direction = "adverse" if verb in rules.taking else "favorable"
    before, after = _strength(was), _strength(now)
    if before == after:
        return _beside_permission(more, was, now, rules)
    direction = more if after > before else opposite(more)
    if min(before, after) < 0 < max(before, after):
        return _promise(was & now, direction), rules.promise_points, direction
    if min(before, after) > 0:
        points = rules.firmness_points if more == "adverse" else rules.service_points
        return _firmness(more, before, after, points)
    return _alone(more, was, now, rules)


def _alone(more: Direction, was: set[Force], now: set[Force], rules: StatementRule) -> _Found | None:
    """What a statement means that only one side has."""
    before, after = _strength(was), _strength(now)
    direction = more if after > before else opposite(more)
    if min(before, after) < 0:
        code = "ban" if more == "adverse" else "exclusion"
        return f"{code}_{'dropped' if before < 0 else 'added'}", rules.service_points, direction
    is_no_commitment = more == "favorable" and 1 in {before, after}
    if "does" in {*was, *now} or is_no_commitment:
        # "We use cookies" come or gone is wording as often as practice: what it is about tells, not that it
        # is said. That it may serve the user binds nobody.
        return None
    code = "practice" if more == "adverse" else "service"
    return f"{code}_{'added' if after > before else 'dropped'}", rules.statement_points, direction


def _beside_permission(
    more: Direction, was: set[Force], now: set[Force], rules: StatementRule
) -> _Found | None:
    """What it means that a denial comes or goes beside the same permission: "We use it to …. We do not use it to …"."""
    if ("not" in was) == ("not" in now):
        return None
    code = "ban" if more == "adverse" else "exclusion"
    if "not" in now:
        return f"{code}_added", rules.service_points, opposite(more)
    return f"{code}_dropped", rules.service_points, more


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

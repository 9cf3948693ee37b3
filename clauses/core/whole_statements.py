"""What a clause that came or went binds the parties to, where nothing else tells what it is for the user."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clauses.core.change_facts import Effect
from clauses.core.change_rubric import opposite
from clauses.core.edited import ClauseEdit, Side
from clauses.core.norms import Norm
from clauses.core.passive_voice import PASSIVE
from clauses.core.stances import EXAMPLE, is_for_who_opted_out
from clauses.core.values import Reason
from clauses.core.ways_out import LEAVING, is_idle

# Those who act for the provider.
_THEM = re.compile(
    r"(?:they|who|partners?|carriers?|processors?|sub-?processors?|providers?|contractors?|vendors?|affiliates?|staff"
    r"|employees|compan(?:y|ies)|parties|party|personnel|team|reviewers?|agents?|representatives?"
    r"|people|persons?|humans?|nobody|anyone|others|moderators?|engineers?|operators?|advertisers?|brokers?|buyers?)\b"
)


def whole_norm_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """What a clause that came or went binds the parties to: a burden on the user, a benefit, or both."""
    side, event = edit.whole, "added" if edit.came else "removed"
    for worth in ("adverse", "favorable"):
        # That the provider uses or shares something describes a practice; what it gives it has to give.
        found = [norm for norm in side.norms if norm.worth == worth and _binds(norm, side)]
        found = _without_idle(found, edit) if worth == "favorable" else found
        if found:
            kind = "burden" if worth == "adverse" else "benefit"
            is_firm = any(_is_firm(norm, side) for norm in found)
            weight = len({norm.verb for norm in found}) + (worth == "favorable") * (1 + is_firm)
            most = (
                edit.rubric.clauses.norm_points
                if worth == "favorable"
                else edit.rubric.statements.statement_points
            )
            points = min(weight, edit.rubric.clauses.content_points if is_led_into(found, side) else most)
            quote = side.quote(found[0].start, found[0].end)
            yield Effect(Reason(f"{kind}_{event}", points, quote), worth if edit.came else opposite(worth))


def _without_idle(found: list[Norm], edit: ClauseEdit) -> list[Norm]:
    """The statements, less the user's ways out of what came or went with them and what is promised to who takes one."""
    ways = [norm for norm in found if norm.verb in LEAVING or _is_for_who_left(norm, edit.whole)]
    return [norm for norm in found if norm not in ways] if ways and is_idle(edit, came=edit.came) else found


def _is_for_who_left(norm: Norm, side: Side) -> bool:
    return norm.force == "not" and is_for_who_opted_out(side, norm[-2:])


def is_led_into(found: Iterable[Norm], side: Side) -> bool:
    """Whether an item says that by the introduction of its list alone: "We have:" above "locks and gates"."""
    first = side.sentence(0, 1)
    return bool(side.clauses[0].passage.intro) and all((norm.start, norm.end) == first for norm in found)


def _binds(norm: Norm, side: Side) -> bool:
    """Whether a statement holds somebody to something: not an example, nor what things do ("models do not store")."""
    if EXAMPLE.match(side.folded, side.sentence(norm.start, norm.end)[0]):
        return False
    if norm.worth == "adverse":
        return norm.force != "does"
    return not _is_of_things(norm, side) or norm.force not in {"not", "does"}


def _is_of_things(norm: Norm, side: Side) -> bool:
    words = side.folded[norm.start : norm.end]
    return norm.bearer == "other" and not PASSIVE.search(words) and not _THEM.match(words)


def _is_firm(norm: Norm, side: Side) -> bool:
    """Whether a benefit is owed, or the user's own; what things do is neither."""
    if norm.bearer == "user" or (norm.bearer == "provider" and norm.force == "does"):
        return True
    is_of_things = norm.bearer == "other" and not PASSIVE.search(side.folded[norm.start : norm.end])
    return norm.force not in ({"may", "does", "not"} if is_of_things else {"may", "does"})

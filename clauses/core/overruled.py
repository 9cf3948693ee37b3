"""Which effects of a change say nothing beside others: the way out of what only now begins, a word for a larger one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clauses.core.change_facts import Effect
from clauses.core.change_rubric import ChangeRubric, opposite
from clauses.core.folding import folded

# Factors that say something was permitted or forbidden, and those that say nothing against them: the way
# out of what only now begins, and the purpose a promise named to exclude it.
_PERMISSIONS = (
    *("_allowed", "_forbidden", "_restricted", "_excepted", "_ban_dropped"),
    *("promise_dropped", "promise_added", "promise_limited", "promise_widened"),
)
_OVERRULED = ("opt_out_", "training_purpose_", "consent_")
_BETTER_THAN = {"opt_out_dropped": "consent_added", "opt_out_added": "consent_dropped"}
# To train models is one way to improve them, and says more.
_SAID_BETTER = {"purpose_dropped": "training_purpose_added", "purpose_added": "training_purpose_dropped"}
# A permission can come a second time, and its way out with it; a way out of what stays is a gain.
_WHOLE = ("added", "dropped")
_MORE = (*_WHOLE, "extended", "narrowed")
_MODELS = re.compile(r"\b(?:models?|algorithms?)\b")


def without_overruled(effects: Sequence[Effect], whole_by: ChangeRubric | None = None) -> list[Effect]:
    """The effects, less what others overrule; of a whole clause that came or went by the rubric it is rated by.

    The opt-out that comes with a permission is no gain, nor is that of a clause on arbitration that comes with it;
    where consent is asked first nobody needs to opt out.
    """
    codes = {effect.reason.code for effect in effects}
    # Few changes have one of these: the others need not be asked what began.
    is_needed = any(code.startswith(_OVERRULED) for code in codes)
    begun = _begun(effects, _burdens(whole_by) if whole_by else ()) if is_needed else set()
    return [
        effect
        for effect in effects
        if not (effect.reason.code.startswith(_OVERRULED) and opposite(effect.direction) in begun)
        and _BETTER_THAN.get(effect.reason.code) not in codes
        and not _is_said_better(effect, codes)
    ]


def _begun(effects: Sequence[Effect], burdens: tuple[str, ...]) -> set[str]:
    """The directions in which something began or ended that an opt-out or consent is about."""
    begins = (*_PERMISSIONS, *burdens)
    return {
        effect.direction
        for effect in effects
        if effect.reason.code.endswith(begins) and not effect.reason.code.startswith(_OVERRULED)
    }


def _burdens(rubric: ChangeRubric) -> tuple[str, ...]:
    """The codes of types that cost the user and came or went."""
    rules = [rule for rule in rubric.types.values() if rule.added == "adverse"]
    return tuple(f"{rule.slug}_{event}" for rule in rules for event in (_MORE if rule.permits else _WHOLE))


def _is_said_better(effect: Effect, codes: set[str]) -> bool:
    is_told = _SAID_BETTER.get(effect.reason.code) in codes
    return is_told and _MODELS.search(folded(effect.reason.quote)) is not None

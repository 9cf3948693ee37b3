"""What a statement is worth to the user, by who is bound to what, and with what force."""

from __future__ import annotations

from typing import Literal

from clauses.core.change_rubric import StatementRule, opposite, stem
from clauses.core.passive_voice import Bearer
from clauses.core.values import Direction

Force = Literal["not", "may", "does", "will", "must"]

# What one is, and is not made by another.
STATES = frozenset(map(stem, ("responsible", "liable")))


def worth_of(bearer: Bearer, force: Force, verb: str, rules: StatementRule) -> Direction:
    """What it is worth that somebody may, will or must do an act, or must not; `verb` is its stem."""
    if bearer != "user":
        return worth_of_act(force, verb, rules)
    if verb in STATES:
        return "favorable" if force == "not" else "adverse"
    if verb in rules.receiving and force != "may":
        return "adverse" if force == "not" else "favorable"
    if force == "may":
        return "favorable" if verb in rules.claiming else "neutral"
    if force == "does":
        return "adverse" if verb in rules.conceding else "favorable" if verb in rules.deciding else "neutral"
    return "adverse"


def worth_of_act(force: Force, verb: str, rules: StatementRule) -> Direction:
    """The same of an act of the provider, or of others on its side."""
    if verb in rules.taking or verb in rules.deciding:
        worth: Direction = "adverse"
    elif verb in rules.serving:
        worth = "favorable"
    else:
        return "neutral"
    return opposite(worth) if force == "not" else worth

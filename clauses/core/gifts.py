"""What the provider hands over to the user, or lets the user have: "we assign to you all our rights in it"."""

from __future__ import annotations

import re
from collections.abc import Container

from clauses.core.change_rubric import stem
from clauses.core.values import Direction

# A gift is not what "assign" is otherwise, a right of the provider.
GIVE = stem("give")
_ASSIGN = stem("assign")
_LETTING = frozenset(map(stem, ("grant", "license")))
_TO_WHOM = re.compile(r"[^.;:]*?\bto (?:the )?(?P<whom>[\w'-]+)")
_WHOM = re.compile(r" (?:to )?(?:the |each |any )?(?P<whom>[\w'-]+)")
_REACH = 100


def worth_of_gift(verb: str, match: re.Match[str], users: Container[str]) -> Direction | None:
    """What a statement of the provider gives the user, by the stem of its verb; None where it gives the user nothing.

    What is assigned is a gain; a license to use the service is what a contract is about.
    """
    if match["verb"].endswith("ed"):
        # "Rights assigned to you do not include …" gives none.
        return None
    whom = _TO_WHOM if verb == _ASSIGN else _WHOM if verb in _LETTING else None
    goal = whom.match(match.string, match.end(), match.end() + _REACH) if whom else None
    if goal is None or goal["whom"] not in users:
        return None
    return "favorable" if verb == _ASSIGN else "neutral"

"""What a verb comes to: whoever claims ownership in a thing says that it is theirs, who is liable is responsible."""

from __future__ import annotations

import re

from clauses.core.change_rubric import stem

CLAIM, OWN, _ASSERT = stem("claim"), stem("own"), stem("assert")
_SAME = {stem("liable"): stem("responsible")}
_CLAIMED = re.compile(
    r" (?:any |the |all |no )?(?:\w+ ){0,2}?(?:(?P<ownership>ownership|title)|(?:rights?|interests?))\b"
)


def meant_by(word: str) -> str:
    """The stem of a verb, the same for two that mean the same."""
    verb = stem(word)
    return _SAME.get(verb, verb)


def meant_verb(match: re.Match[str]) -> str:
    """The stem of the verb of a statement, that of "own" where it claims ownership: "we do not claim title to it".

    Whoever claims anything else than a right asserts something: "you may claim a refund".
    """
    verb = meant_by(match["verb"])
    if verb != CLAIM:
        return verb
    found = _CLAIMED.match(match.string, match.end())
    return _ASSERT if found is None else OWN if found["ownership"] else CLAIM

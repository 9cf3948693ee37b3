"""What is claimed: whoever claims ownership in a thing says that it is theirs, and no rights are less than that."""

from __future__ import annotations

import re

from clauses.core.change_rubric import stem

CLAIM, OWN, _ASSERT = stem("claim"), stem("own"), stem("assert")
_CLAIMED = re.compile(
    r" (?:any |the |all |no )?(?:\w+ ){0,2}?(?:(?P<ownership>ownership|title)|(?:rights?|interests?))\b"
)


def owned_or_done(match: re.Match[str]) -> str:
    """The stem of the verb of a statement, that of "own" where it claims ownership: "we do not claim title to it".

    Whoever claims anything else than a right asserts something: "you may claim a refund".
    """
    verb = stem(match["verb"])
    if verb != CLAIM:
        return verb
    found = _CLAIMED.match(match.string, match.end())
    return _ASSERT if found is None else OWN if found["ownership"] else CLAIM

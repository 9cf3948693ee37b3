"""What the provider hands over to the user: "we assign to you all our rights in what you make"."""

from __future__ import annotations

import re
from collections.abc import Container

from clauses.core.change_rubric import stem

# A gift is not what "assign" is otherwise, a right of the provider.
GIVE = stem("give")
_ASSIGN = stem("assign")
_TO_WHOM = re.compile(r"[^.;:]*?\bto (?:the )?(?P<whom>[\w'-]+)")
_REACH = 100


def is_gift(verb: str, match: re.Match[str], users: Container[str]) -> bool:
    """Whether a statement of the provider assigns something to the user; `verb` is its stem."""
    if verb != _ASSIGN or match["verb"].endswith("ed"):
        # "Rights assigned to you do not include …" gives none.
        return False
    goal = _TO_WHOM.match(match.string, match.end(), match.end() + _REACH)
    return goal is not None and goal["whom"] in users

"""Clauses that state no term, whatever stands above them: names of columns, and when a text was last touched."""

from __future__ import annotations

import re

from clauses.core.folding import folded
from clauses.core.values import Passage

_LONGEST = 80
_WHEN = (
    r"(?:(?:[\w-]+ ){0,5}(?:ago|yesterday|today|(?:this|last) (?:week|month|year))"
    r"|(?:[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}\.? [^\W\d_]{3,9} \d{4}|\d{4}-\d\d-\d\d))"
)
_TOUCHED = re.compile(
    r"(?:this (?:page|article|policy|document) was )?(?:last )?(?:updated|revised|modified|edited|reviewed|published)"
    rf"(?: on)?:? {_WHEN}\W*"
)


def states_no_term(passage: Passage) -> bool:
    """Whether a clause is the header row of a table, or a note such as "Updated over a week ago"."""
    is_short = len(passage.text) <= _LONGEST
    return passage.is_header_row or (is_short and _TOUCHED.fullmatch(folded(passage.text)) is not None)

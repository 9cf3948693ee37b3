"""Which words of a sentence are quoted, so that those that changed are among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clauses.core.denials import NOT
from clauses.core.folding import folded
from clauses.core.sentences import parts
from clauses.core.values import Run
from monitor.core.blocks import CELL_SEPARATOR

_SEEN = 15
_CONDITION = re.compile(r"\W*(?:if|when|where|unless|until)\b")
# What stands behind is another statement.
_ANOTHER = re.compile(r"\b(?:but|however|yet|although|though|we|they|it|you)\b")
_MARKS = " ,;:.)–—-\n"


def from_changed(quote: str, runs: Sequence[Run], room: int) -> str:
    """The quote, from the words on that changed where they would begin behind the first `room` characters.

    A row of a table keeps the cell that names it, and what is denied its denial: "We do not … share letters".
    """
    for lacking in "-+" if CELL_SEPARATOR not in quote else "":
        at = _first_changed(quote, runs, lacking)
        if at is None:
            continue
        words = quote[at:].lstrip(_MARKS)
        if not words or len(quote) - len(words) + _SEEN <= room:
            return quote
        return f"{_denial(quote, len(quote) - len(words), room)}…{words}"
    return quote


def _denial(quote: str, at: int, room: int) -> str:
    """The beginning, up to what denies it, of the statement that the words at a place stand in; empty without any."""
    start = max((begin for begin, _ in parts(quote) if begin <= at), default=0)
    said = folded(quote)
    found = NOT.search(said, start, at)
    if not found or found.end() - start > room // 2 or _CONDITION.match(said, start):
        return ""
    if _ANOTHER.search(said, found.end(), at):
        return ""
    return f"{'…' if start else ''}{quote[start : found.end()]} "


def _first_changed(quote: str, runs: Sequence[Run], lacking: str) -> int | None:
    """Where in a quote from the side without `lacking` its first changed words begin; None where none do."""
    start = "".join(run.text for run in runs if run.op != lacking).find(quote)
    at = 0
    for run in runs if start >= 0 else ():
        if run.op == lacking:
            continue
        end = at + len(run.text)
        if run.op != "=" and end > start and at < start + len(quote) and any(map(str.isalnum, run.text)):
            return max(0, at - start)
        at = end
    return None

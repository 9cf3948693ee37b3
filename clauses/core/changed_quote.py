"""Which words of a sentence are quoted, so that those that changed are among them."""

from __future__ import annotations

from collections.abc import Sequence

from clauses.core.values import Run
from monitor.core.blocks import CELL_SEPARATOR

_SEEN = 15
_MARKS = " ,;:.)–—-\n"


def from_changed(quote: str, runs: Sequence[Run], room: int) -> str:
    """The quote, from the words on that changed where they would begin behind the first `room` characters.

    A row of a table keeps the cell that names it.
    """
    for lacking in "-+" if CELL_SEPARATOR not in quote else "":
        at = _first_changed(quote, runs, lacking)
        if at is None:
            continue
        words = quote[at:].lstrip(_MARKS)
        return f"…{words}" if words and len(quote) - len(words) + _SEEN > room else quote
    return quote


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

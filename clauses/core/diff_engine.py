"""The smallest edit between two strings of characters: diff-match-patch, compiled where it can be had."""

from __future__ import annotations

from typing import Literal

from diff_match_patch import diff_match_patch

try:
    import fast_diff_match_patch as compiled
except ImportError:
    # No wheel for this machine: the reference gives the same edits, only slower.
    compiled = None

Op = Literal["=", "-", "+"]

_OPS: dict[int, Op] = {
    diff_match_patch.DIFF_EQUAL: "=",
    diff_match_patch.DIFF_DELETE: "-",
    diff_match_patch.DIFF_INSERT: "+",
}


def edits(old: str, new: str) -> list[tuple[Op, int]]:
    """How many characters are kept, removed or added, in order.

    Without a time limit and without a cleanup: the same texts always give the same edits, whichever engine makes them.
    """
    if compiled is None:
        return reference_edits(old, new)
    found: list[tuple[Op, int]] = compiled.diff(
        old, new, timelimit=0, checklines=False, cleanup="No", counts_only=True
    )
    return found


def reference_edits(old: str, new: str) -> list[tuple[Op, int]]:
    """What `edits` gives, by the engine in plain Python: about forty times as slow on large texts."""
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    return [(_OPS[op], len(text)) for op, text in engine.diff_main(old, new, checklines=False)]

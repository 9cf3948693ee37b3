"""How many clauses a change set changed, in words: what only moved, or has another number or date, was not reworded."""

from __future__ import annotations

from collections.abc import Mapping

from clauses.core.headline import plural


def counted_changes(kind: str, counts: Mapping[str, int]) -> str:
    """ "12 clauses changed", "3 clauses moved, none was reworded": by the kind of the set and its counts by change."""
    changed = {name: count for name, count in counts.items() if count and name != "unchanged"}
    total = sum(changed.values())
    if not total:
        return "No clause changed, a heading did" if kind == "editorial" else "No clause changed"
    clauses = f"{total} {plural('clause', total)}"
    if kind == "reordered":
        return f"{clauses} moved, none was reworded"
    if kind == "renumbered":
        told = "renumbered or moved" if "moved" in changed else "renumbered"
        return f"{clauses} {told}, none was reworded otherwise"
    if kind == "date":
        only = "dates, numbers or places" if changed.keys() - {"modified"} else "dates"
        return f"{clauses} changed, only in {only}"
    return f"{clauses} changed"

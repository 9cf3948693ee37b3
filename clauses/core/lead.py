"""The beginning of a long text, cut where a sentence or a word ends."""

from __future__ import annotations

from clauses.core.sentences import sentences

# A text is cut where it is longer by half than what is shown of it.
_SHOWN = 1200


def lead_and_rest(text: str, shown: int = _SHOWN) -> tuple[str, str]:
    """A text in two parts that join to it; the second is empty for one that is not much longer than `shown`."""
    if len(text) <= shown * 3 // 2:
        return text, ""
    ends = [end for _, end in sentences(text) if shown // 2 <= end <= shown]
    at = ends[-1] if ends else max(text.rfind(" ", 0, shown), text.rfind("\n", 0, shown)) + 1
    at = at or shown
    return text[:at], text[at:]

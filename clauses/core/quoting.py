"""The sentence around some words of a text, short enough to stand in a list."""

from __future__ import annotations

from clauses.core.sentences import sentences

_LONGEST = 280


def sentence_around(text: str, start: int, end: int, longest: int = _LONGEST) -> str:
    """The sentences that `text[start:end]` is in, cut at words on both sides where they are long.

    Always an exact slice of the text, of at most `longest` characters; it begins with the words where these are longer.
    """
    spans = [span for span in sentences(text) if span[0] < end and span[1] > start]
    first, last = (spans[0][0], spans[-1][1]) if spans else (start, end)
    if last - first <= longest:
        return text[first:last]
    room = max(0, longest - (end - start)) // 2
    left = max(first, start - room)
    right = min(last, end + room, left + longest)
    if left > first:
        left = min(text.find(" ", left, start) + 1 or left, start)
    if right < last:
        right = max(text.rfind(" ", end, right), min(end, right))
    return text[left:right]

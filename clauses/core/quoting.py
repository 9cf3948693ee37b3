"""The sentence around some words of a text, short enough to stand in a list."""

from __future__ import annotations

from collections.abc import Sequence

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


def longest_sentence(text: str, words: Sequence[str], longest: int) -> str:
    """The longest of the sentences that hold some words, the first of the text without any; cut to so many letters.

    A run-in heading ("11.4 Class action waiver.") holds the words and says nothing; the longest does.
    """
    found = max((_sentence(text, max(text.find(each), 0)) for each in words or [""]), key=len)
    return found if len(found) <= longest else f"{found[:longest].rpartition(' ')[0]} …"


def _sentence(text: str, position: int) -> str:
    begin = max(text.rfind(mark, 0, position) for mark in (". ", "; ", "\n")) + 1
    end = text.find(". ", position)
    return text[begin : end + 1 if end >= 0 else len(text)].strip()

"""Quotes made of whole words, with both brackets: a pattern may stop in the middle of "at least sixteen (16) years"."""

from __future__ import annotations

import re

# So far a bracket or the end of a word is looked for: a quote stays a quote.
_REACH = 40
_WORD_BEFORE = re.compile(r"[\w’'-]{1,30} ?$")
# Words that mean nothing without the one before them: "at least", "no later".
_SECOND_HALF = re.compile(r"(?:least|most|later|more|less|fewer|longer)\b", re.IGNORECASE)
_SUM = re.compile(r"(?<=[$€£]) ?\d{1,20}(?:[.,]\d{1,3}){0,8}")
_FIRST_HALF = re.compile(r"\b(?:at|no|not) $", re.IGNORECASE)


def whole_phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of `text[start:end]` with the rest of the words and brackets that it cuts."""
    start, end = _whole_words(text, start, end)
    amount = _SUM.match(text, end)
    end = amount.end() if amount else end
    quote = text[start:end]
    if _open_and_close(quote)[0]:
        closes = text.find(")", end, end + _REACH)
        end = closes + 1 if closes >= 0 else end
    if _open_and_close(quote)[1]:
        start = _before_bracket(text, start)
    if _SECOND_HALF.match(text, start) and (lead := _FIRST_HALF.search(text, max(0, start - 4), start)):
        start = lead.start()
    return start, end


def drawn_in(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the words that it cuts."""
    while start > 0 and start < end and not text[start - 1].isspace():
        start += 1
    while end < len(text) and end > start and not text[end].isspace():
        end -= 1
    return start, end


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    while first < start < end and _joins(text[start - 1], text[start]):
        start -= 1
    while start < end < last and _joins(text[end - 1], text[end]):
        end += 1
    return start, end


def _joins(left: str, right: str) -> bool:
    """Whether two characters are of one word; scripts without letter case write words without spaces."""
    return all(one.isdigit() or one.lower() != one.upper() for one in (left, right))


def _open_and_close(quote: str) -> tuple[bool, bool]:
    """Whether a bracket of the quote closes after it, and whether one opened before it."""
    depth = lowest = 0
    for one in quote:
        depth += (one == "(") - (one == ")")
        lowest = min(lowest, depth)
    return depth > lowest, lowest < 0


def _before_bracket(text: str, start: int) -> int:
    """Where the words begin of which a bracket repeats the figure: "one (1)"."""
    opens = text.rfind("(", max(0, start - _REACH), start)
    if opens < 0:
        return start
    word = _WORD_BEFORE.search(text, max(0, opens - _REACH), opens)
    return word.start() if word else opens

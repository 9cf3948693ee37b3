"""What authors mark by typing, not by tags: list marks, ends of sentences, titles."""

from __future__ import annotations

import re

# "•", "-", "*", "1.", "(a)", "iv)": what stands before an item where a list was typed by hand.
LIST_MARK = re.compile(
    r"\s*(?:[•◦▪▫‣⁃●○■□·–—*+-]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,3}(?:\.\d{1,3}){1,3})(?=\s)"
)
_SENTENCE_END = re.compile(r"[.!?:;。！？：；…]['\"”’»)\]]*\s*\Z")

_MAX_TITLE_WORDS = 12
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_NUMBERED = re.compile(r"(?:\S+\s+)?\d{1,3}(?:\.\d{1,3}){0,4}[.)]?\s")


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text[-20:]))


def begins_list_mark(text: str) -> bool:
    return bool(LIST_MARK.match(text))


def reads_as_title(text: str, *, emphatic: bool = False) -> bool:
    """Whether a short line that stands alone titles what follows: no sentence, no date, no list item.

    `emphatic` says that it is set in bold: then a numbered title may end in a period ("2.1 Your content.").
    """
    if len(text.split()) > _MAX_TITLE_WORDS or not any(map(str.isalpha, text)) or _YEAR.search(text):
        return False
    if text.endswith((".", ":")) and emphatic and _NUMBERED.match(text):
        return True
    first = next(filter(str.isalpha, text))
    return not text.endswith((".", ",", ";", ":", "!")) and (emphatic or not first.islower())

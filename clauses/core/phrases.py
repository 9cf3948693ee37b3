"""Phrases as curators write them, read as patterns.

A phrase is words in their order. `*` at the end of a word stands for any ending ("device*"), `...` for up to eight
words between two others ("return ... device*"). It is no regular expression: nothing a curator types can make a
search slow or refuse to compile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from clauses.core.folding import folded
from clauses.core.tables import TaxonomyError

MAX_PHRASE_LENGTH = 120
_MOST_WORDS = 12
# Each gap multiplies the ways in which a phrase may be tried.
_MOST_GAPS = 2
_GAP = "..."
_MARK_BETWEEN = r"\W{1,3}"
_WORDS_BETWEEN = r"(?:\W{1,3}\w{1,40}){0,8}?"
_ENDING = r"\w{0,30}"
_WORD = re.compile(r"[\w'&/+-]+\*?")


def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """The pattern of a phrase, to search in folded text; it matches whole words only.

    Raises TaxonomyError, with what to do about it, for a phrase without words, with other marks or over its length.
    """
    words = folded(phrase).replace("…", _GAP).split()
    if len(phrase) > MAX_PHRASE_LENGTH or len(words) > _MOST_WORDS:
        raise TaxonomyError(
            f"“{phrase[:40]}…” is too long: at most {_MOST_WORDS} words and {MAX_PHRASE_LENGTH} characters"
        )
    if not words or _GAP in (words[0], words[-1]):
        raise TaxonomyError(f"“{phrase}” must begin and end with a word")
    if words.count(_GAP) > _MOST_GAPS:
        raise TaxonomyError(f"“{phrase}” has more than {_MOST_GAPS} gaps")
    source, is_gap = "", False
    for word in words:
        if word == _GAP:
            is_gap = True
            continue
        if not _WORD.fullmatch(word):
            raise TaxonomyError(
                f"“{word}” is no word: use letters, digits, * at the end of a word and ... between words"
            )
        between = _WORDS_BETWEEN + _MARK_BETWEEN if is_gap else _MARK_BETWEEN
        source += (between if source else "") + re.escape(word.rstrip("*")) + _ENDING * word.endswith("*")
        is_gap = False
    return re.compile(rf"(?<!\w){source}(?!\w)")


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """The pattern of several phrases, None without any. Raises TaxonomyError as `phrase_pattern` does."""
    sources = [phrase_pattern(phrase).pattern for phrase in phrases]
    return re.compile("|".join(sources)) if sources else None

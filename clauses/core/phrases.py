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
# Words that stand in most texts whatever these are about: a phrase of nothing else shows no type.
_EVERYWHERE_WRITTEN = """
    a about above after all also am an and another any are as at be because been before being below between both but by
    can could did do does doing down during each either etc few for from further had has have having he her here hers
    him his how i if in into is it its itself just may me might more most must my neither no nor not now of off on once
    one only or other our ours out over own per same shall she should so some such than that the their theirs them then
    there these they this those through to too under until up upon us very was we were what when where whether which
    while who whom whose why will with within without would you your yours
    aren couldn didn doesn don hasn haven isn ll re shouldn ve wasn weren won wouldn
"""
_EVERYWHERE = frozenset(_EVERYWHERE_WRITTEN.split())
_FEWEST_LETTERS = 2
# "co*" would be of the type in half of all clauses.
_FEWEST_BEFORE_ANY_ENDING = 3
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


def too_common(phrase: str) -> str:
    """Why a phrase cannot show a type, in a sentence; empty where one of its words can."""
    words = [word for word in folded(phrase).replace("…", _GAP).split() if word != _GAP]
    if any(_is_telling(word) for word in words):
        return ""
    return (
        f"“{phrase}” stands in texts of every kind: a phrase needs a word that tells what the clause is about, of at "
        f"least {_FEWEST_LETTERS} letters, or {_FEWEST_BEFORE_ANY_ENDING} before a *"
    )


def phrase_stem(phrase: str) -> str:
    """The longest part of a word that stands in whatever a phrase finds: a text without it need not be searched."""
    words = folded(phrase).replace("…", _GAP).split()
    return max((word.rstrip("*") for word in words if word != _GAP), key=len, default="")


def _is_telling(word: str) -> bool:
    fewest = _FEWEST_BEFORE_ANY_ENDING if word.endswith("*") else _FEWEST_LETTERS
    # "don't" is two words of every text.
    stems = word.rstrip("*").split("'")
    return any(stem not in _EVERYWHERE and sum(map(str.isalpha, stem)) >= fewest for stem in stems)


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """The pattern of several phrases, None without any. Raises TaxonomyError as `phrase_pattern` does."""
    sources = [phrase_pattern(phrase).pattern for phrase in phrases]
    return re.compile("|".join(sources)) if sources else None

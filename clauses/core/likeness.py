"""How alike two passages are worded: exact for clauses of a usual length, in linear work beyond."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from clauses.core.worded_passages import Worded

# An edit below half of the words leaves a clause the same: so much of the longer wording is kept, in order.
SAME = 0.5
# Least likeness (0 to 1) of one with more edits where the place speaks for it too. Unrelated clauses share function
# words and reach 0.2 to 0.3.
LIKE_IN_PLACE = 0.42
# The exact count of n with m words takes n * m / 64 steps of about a nanosecond; up to here (2,000 by 2,000
# words, a clause of 12 kB) it is worth them.
_EXACT = 4_000_000
# Beyond, a word counts as kept where it stands in so many words in a row that the other side has too: unrelated
# texts share single words, but few such phrases.
_PHRASE = 3


def likeness(old: Worded, new: Worded, least: float = 0.0) -> float:
    """0 to 1: the mean of the shared words in order and the shared content words in any order.

    0 where it is below `least` for sure: then the order of the words need not be looked at.
    """
    shared = len(old.content & new.content)
    if not shared:
        return 0.0
    in_any_order = 2 * shared / (len(old.content) + len(new.content))
    before, after = len(old.words), len(new.words)
    if (2 * min(before, after) / (before + after) + in_any_order) / 2 < least:
        return 0.0
    return (2 * kept_words(old.words, new.words) / (before + after) + in_any_order) / 2


def kept_share(old: Worded, new: Worded) -> float:
    """0 to 1: how much of the longer wording stands in the other one, in the same order; 0 for half at most."""
    shorter, longer = sorted((len(old.words), len(new.words)))
    if shorter <= SAME * longer:
        return 0.0
    return kept_words(old.words, new.words) / longer


def kept_words(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words stand in both, in the same order; the same when the sides are swapped."""
    if len(old) * len(new) <= _EXACT:
        return LCSseq.similarity(old, new)
    old_phrases, new_phrases = _phrases(old), _phrases(new)
    known = set(old_phrases).intersection(new_phrases)
    return min(_covered(old_phrases, known), _covered(new_phrases, known))


def _phrases(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[start:] for start in range(_PHRASE)), strict=False))


def _covered(phrases: Sequence[tuple[str, ...]], known: set[tuple[str, ...]]) -> int:
    """How many words the known phrases cover: those that one begins at, or so few words before."""
    begins = [*map(known.__contains__, phrases)]
    around = [False] * (_PHRASE - 1)
    begins = [*around, *begins, *around]
    return sum(map(max, *(begins[at:] for at in range(_PHRASE))))

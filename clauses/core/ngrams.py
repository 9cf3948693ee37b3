"""The pieces of a text that the trained model weighs: words, pairs of words, and parts of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\S+")
_SHORTEST, _LONGEST = 3, 5


def words_of(lower: str) -> list[str]:
    """The words of a folded text."""
    return _WORD.findall(lower)


def word_grams(lower: str) -> list[str]:
    """Every word of a folded text, then every pair of neighbors."""
    words = words_of(lower)
    return words + [f"{left} {right}" for left, right in pairwise(words)]


def part_grams(lower: str) -> list[str]:
    """Three to five neighboring characters of every word of a folded text, its edges as spaces."""
    return [gram for token in lower.split() for gram in _parts(f" {token} ")]


def _parts(padded: str) -> Iterator[str]:
    for length in range(_SHORTEST, _LONGEST + 1):
        if len(padded) <= length:
            yield padded
            return
        yield from (padded[at : at + length] for at in range(len(padded) - length + 1))


def tokens(text: str) -> list[tuple[int, int]]:
    """Start and end of everything that stands between white space."""
    return [found.span() for found in _TOKEN.finditer(text)]

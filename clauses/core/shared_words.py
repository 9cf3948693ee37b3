"""How alike two clauses are worded, in a figure that anybody can count."""

from __future__ import annotations

from clauses.core.redline import LIGHT_WORDS, words


def content_words(text: str) -> frozenset[str]:
    """The different words of a clause, without marks, letter case and words like "the" and "you"."""
    found = (word.casefold() for word in words(text) if any(map(str.isalnum, word)))
    return frozenset(word for word in found if word not in LIGHT_WORDS)


def shared_share(one: frozenset[str], other: frozenset[str]) -> float:
    """0 to 1: how many of the words that stand in either of two clauses stand in both."""
    return len(one & other) / len(one | other) if one or other else 1.0

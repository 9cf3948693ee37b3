"""Searches that find nothing without certain words, and which of many are worth making in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST_KEPT = 40
_MOST_KEPT = 50_000


@dataclass(frozen=True, eq=False, slots=True)
class Search:
    """A pattern. `needs`: strings of which one stands in whatever it finds."""

    needs: tuple[str, ...]
    pattern: re.Pattern[str]

    def may_find_in(self, text: str) -> bool:
        """Whether it is worth making."""
        return any(map(text.__contains__, self.needs))


_NONE: frozenset[Search] = frozenset()


class Searches:
    """Many searches. A text is read once for all: each of its words is looked up, and a language has only so many."""

    def __init__(self, searches: Iterable[Search]) -> None:
        self._named_by = _NamedBy(searches)

    def worth_making(self, text: str) -> set[Search]:
        """Those of which a needed string stands in the text; only where its longest word does, it is looked for."""
        named = _NONE.union(*map(self._named_by.__getitem__, {*text.split()}))
        return {search for search in named if search.may_find_in(text)}


class _NamedBy(dict[str, frozenset[Search]]):
    """By word: the searches that need a string whose longest word stands in it. Usual words are kept."""

    def __init__(self, searches: Iterable[Search]) -> None:
        super().__init__()
        self._naming: dict[str, set[Search]] = {}
        for search in searches:
            for need in search.needs:
                self._naming.setdefault(max(need.split(), key=len), set()).add(search)
        self._start = min(map(len, self._naming), default=1)
        self._by_start: dict[str, list[str]] = {}
        for part in self._naming:
            self._by_start.setdefault(part[: self._start], []).append(part)

    def __missing__(self, word: str) -> frozenset[Search]:
        is_kept = len(word) <= _LONGEST_KEPT
        parts = self._parts_of(word) if is_kept else [*filter(word.__contains__, self._naming)]
        found = _NONE.union(*map(self._naming.__getitem__, parts)) if parts else _NONE
        if is_kept:
            if len(self) >= _MOST_KEPT:
                # Whoever writes that many words uses others by now.
                self.clear()
            self[word] = found
        return found

    def _parts_of(self, word: str) -> list[str]:
        """The strings that stand in a word; one that begins nowhere in it is not looked at."""
        length, by_start = self._start, self._by_start
        return [
            part
            for at in range(len(word) - length + 1)
            if (start := word[at : at + length]) in by_start
            for part in by_start[start]
            if word.startswith(part, at)
        ]

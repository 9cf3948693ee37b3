"""Searches that find nothing without certain words, and which of many are worth making in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, eq=False, slots=True)
class Search:
    """A pattern. `needs`: strings of which one stands in whatever it finds."""

    needs: tuple[str, ...]
    pattern: re.Pattern[str]

    def may_find_in(self, text: str) -> bool:
        """Whether it is worth making."""
        return any(need in text for need in self.needs)


class Searches:
    """Many searches. A text is read once for all: each of its words is looked up, and a language has only so many."""

    def __init__(self, searches: Iterable[Search]) -> None:
        self._searches = [*searches]
        self._named_by = lru_cache(maxsize=16_384)(self._naming)

    def worth_making(self, text: str) -> set[Search]:
        """Those of which a needed string may stand in the text, as its first word does."""
        return set[Search]().union(*map(self._named_by, {*text.split()}))

    def _naming(self, word: str) -> frozenset[Search]:
        """Those that need a string whose first word stands in this one."""
        return frozenset(
            search for search in self._searches if any(need.split()[0] in word for need in search.needs)
        )

"""Where a version says what a sentence of another one says: found by its words, the rare ones first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import log
from typing import NamedTuple

from clauses.core.cached import cached
from clauses.core.content_words import content_stem, content_stems
from clauses.core.folding import folded
from clauses.core.needed_words import Search
from clauses.core.sentences import sentences
from clauses.core.values import ReadClause

# A sentence says the same where it holds so much of the weight of the words, and they so much of its own: the
# rest is what it says besides.
_HELD, _HOLDING = 0.7, 0.4
# Of what common words alone are shared with, only so many clauses are looked at.
_MOST_CLAUSES = 50
_WORD = re.compile(r"\w+")


class Saying(NamedTuple):
    """A sentence of a version: `clause.passage.text[start:end]`."""

    clause: ReadClause
    start: int
    end: int


class Said:
    """The sentences of a version. The words of its clauses are read when it is first asked."""

    def __init__(self, clauses: Sequence[ReadClause]) -> None:
        self._clauses = clauses
        self._found: dict[tuple[Search, ...], bool] = {}

    def has_words(self, searches: tuple[Search, ...]) -> bool:
        """Whether one of these searches finds words anywhere."""
        if searches not in self._found:
            texts = (folded(clause.passage.text) for clause in self._clauses)
            self._found[searches] = any(
                search.may_find_in(text) and search.pattern.search(text)
                for text in texts
                for search in searches
            )
        return self._found[searches]

    def sayings(self, words: frozenset[str], without: Sequence[ReadClause] = ()) -> Iterator[Saying]:
        """The sentences that have most of these stems and little else, in order, but for those of some clauses."""
        weights = {word: self._weight(word) for word in words}
        for index in islice(self._sharing(weights), _MOST_CLAUSES):
            clause = self._clauses[index]
            if not any(clause is other for other in without):
                yield from self._alike(clause, weights)

    @cached
    def _places(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, clause in enumerate(self._clauses):
            # Parted in the simplest way, in a third of the time: compounds and links are looked at later.
            for root in {content_stem(word) for word in set(_WORD.findall(folded(clause.passage.text)))}:
                found[root].append(index)
        return found

    def _weight(self, word: str) -> float:
        """The rarer a word is in the version, the more it tells."""
        return log(1 + len(self._clauses) / max(1, len(self._places.get(word, ()))))

    def _sharing(self, weights: Mapping[str, float]) -> list[int]:
        """Clauses that can hold enough of the words: each has one of the rarest, which weigh more than the rest."""
        left = (1 - _HELD) * sum(weights.values())
        found: set[int] = set()
        for word in sorted(weights, key=lambda word: (-weights[word], word)):
            if left < 0:
                break
            found.update(self._places.get(word, ()))
            left -= weights[word]
        return sorted(found)

    def _alike(self, clause: ReadClause, weights: Mapping[str, float]) -> Iterator[Saying]:
        for start, end in sentences(clause.passage.text):
            words = content_stems(folded(clause.passage.text[start:end]))
            shared = sum(weight for word, weight in weights.items() if word in words)
            own = sum(map(self._weight, words))
            if shared >= _HELD * sum(weights.values()) and shared >= _HOLDING * own:
                yield Saying(clause, start, end)

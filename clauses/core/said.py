"""Where a version says what a sentence of another one says: found by its words, the rare ones first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
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
# Of what is shared with many, only so many clauses and sentences are looked at.
_MOST_CLAUSES, _MOST_SAYINGS = 50, 20
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
        self._with_words: dict[tuple[Search, ...], Sequence[ReadClause]] = {}
        self._read: dict[int, list[tuple[Saying, frozenset[str]]]] = {}

    def with_words(self, searches: tuple[Search, ...]) -> Sequence[ReadClause]:
        """The first clauses in which one of these searches finds words, as many as are looked at."""
        if searches not in self._with_words:
            found = (clause for clause in self._clauses if _has_words(clause, searches))
            self._with_words[searches] = [*islice(found, _MOST_CLAUSES)]
        return self._with_words[searches]

    def sayings(self, words: frozenset[str], without: Sequence[ReadClause] = ()) -> Iterator[Saying]:
        """The first sentences that have most of these stems and little else, but for those of some clauses."""
        yield from islice(self._alike(words, without), _MOST_SAYINGS)

    def _alike(self, words: frozenset[str], without: Sequence[ReadClause]) -> Iterator[Saying]:
        weights = {word: self._weight(word) for word in words}
        least = _HELD * sum(weights.values())
        for index in nsmallest(_MOST_CLAUSES, self._sharing(weights)):
            if any(self._clauses[index] is clause for clause in without):
                continue
            for saying, own in self._sentences(index):
                shared = sum(weight for word, weight in weights.items() if word in own)
                if shared >= least and shared >= _HOLDING * sum(map(self._weight, own)):
                    yield saying

    def _sentences(self, index: int) -> list[tuple[Saying, frozenset[str]]]:
        """The sentences of a clause with their stems, read once."""
        if index not in self._read:
            clause, text = self._clauses[index], folded(self._clauses[index].passage.text)
            spans = sentences(clause.passage.text)
            self._read[index] = [
                (Saying(clause, start, end), content_stems(text[start:end])) for start, end in spans
            ]
        return self._read[index]

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

    def _sharing(self, weights: Mapping[str, float]) -> set[int]:
        """Clauses that can hold enough of the words: each has one of the rarest, which weigh more than the rest."""
        left = (1 - _HELD) * sum(weights.values())
        found: set[int] = set()
        for word in sorted(weights, key=lambda word: (-weights[word], word)):
            if left < 0:
                break
            found.update(self._places.get(word, ()))
            left -= weights[word]
        return found


def _has_words(clause: ReadClause, searches: Iterable[Search]) -> bool:
    text = folded(clause.passage.text)
    return any(search.may_find_in(text) and search.pattern.search(text) for search in searches)

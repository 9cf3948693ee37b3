"""Passages as the search for similar ones sees them, and which pairs of them are worth comparing."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import add
from typing import NamedTuple

from clauses.core.redline import LIGHT_WORDS

_WORD = re.compile(r"\w+(?:['’]\w+)*")
# The same of plain letters: by sign, its small letter, or a space for what belongs to no word.
_IN_WORDS = "".join(sign.lower() if sign.isalnum() or sign == "_" else " " for sign in map(chr, range(128)))

# Bounds of the search. So many pairs are all compared; beyond, unrelated texts cost linear work: a passage is
# compared with the passages it shares rare words or pairs of words with (of its _RARE_KEYS rarest, those in at
# most _MAX_POSTING passages, until _MAX_READ are read), the _MAX_SHARING that share most, and with the _MAX_NEAR
# nearest that stand between the same anchors.
_ALL_PAIRS = 40_000
_ALL_STEPS = 200_000_000
_RARE_KEYS = 16
_MAX_POSTING = 32
_MAX_READ = 128
_MAX_SHARING = 5
_MAX_NEAR = 3


class Placed(NamedTuple):
    """A passage that has no equal: its index (`at`), text, gap and heading, and where in its gap it stands, 0 to 1."""

    at: int
    text: str
    gap: int
    heading: tuple[str, ...]
    place: float


# Not frozen: as many are made as there are clauses, and that makes each in a third of the time.
@dataclass(slots=True)
class Worded:
    """A passage as the search sees it: its words, those that carry content, its gap and its heading.

    Each word is one character, the same on both sides and in the order of the words: `words` is a text of them.
    """

    index: int
    words: str
    content: frozenset[str]
    gap: int
    heading: tuple[str, ...]
    place: float

    @property
    def keys(self) -> frozenset[str]:
        """What it can be found by: its content words, and each word with the next one."""
        return self.content.union(map(add, self.words, self.words[1:]))


def worded(old: Iterable[Placed], new: Iterable[Placed]) -> tuple[list[Worded], list[Worded]]:
    """Both sides prepared for the search."""
    sides = [[(passage, _words(passage.text)) for passage in side] for side in (old, new)]
    codes = _codes(chain.from_iterable(found for side in sides for _, found in side))
    light = frozenset(codes[word] for word in LIGHT_WORDS if word in codes)
    before, after = ([_encoded(*one, codes, light) for one in side] for side in sides)
    return before, after


def _words(text: str) -> list[str]:
    if text.isascii() and "'" not in text:
        return text.translate(_IN_WORDS).split()
    # The words joined and parted again, as one call for all of them takes half the time of one for each.
    return " ".join(_WORD.findall(text)).casefold().split()


def _codes(words: Iterable[str]) -> Mapping[str, str]:
    """A character for each word, in their order. Beyond 1.1 million different words, all share the last one."""
    known = sorted(set(words))
    return dict(zip(known, chain(map(chr, range(sys.maxunicode)), repeat(chr(sys.maxunicode))), strict=False))


def _encoded(
    passage: Placed, words: Iterable[str], codes: Mapping[str, str], light: frozenset[str]
) -> Worded:
    index, _, gap, heading, place = passage
    found = "".join(map(codes.__getitem__, words))
    different = frozenset(found)
    return Worded(index, found, different - light or different, gap, heading, place)


def worth_comparing(old: Sequence[Worded], new: Sequence[Worded]) -> Iterator[tuple[Worded, Worded]]:
    """The pairs worth comparing: all of a few, else at most _MAX_SHARING + _MAX_NEAR for each new passage."""
    steps = sum(len(one.words) for one in old) * sum(len(one.words) for one in new)
    if len(old) * len(new) <= _ALL_PAIRS and steps <= _ALL_STEPS:
        yield from ((other, passage) for passage in new for other in old)
        return
    known = _Index(old)
    for passage in new:
        sharing = known.sharing(passage)
        near = _near(passage, known.in_gap.get(passage.gap, []))
        for at in sorted({*sharing, *near}):
            yield old[at], passage


class _Index:
    """Where the keys of passages stand. Most stand in one passage alone, and need no list of their own.

    Those that stand in more than _MAX_POSTING tell no passage from others, and are left out.
    """

    def __init__(self, passages: Sequence[Worded]) -> None:
        self.in_gap: dict[int, list[int]] = defaultdict(list)
        self._first: dict[str, int] = {}
        self._again: dict[str, list[int]] = {}
        common: set[str] = set()
        for at, passage in enumerate(passages):
            self.in_gap[passage.gap].append(at)
            keys = passage.keys - common
            known = self._first.keys() & keys
            self._first.update(dict.fromkeys(keys - known, at))
            common.update(key for key in known if self._stands_often(key, at))
        for key in common:
            del self._first[key], self._again[key]

    def _stands_often(self, key: str, at: int) -> bool:
        """Whether it stands in too many passages, now that it stands in this one, too."""
        again = self._again.setdefault(key, [])
        again.append(at)
        return len(again) >= _MAX_POSTING

    def sharing(self, passage: Worded) -> Iterable[int]:
        """The passages that share most of its rarest keys, the first ones where several share as many."""
        counts: dict[int, int] = {}
        read = 0
        for key in self._rarest(passage):
            places = (self._first[key], *self._again.get(key, ()))
            read += len(places)
            if read > _MAX_READ:
                break
            for at in places:
                counts[at] = counts.get(at, 0) + 1
        return [at for _, at in sorted((-count, at) for at, count in counts.items())[:_MAX_SHARING]]

    def _rarest(self, passage: Worded) -> list[str]:
        """Its keys that fewest passages have, in order; enough of those that one alone has tell of edited ones."""
        # The view stands first: behind the "&" all of it would be walked through.
        found = self._first.keys() & passage.keys
        single = found.difference(self._again)
        if len(single) >= _RARE_KEYS:
            return sorted(single)[:_RARE_KEYS]
        again = sorted((len(self._again[key]), key) for key in found - single)
        return sorted(single) + [key for _, key in again[: _RARE_KEYS - len(single)]]


def _near(passage: Worded, places: Sequence[int]) -> Iterable[int]:
    if not places:
        return ()
    middle = round(passage.place * (len(places) - 1))
    start = max(0, min(middle - _MAX_NEAR // 2, len(places) - _MAX_NEAR))
    return places[start : start + _MAX_NEAR]

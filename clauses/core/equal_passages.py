"""Which passages of two versions have equal text, and which of those kept their order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from operator import lt
from typing import NamedTuple

Match = tuple[int, int]

# Rounds of looking for keys that are unique between two anchors; each costs one pass, so the work stays
# linear in the number of passages whatever they are. What is left after them is paired by order of
# appearance.
_ROUNDS = 4


class Gap(NamedTuple):
    """Passages old[i1:i2] and new[j1:j2] between two anchors."""

    i1: int
    i2: int
    j1: int
    j2: int


def ordered_matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """Indexes of equal keys that stand in the same order on both sides, ascending on both.

    Patience matching: keys that occur once on each side anchor first, then the runs of equal keys around
    them, then keys that are unique between two anchors; duplicates pair in order of appearance. O(n log n).
    """
    gaps = [Gap(0, len(old), 0, len(new))]
    found: list[Match] = []
    for round_ in range(_ROUNDS + 1):
        by_order = round_ == _ROUNDS
        matches = [match for gap in gaps for match in _gap_matches(old, new, gap, by_order)]
        if not matches:
            continue
        found = sorted((*found, *matches))
        gaps = list(gaps_between(found, Gap(0, len(old), 0, len(new))))
    return found


def gaps_between(matches: Iterable[Match], whole: Gap) -> Iterator[Gap]:
    """The stretches of a gap between ordered matches in it that have something on either side."""
    i, j = whole.i1, whole.j1
    for next_i, next_j in (*matches, (whole.i2, whole.j2)):
        if next_i > i or next_j > j:
            yield Gap(i, next_i, j, next_j)
        i, j = next_i + 1, next_j + 1


def equal_matches(
    old: Sequence[Hashable], new: Sequence[Hashable], old_left: Sequence[int], new_left: Sequence[int]
) -> list[Match]:
    """Equal keys among the named indexes in any order; duplicates pair in order of appearance."""
    return list(_by_appearance(old, new, old_left, new_left))


def longest_ascending(matches: Sequence[Match]) -> list[Match]:
    """The longest selection of matches, given in old order, whose new indexes ascend."""
    places = [j for _, j in matches]
    if all(map(lt, places, places[1:])):
        return [*matches]
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for at, j in enumerate(places):
        place = bisect_left(tails, j)
        previous.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [at]
    chain: list[Match] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(matches[at])
        at = previous[at]
    return chain[::-1]


def _gap_matches(
    old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap, by_order: bool
) -> Iterator[Match]:
    """Ordered matches inside one gap: its equal ends, then unique keys or, at last, keys in order."""
    i1, i2, j1, j2 = gap.i1, gap.i2, gap.j1, gap.j2
    while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
        yield i1, j1
        i1, j1 = i1 + 1, j1 + 1
    tail: list[Match] = []
    while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
        tail.append((i2, j2))
    if i1 < i2 and j1 < j2:
        pairs = _by_appearance if by_order else _unique_on_both
        yield from longest_ascending(list(pairs(old, new, range(i1, i2), range(j1, j2))))
    yield from reversed(tail)


def _unique_on_both(
    old: Sequence[Hashable], new: Sequence[Hashable], old_left: Sequence[int], new_left: Sequence[int]
) -> Iterator[Match]:
    if set(map(old.__getitem__, old_left)).isdisjoint(map(new.__getitem__, new_left)):
        return
    old_counts = Counter(old[i] for i in old_left)
    new_counts = Counter(new[j] for j in new_left)
    place = {new[j]: j for j in new_left}
    for i in old_left:
        if old_counts[old[i]] == 1 and new_counts[old[i]] == 1:
            yield i, place[old[i]]


def _by_appearance(
    old: Sequence[Hashable], new: Sequence[Hashable], old_left: Sequence[int], new_left: Sequence[int]
) -> Iterator[Match]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for j in reversed(new_left):
        places[new[j]].append(j)
    for i in old_left:
        if waiting := places.get(old[i]):
            yield i, waiting.pop()

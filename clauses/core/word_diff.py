"""Which words of two wordings differ: the smallest edit in whole words, bounded by size and never by time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain, compress, count, repeat
from operator import add, ne

from diff_match_patch import diff_match_patch

from clauses.core.diff_engine import Op, edits
from clauses.core.equal_passages import Gap, Match, gaps_between, longest_ascending

# The exact comparison of n old with m new words takes up to n * m steps of 8 ns (of 0.5 µs without the compiled
# engine), so a stretch as large as this (200 by 200) is first cut at phrases that stand once on either side ...
_LARGE = 40_000
# ... of so many words: the longer the phrase, the surer it is the same place in both texts.
_PHRASE_LENGTHS = (8, 4, 2, 1)
# The steps one call may take, 8 ms at worst (0.5 s). Stretches beyond are replaced as a whole, the largest first:
# above all any stretch that leaves more than 1,000 by 1,000 words after the cutting.
MAX_STEPS = 1_000_000

# Asked for equal ends only, which reads none of its settings.
_ENDS = diff_match_patch()

_OLD_ONLY, _NEW_ONLY = "\0", "\1"
_CODE_POINTS = (
    range(2, 0xD800),
    range(0xE000, sys.maxunicode + 1),
)  # without surrogates, which join in pairs


def changed_words(old: list[str], new: list[str]) -> list[Gap]:
    """Where the words differ, in order: old words i1 to i2 became new words j1 to j2.

    As few words as can be, except where a side is large: see MAX_STEPS. The way back marks the same words.
    The same words always give the same answer, whichever engine compares them: see diff_engine.
    """
    start, end = _equal_ends(old, new)
    whole = Gap(start, len(old) - end, start, len(new) - end)
    if not _steps(whole):
        return [whole] if whole.i1 < whole.i2 or whole.j1 < whole.j2 else []
    if new[start : whole.j2] < old[start : whole.i2]:
        return [*map(_turned, _changed(new, old, _turned(whole)))]
    return [*_changed(old, new, whole)]


def _turned(gap: Gap) -> Gap:
    return Gap(gap.j1, gap.j2, gap.i1, gap.i2)


def _equal_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many words both begin with, and with how many of the others both end."""
    shorter = min(len(old), len(new))
    start = next(compress(count(), map(ne, old, new)), shorter)
    end = next(compress(count(), map(ne, reversed(old), reversed(new))), shorter)
    return start, min(end, shorter - start)


def _changed(old: Sequence[str], new: Sequence[str], whole: Gap) -> Iterable[Gap]:
    """Where words differ in a gap that they neither begin nor end alike."""
    return _edits(old, new, whole) if _steps(whole) < _LARGE else _changed_in_large(old, new, whole)


def _changed_in_large(old: Sequence[str], new: Sequence[str], whole: Gap) -> Iterator[Gap]:
    before, after = _encoded(old, new)
    gaps = [whole]
    for length in _PHRASE_LENGTHS:
        gaps = [part for gap in gaps for part in _cut(before, after, gap, length)]
    affordable = _affordable(gaps)
    for gap in gaps:
        yield from _edits(before, after, gap) if gap in affordable else (gap,)


def _encoded(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """The two sides as texts of one character a word, equal for equal words.

    Words of one side alone need no character of their own, as they are never kept; nor are words beyond the
    last code point, the 1,112,063rd.
    """
    shared = filter(set(new).__contains__, dict.fromkeys(old))
    codes = dict(zip(shared, map(chr, chain(*_CODE_POINTS)), strict=False))
    return (
        "".join(map(codes.get, old, repeat(_OLD_ONLY))),
        "".join(map(codes.get, new, repeat(_NEW_ONLY))),
    )


def _trimmed(before: str, after: str, gaps: Iterable[Gap]) -> Iterator[Gap]:
    """The gaps without the words both sides begin and end with; nothing for one that is all the same."""
    for gap in gaps:
        old, new = before[gap.i1 : gap.i2], after[gap.j1 : gap.j2]
        start = _ENDS.diff_commonPrefix(old, new)
        end = _ENDS.diff_commonSuffix(old[start:], new[start:])
        if start + end < max(len(old), len(new)):
            yield Gap(gap.i1 + start, gap.i2 - end, gap.j1 + start, gap.j2 - end)


def _steps(gap: Gap) -> int:
    return (gap.i2 - gap.i1) * (gap.j2 - gap.j1)


def _cut(before: str, after: str, gap: Gap, length: int) -> Iterable[Gap]:
    """A large gap cut at the phrases of `length` words that stand once in it on either side (patience)."""
    if _steps(gap) < _LARGE:
        return (gap,)
    old, new = before[gap.i1 : gap.i2], after[gap.j1 : gap.j2]
    left, right = _phrases(old, length), _phrases(new, length)
    shared = set(left).intersection(right)
    single = _single(left, shared) & _single(right, shared)
    places = {phrase: j for j, phrase in enumerate(right, gap.j1) if phrase in single}
    anchors = [(i, places[phrase]) for i, phrase in enumerate(left, gap.i1) if phrase in single]
    return _trimmed(before, after, gaps_between(longest_ascending(anchors), gap))


def _phrases(words: str, length: int) -> Sequence[str]:
    if length == 1:
        return words
    if length == 2:
        return [*map(add, words, words[1:])]
    return [words[i : i + length] for i in range(len(words) - length + 1)]


def _single(phrases: Sequence[str], shared: Set[str]) -> Set[str]:
    """The phrases that stand once, of those that both sides have."""
    counts = Counter(filter(shared.__contains__, phrases))
    return {phrase for phrase, count in counts.items() if count == 1}


def _affordable(gaps: Iterable[Gap]) -> set[Gap]:
    """The gaps that MAX_STEPS allow to compare word by word: as many as can be, so the small ones first."""
    found: set[Gap] = set()
    steps = 0
    for gap in sorted(gaps, key=_steps):
        steps += _steps(gap)
        if steps > MAX_STEPS:
            break
        found.add(gap)
    return found


def _edits(before: Sequence[str], after: Sequence[str], gap: Gap) -> Iterable[Gap]:
    """The smallest edits of a gap. Words of one side alone cannot be kept: the engine need not see them."""
    old, new = before[gap.i1 : gap.i2], after[gap.j1 : gap.j2]
    is_shared = set(old).intersection(new).__contains__
    left, right = (
        [*compress(count(gap.i1), map(is_shared, old))],
        [*compress(count(gap.j1), map(is_shared, new))],
    )
    kept = _kept([*filter(is_shared, old)], [*filter(is_shared, new)])
    return gaps_between(((left[i], right[j]) for i, j in kept), gap)


def _kept(old: Sequence[str], new: Sequence[str]) -> Iterable[Match]:
    """Which words are the same, as indexes into the two sides."""
    if old == new:
        return zip(range(len(old)), range(len(new)), strict=True)
    return _equal_parts(edits(*_encoded(old, new)))


def _equal_parts(found: Iterable[tuple[Op, int]]) -> Iterator[Match]:
    i = j = 0
    for op, length in found:
        if op == "=":
            yield from zip(range(i, i + length), range(j, j + length), strict=True)
        i += length if op != "+" else 0
        j += length if op != "-" else 0

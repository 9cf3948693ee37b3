"""Which passages of two versions are the same provision in other words, and which were split or merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from clauses.core.likeness import LIKE_IN_PLACE, SAME, kept_share, kept_words, likeness
from clauses.core.parted_passages import Group, grow, grow_alike, rewritten, scattered
from clauses.core.worded_passages import Worded, worth_comparing

# Least likeness of a clause with more edits: anywhere, and where nothing else stands between the same two anchors.
# Where the place speaks for it: LIKE_IN_PLACE.
_LIKE_ANYWHERE = 0.6
_LIKE_ALONE = 0.3
# A clause that was edited and went elsewhere besides must be known by so many words of content, or so many words
# in order: lists and tables are full of short items of equal build.
_LIKE_ELSEWHERE = 0.5
_CONTENT_ELSEWHERE = 4
_WORDS_ELSEWHERE = 5
_PLACE_BONUS = 0.05


# How alike two passages are (the most alike first) and how far apart, and their indexes.
_Candidate = tuple[float, float, int, int]


def similar_groups(old: Sequence[Worded], new: Sequence[Worded]) -> list[Group]:
    """The edited, split and merged provisions among passages that have no equal, in old order.

    The most alike pairs first, each passage once; then neighbors whose words the other side covers join them;
    then provisions that were cut into, or put together from, pieces of which none is like the whole.
    """
    compared = list(worth_comparing(old, new))
    groups = [Group([i], [j]) for i, j in sorted(_edited(compared, old, new))]
    by_old = {passage.index: passage for passage in old}
    by_new = {passage.index: passage for passage in new}
    free_new = set(by_new) - {group.new[0] for group in groups}
    free_old = set(by_old) - {group.old[0] for group in groups}
    for group in groups:
        grow(group.new, free_new, by_new, by_old[group.old[0]])
        if len(group.new) == 1:
            grow(group.old, free_old, by_old, by_new[group.new[0]])
    for group in groups:
        if len(group.old) == 1:
            grow_alike(group.new, free_new, by_new, by_old[group.old[0]])
        if len(group.new) == 1:
            grow_alike(group.old, free_old, by_old, by_new[group.new[0]])
    groups += scattered(compared, by_old, by_new, free_old, free_new)
    groups += rewritten(by_old, by_new, free_old, free_new)
    for group in groups:
        group.main = _main(group, by_old, by_new)
    return sorted(groups, key=lambda group: group.old)


def nearest_wordings(
    old: Sequence[Worded], new: Sequence[Worded], *, least: float, content: int
) -> Iterator[tuple[int, int]]:
    """Old and new passages of which so great a share of words, and so many of content, are the same; each once."""
    candidates = sorted(
        (-round(share, 6), one.index, other.index)
        for one, other in worth_comparing(old, new)
        if len(one.content & other.content) >= content and (share := kept_share(one, other)) >= least
    )
    old_taken: set[int] = set()
    new_taken: set[int] = set()
    for _, i, j in candidates:
        if i not in old_taken and j not in new_taken:
            old_taken.add(i)
            new_taken.add(j)
            yield i, j


def _main(group: Group, old: Mapping[int, Worded], new: Mapping[int, Worded]) -> int:
    if len(group.old) == len(group.new):
        return 0
    whole = old[group.old[0]] if len(group.new) > 1 else new[group.new[0]]
    several = [new[j] for j in group.new] if len(group.new) > 1 else [old[i] for i in group.old]
    held = [kept_words(whole.words, part.words) for part in several]
    return held.index(max(held))


def _edited(
    compared: Iterable[tuple[Worded, Worded]], old: Sequence[Worded], new: Sequence[Worded]
) -> Iterator[tuple[int, int]]:
    sizes = Counter(one.gap for one in old) | Counter(one.gap for one in new)
    candidates = [
        candidate
        for other, passage in compared
        if (candidate := _candidate(other, passage, sizes[passage.gap])) is not None
    ]
    candidates.sort()
    old_taken: set[int] = set()
    new_taken: set[int] = set()
    for _, _, i, j in candidates:
        if i not in old_taken and j not in new_taken:
            old_taken.add(i)
            new_taken.add(j)
            yield i, j


def _candidate(old: Worded, new: Worded, gap_size: int) -> _Candidate | None:
    """The pair with its score, where it may be one provision; `gap_size` is that of the gap of `new`."""
    same_gap, same_heading = old.gap == new.gap, old.heading == new.heading
    is_in_place = same_gap or same_heading
    score = likeness(old, new, _LIKE_ALONE if is_in_place else _LIKE_ELSEWHERE)
    if not is_in_place and not _is_known_elsewhere(old, new, score):
        return None
    if score < _least(same_gap and same_heading and gap_size == 1, is_in_place):
        kept = kept_share(old, new)
        if kept <= SAME:
            return None
        score = max(score, kept)
    bonus = _PLACE_BONUS * (same_gap + same_heading)
    distance = abs(old.place - new.place) if same_gap else 1.0 + abs(old.gap - new.gap)
    return -round(score + bonus, 6), round(distance, 6), old.index, new.index


def _is_known_elsewhere(old: Worded, new: Worded, score: float) -> bool:
    needed = min(_CONTENT_ELSEWHERE, max(len(old.content), len(new.content)))
    if score < _LIKE_ELSEWHERE:
        return False
    is_known = len(old.content & new.content) >= needed
    return is_known or kept_words(old.words, new.words) >= _WORDS_ELSEWHERE


def _least(is_alone: bool, is_in_place: bool) -> float:
    if is_alone:
        return _LIKE_ALONE
    return LIKE_IN_PLACE if is_in_place else _LIKE_ANYWHERE

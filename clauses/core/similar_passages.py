"""Which passages of two versions are the same provision in other words, and which were split or merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

from clauses.core.worded_passages import Worded, worth_comparing

# An edit below half of the words leaves a clause the same: so much of the longer wording is kept, in order.
SAME = 0.5
# Least likeness (0 to 1) of a clause with more edits: anywhere, where the place speaks for it too, and where
# nothing else stands between the same two anchors. Unrelated clauses share function words and reach 0.2 to 0.3.
_LIKE_ANYWHERE = 0.6
_LIKE_IN_PLACE = 0.42
_LIKE_ALONE = 0.3
# A clause that was edited and went elsewhere besides must be known by so many words of content, or so many words
# in order: lists and tables are full of short items of equal build.
_LIKE_ELSEWHERE = 0.5
_CONTENT_ELSEWHERE = 4
_WORDS_ELSEWHERE = 5
_PLACE_BONUS = 0.05

# What share of a neighbor's words must have come from (or gone to) the clause on the other side to be a part
# of it.
_PART_SHARE = 0.6
_PART_CONTENT = 3
# A provision is cut into so many pieces at most, is so many words long, and is tried with so many first pieces.
_MAX_PARTS = 64
_MAX_WHOLE = 20_000
_MAX_TRIES = 3


@dataclass(slots=True)
class Group:
    """Old and new indexes that are one provision: one of each, or one against several neighbors.

    `main` is which of several holds most words of the one on the other side: the record goes on with it.
    """

    old: list[int]
    new: list[int]
    main: int = 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    distance: float
    old: int
    new: int


def likeness(old: Worded, new: Worded) -> float:
    """0 to 1: the mean of the shared words in order and the shared content words in any order.

    0 where both together cannot reach what the least of all thresholds asks for.
    """
    shared = len(old.content & new.content)
    if not shared:
        return 0.0
    in_any_order = 2 * shared / (len(old.content) + len(new.content))
    lengths = len(old.words), len(new.words)
    if (2 * min(lengths) / sum(lengths) + in_any_order) / 2 < _LIKE_ALONE:
        # Not worth looking at the order of the words, which may be a whole text's.
        return 0.0
    return (Indel.normalized_similarity(old.words, new.words) + in_any_order) / 2


def kept_share(old: Worded, new: Worded) -> float:
    """0 to 1: how much of the longer wording stands in the other one, in the same order; 0 for half at most."""
    shorter, longer = sorted((len(old.words), len(new.words)))
    if shorter <= SAME * longer:
        return 0.0
    return LCSseq.similarity(old.words, new.words) / longer


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
        _grow(group.new, free_new, by_new, by_old[group.old[0]])
        if len(group.new) == 1:
            _grow(group.old, free_old, by_old, by_new[group.new[0]])
    groups += _scattered(compared, by_old, by_new, free_old, free_new)
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
    whole = old[group.old[0]] if len(group.new) > 1 else new[group.new[0]]
    several = [new[j] for j in group.new] if len(group.new) > 1 else [old[i] for i in group.old]
    held = [LCSseq.similarity(whole.words, part.words) for part in several]
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
    candidates.sort(key=lambda c: (-c.score, c.distance, c.old, c.new))
    old_taken: set[int] = set()
    new_taken: set[int] = set()
    for candidate in candidates:
        if candidate.old not in old_taken and candidate.new not in new_taken:
            old_taken.add(candidate.old)
            new_taken.add(candidate.new)
            yield candidate.old, candidate.new


def _candidate(old: Worded, new: Worded, gap_size: int) -> _Candidate | None:
    """The pair with its score, where it may be one provision; `gap_size` is that of the gap of `new`."""
    score = likeness(old, new)
    same_gap, same_heading = old.gap == new.gap, old.heading == new.heading
    is_in_place = same_gap or same_heading
    if not is_in_place and not _is_known_elsewhere(old, new, score):
        return None
    if score < _least(same_gap and same_heading and gap_size == 1, is_in_place):
        kept = kept_share(old, new)
        if kept <= SAME:
            return None
        score = max(score, kept)
    bonus = _PLACE_BONUS * (same_gap + same_heading)
    distance = abs(old.place - new.place) if same_gap else 1.0 + abs(old.gap - new.gap)
    return _Candidate(round(score + bonus, 6), round(distance, 6), old.index, new.index)


def _is_known_elsewhere(old: Worded, new: Worded, score: float) -> bool:
    needed = min(_CONTENT_ELSEWHERE, max(len(old.content), len(new.content)))
    if score < _LIKE_ELSEWHERE:
        return False
    is_known = len(old.content & new.content) >= needed
    return is_known or LCSseq.similarity(old.words, new.words) >= _WORDS_ELSEWHERE


def _least(is_alone: bool, is_in_place: bool) -> float:
    if is_alone:
        return _LIKE_ALONE
    return _LIKE_IN_PLACE if is_in_place else _LIKE_ANYWHERE


def _scattered(
    compared: Iterable[tuple[Worded, Worded]],
    old: Mapping[int, Worded],
    new: Mapping[int, Worded],
    free_old: set[int],
    free_new: set[int],
) -> Iterator[Group]:
    """Provisions of which several neighbors between the same anchors hold more than half of the words."""
    pieces = [
        (LCSseq.similarity(one.words, other.words), one.index, other.index)
        for one, other in compared
        if one.index in free_old
        and other.index in free_new
        and one.gap == other.gap
        and _is_piece(one, other)
    ]
    tries: Counter[tuple[bool, int]] = Counter()
    for _, i, j in sorted(pieces, key=lambda piece: (-piece[0], *piece[1:])):
        is_split = len(old[i].words) >= len(new[j].words)
        whole = (is_split, i if is_split else j)
        tries[whole] += 1
        if i in free_old and j in free_new and tries[whole] <= _MAX_TRIES:
            parts = _pieces_of(old[i], j, free_new, new) if is_split else _pieces_of(new[j], i, free_old, old)
            if parts:
                free_old -= {i} if is_split else set(parts)
                free_new -= set(parts) if is_split else {j}
                yield Group([i], parts) if is_split else Group(parts, [j])


def _pieces_of(whole: Worded, first: int, free: set[int], passages: Mapping[int, Worded]) -> list[int]:
    """The neighbors of a piece, itself included, that together hold the provision; empty where they do not."""
    parts = [first]
    _grow(parts, free - {first}, passages, whole)
    held = tuple(word for part in parts for word in passages[part].words)
    is_whole = len(parts) > 1 and LCSseq.similarity(whole.words, held) > SAME * len(whole.words)
    return parts if is_whole else []


def _is_piece(one: Worded, other: Worded) -> bool:
    """Whether the shorter one could be a piece of the longer one."""
    whole, piece = (one, other) if len(one.words) >= len(other.words) else (other, one)
    shared = len(piece.content & whole.content) if len(whole.words) <= _MAX_WHOLE else 0
    return shared >= max(_PART_CONTENT, _PART_SHARE * len(piece.content))


def _grow(parts: list[int], free: set[int], passages: Mapping[int, Worded], whole: Worded) -> None:
    """Let free neighbors join the parts of a provision as long as they hold words that the parts leave over."""
    if len(whole.words) > _MAX_WHOLE:
        return
    for step in (1, -1):
        neighbor = (parts[-1] if step == 1 else parts[0]) + step
        while (
            neighbor in free and len(parts) < _MAX_PARTS and _is_part(neighbor, step, parts, passages, whole)
        ):
            parts.insert(len(parts) if step == 1 else 0, neighbor)
            free.discard(neighbor)
            neighbor += step


def _is_part(
    neighbor: int, step: int, parts: Sequence[int], passages: Mapping[int, Worded], whole: Worded
) -> bool:
    """Whether words of `whole` that the parts leave over make up the neighbor."""
    added = passages[neighbor]
    shared = added.content & whole.content
    if len(shared) < min(_PART_CONTENT, len(added.content)) or len(shared) < _PART_SHARE * len(added.content):
        return False
    held = tuple(word for part in parts for word in passages[part].words)
    joined = (*held, *added.words) if step == 1 else (*added.words, *held)
    gain = LCSseq.similarity(whole.words, joined) - LCSseq.similarity(whole.words, held)
    return gain >= _PART_SHARE * len(added.words)

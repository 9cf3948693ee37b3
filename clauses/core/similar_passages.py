"""Which passages of two versions are the same provision in other words, and which were split or merged."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

from clauses.core.redline import LIGHT_WORDS

_WORD = re.compile(r"\w+(?:['’]\w+)*")

# Bounds of the search, so that unrelated texts cost linear work and never all pairs: a passage is compared
# with the passages it shares rare words with (of its _RARE_WORDS rarest words, those in at most _MAX_POSTING
# passages), the _MAX_SHARING that share most, and with the _MAX_NEAR nearest that stand between the same
# anchors.
_RARE_WORDS = 24
_MAX_POSTING = 32
_MAX_SHARING = 8
_MAX_NEAR = 3

# Least likeness (0 to 1) of an edited clause: anywhere, where the place speaks for it too, and where nothing
# else stands between the same two anchors. Unrelated clauses share function words and reach 0.2 to 0.3.
_LIKE_ANYWHERE = 0.6
_LIKE_IN_PLACE = 0.42
_LIKE_ALONE = 0.3
_PLACE_BONUS = 0.05

# What share of a neighbor's words must have come from (or gone to) the clause on the other side to be a part
# of it.
_PART_SHARE = 0.6
_PART_CONTENT = 3


@dataclass(frozen=True, slots=True)
class Worded:
    """A passage as the search sees it: its words, those that carry content, its gap and its heading."""

    index: int
    words: tuple[str, ...]
    content: frozenset[str]
    gap: int
    heading: tuple[str, ...]
    place: float


@dataclass(slots=True)
class Group:
    """Old and new indexes that are one provision: one of each, or one against several neighbors."""

    old: list[int]
    new: list[int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    distance: float
    old: int
    new: int


def worded(index: int, text: str, gap: int, heading: tuple[str, ...], place: float) -> Worded:
    """A passage prepared for the search; `place` is where in its gap it stands, 0 to 1."""
    found = tuple(word.casefold() for word in _WORD.findall(text))
    content = frozenset(word for word in found if word not in LIGHT_WORDS)
    return Worded(index, found, content or frozenset(found), gap, heading, place)


def likeness(old: Worded, new: Worded) -> float:
    """0 to 1: the mean of the shared words in order and the shared content words in any order."""
    shared = len(old.content & new.content)
    if not shared:
        return 0.0
    in_any_order = 2 * shared / (len(old.content) + len(new.content))
    return (Indel.normalized_similarity(old.words, new.words) + in_any_order) / 2


def similar_groups(old: Sequence[Worded], new: Sequence[Worded]) -> list[Group]:
    """The edited, split and merged provisions among passages that have no equal, in old order.

    The most alike pairs first, each passage once; then neighbors whose words the other side covers join them.
    """
    groups = [Group([i], [j]) for i, j in sorted(_edited(old, new))]
    by_old = {passage.index: passage for passage in old}
    by_new = {passage.index: passage for passage in new}
    _join_parts(groups, by_old, by_new)
    return groups


def _edited(old: Sequence[Worded], new: Sequence[Worded]) -> Iterator[tuple[int, int]]:
    alone = _alone_in_gap(old) & _alone_in_gap(new)
    candidates = [
        candidate
        for other, passage in _compared(old, new)
        if (candidate := _candidate(other, passage, alone)) is not None
    ]
    candidates.sort(key=lambda c: (-c.score, c.distance, c.old, c.new))
    old_taken: set[int] = set()
    new_taken: set[int] = set()
    for candidate in candidates:
        if candidate.old not in old_taken and candidate.new not in new_taken:
            old_taken.add(candidate.old)
            new_taken.add(candidate.new)
            yield candidate.old, candidate.new


def _alone_in_gap(passages: Sequence[Worded]) -> set[int]:
    counts = Counter(passage.gap for passage in passages)
    return {gap for gap, count in counts.items() if count == 1}


def _candidate(old: Worded, new: Worded, alone: set[int]) -> _Candidate | None:
    score = likeness(old, new)
    same_gap, same_heading = old.gap == new.gap, old.heading == new.heading
    if score < _least(same_gap and same_heading and old.gap in alone, same_gap or same_heading):
        return None
    bonus = _PLACE_BONUS * (same_gap + same_heading)
    distance = abs(old.place - new.place) if same_gap else 1.0 + abs(old.gap - new.gap)
    return _Candidate(round(score + bonus, 6), round(distance, 6), old.index, new.index)


def _least(is_alone: bool, is_in_place: bool) -> float:
    if is_alone:
        return _LIKE_ALONE
    return _LIKE_IN_PLACE if is_in_place else _LIKE_ANYWHERE


def _compared(old: Sequence[Worded], new: Sequence[Worded]) -> Iterator[tuple[Worded, Worded]]:
    """The pairs worth comparing, at most _MAX_SHARING + _MAX_NEAR for each new passage."""
    postings: dict[str, list[int]] = defaultdict(list)
    in_gap: dict[int, list[int]] = defaultdict(list)
    for at, passage in enumerate(old):
        in_gap[passage.gap].append(at)
        for word in passage.content:
            postings[word].append(at)
    for passage in new:
        sharing = _sharing(passage, postings)
        near = _near(passage, in_gap.get(passage.gap, []))
        for at in sorted({*sharing, *near}):
            yield old[at], passage


def _sharing(passage: Worded, postings: Mapping[str, list[int]]) -> Iterable[int]:
    known = [word for word in passage.content if len(postings.get(word, ())) in range(1, _MAX_POSTING + 1)]
    known.sort(key=lambda word: (len(postings[word]), word))
    counts = Counter(at for word in known[:_RARE_WORDS] for at in postings[word])
    return sorted(counts, key=lambda at: (-counts[at], at))[:_MAX_SHARING]


def _near(passage: Worded, places: Sequence[int]) -> Iterable[int]:
    if not places:
        return ()
    middle = round(passage.place * (len(places) - 1))
    start = max(0, min(middle - _MAX_NEAR // 2, len(places) - _MAX_NEAR))
    return places[start : start + _MAX_NEAR]


def _join_parts(groups: list[Group], old: Mapping[int, Worded], new: Mapping[int, Worded]) -> None:
    """Let neighbors without a partner join a group that covers their words: new ones first, then old."""
    free_new = set(new) - {group.new[0] for group in groups}
    free_old = set(old) - {group.old[0] for group in groups}
    for group in groups:
        _grow(group.new, free_new, new, old[group.old[0]])
        if len(group.new) == 1:
            _grow(group.old, free_old, old, new[group.new[0]])


def _grow(parts: list[int], free: set[int], passages: Mapping[int, Worded], whole: Worded) -> None:
    for step in (1, -1):
        neighbor = (parts[-1] if step == 1 else parts[0]) + step
        while neighbor in free and _is_part(neighbor, step, parts, passages, whole):
            parts.insert(len(parts) if step == 1 else 0, neighbor)
            free.discard(neighbor)
            neighbor += step


def _is_part(
    neighbor: int, step: int, parts: Sequence[int], passages: Mapping[int, Worded], whole: Worded
) -> bool:
    """Whether words of `whole` that the parts leave over make up the neighbor."""
    added = passages[neighbor]
    shared = added.content & whole.content
    if len(shared) < _PART_CONTENT or len(shared) < _PART_SHARE * len(added.content):
        return False
    held = tuple(word for part in parts for word in passages[part].words)
    joined = (*held, *added.words) if step == 1 else (*added.words, *held)
    gain = LCSseq.similarity(whole.words, joined) - LCSseq.similarity(whole.words, held)
    return gain >= _PART_SHARE * len(added.words)

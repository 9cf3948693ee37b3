"""Which provisions were cut into neighbors, or put together from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq

from clauses.core.likeness import LIKE_IN_PLACE, SAME, kept_words, likeness
from clauses.core.worded_passages import Worded

# What share of a neighbor's words must have come from (or gone to) the clause on the other side to be a part
# of it.
_PART_SHARE = 0.6
_PART_CONTENT = 3
# What share of its words of content a part brings along that was rewritten besides.
_REWRITTEN_SHARE = 0.4
# A provision is cut into so many pieces at most, is so many words long, and is tried with so many first pieces.
_MAX_PARTS = 64
_MAX_WHOLE = 3_000
_MAX_TRIES = 3


@dataclass(slots=True)
class Group:
    """Old and new indexes that are one provision: one of each, or one against several neighbors.

    `main` is which of several holds most words of the one on the other side: the record goes on with it.
    """

    old: list[int]
    new: list[int]
    main: int = 0


def scattered(
    compared: Iterable[tuple[Worded, Worded]],
    old: Mapping[int, Worded],
    new: Mapping[int, Worded],
    free_old: set[int],
    free_new: set[int],
) -> Iterator[Group]:
    """Provisions of which several neighbors between the same anchors hold more than half of the words."""
    pieces = [
        (kept_words(one.words, other.words), one.index, other.index)
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
    grow(parts, free - {first}, passages, whole)
    held = "".join(passages[part].words for part in parts)
    is_whole = len(parts) > 1 and kept_words(whole.words, held) > SAME * len(whole.words)
    return parts if is_whole else []


def rewritten(
    old: Mapping[int, Worded], new: Mapping[int, Worded], free_old: set[int], free_new: set[int]
) -> Iterator[Group]:
    """Neighbors that are like the one passage left at the same place on the other side only all together."""
    there, here = _by_place(old, free_old), _by_place(new, free_new)
    for place in sorted(there.keys() & here.keys()):
        before, after = there[place], here[place]
        if len(before) == 1 and (parts := _like_together([new[j] for j in after], old[before[0]])):
            yield Group(before, parts)
        elif len(after) == 1 and (parts := _like_together([old[i] for i in before], new[after[0]])):
            yield Group(parts, after)


def _by_place(passages: Mapping[int, Worded], free: Iterable[int]) -> dict[int, list[int]]:
    """The passages left over by the gap they stand in, in order, under whatever heading: each may have its own."""
    places: dict[int, list[int]] = defaultdict(list)
    for index in sorted(free):
        places[passages[index].gap].append(index)
    return places


def _like_together(parts: Sequence[Worded], whole: Worded) -> list[int]:
    """The indexes of the parts where they are neighbors, each has its share of the whole, and all are like it."""
    indexes = [part.index for part in parts]
    is_run = len(parts) in range(2, _MAX_PARTS + 1) and indexes[-1] - indexes[0] == len(parts) - 1
    if not is_run or not all(_has_share(part, whole) for part in parts):
        return []
    return indexes if likeness(_together(parts), whole, LIKE_IN_PLACE) >= LIKE_IN_PLACE else []


def grow_alike(parts: list[int], free: set[int], passages: Mapping[int, Worded], whole: Worded) -> None:
    """Let free neighbors at the same place join the parts of a provision as long as they make them more like it."""
    if len(whole.words) > _MAX_WHOLE or free.isdisjoint((parts[0] - 1, parts[-1] + 1)):
        return
    held = _together([passages[part] for part in parts])
    for step in (1, -1):
        neighbor = (parts[-1] if step == 1 else parts[0]) + step
        while neighbor in free and len(parts) < _MAX_PARTS and _has_share(passages[neighbor], whole):
            added = passages[neighbor]
            joined = _together([held, added] if step == 1 else [added, held])
            if added.gap != held.gap or likeness(joined, whole) <= likeness(held, whole):
                break
            parts.insert(len(parts) if step == 1 else 0, neighbor)
            free.discard(neighbor)
            held, neighbor = joined, neighbor + step


def _together(parts: Sequence[Worded]) -> Worded:
    words = "".join(part.words for part in parts)
    return replace(parts[0], words=words, content=frozenset[str]().union(*(part.content for part in parts)))


def _has_share(part: Worded, whole: Worded) -> bool:
    shared = len(part.content & whole.content)
    return shared >= max(_PART_CONTENT, _REWRITTEN_SHARE * len(part.content))


def _is_piece(one: Worded, other: Worded) -> bool:
    """Whether the shorter one could be a piece of the longer one."""
    whole, piece = (one, other) if len(one.words) >= len(other.words) else (other, one)
    shared = len(piece.content & whole.content) if len(whole.words) <= _MAX_WHOLE else 0
    return shared >= max(_PART_CONTENT, _PART_SHARE * len(piece.content))


def grow(parts: list[int], free: set[int], passages: Mapping[int, Worded], whole: Worded) -> None:
    """Let free neighbors join the parts of a provision as long as they hold words that the parts leave over."""
    if len(whole.words) > _MAX_WHOLE or free.isdisjoint((parts[0] - 1, parts[-1] + 1)):
        return
    held = "".join(passages[part].words for part in parts)
    kept: int | None = None
    for step in (1, -1):
        neighbor = (parts[-1] if step == 1 else parts[0]) + step
        while neighbor in free and len(parts) < _MAX_PARTS and _may_be_part(passages[neighbor], whole):
            added = passages[neighbor].words
            joined = held + added if step == 1 else added + held
            # Exact, also for large clauses: what a neighbor adds is lost in an estimate.
            kept = LCSseq.similarity(whole.words, held) if kept is None else kept
            gained = LCSseq.similarity(whole.words, joined)
            if gained - kept < _PART_SHARE * len(added):
                break
            parts.insert(len(parts) if step == 1 else 0, neighbor)
            free.discard(neighbor)
            held, kept, neighbor = joined, gained, neighbor + step


def _may_be_part(added: Worded, whole: Worded) -> bool:
    shared = len(added.content & whole.content)
    return shared >= max(min(_PART_CONTENT, len(added.content)), _PART_SHARE * len(added.content))

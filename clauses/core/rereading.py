"""Which records the clauses of versions are that were read anew: by the place they had in the same text before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clauses.core.revival import Gone, came_back
from clauses.core.values import Pair, Passage


@dataclass(frozen=True, slots=True)
class Placed:
    """A record and the characters of a version's text that it held."""

    record: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reread:
    """One version: where its records stood, where its clauses stand now, and their pairs with the version before."""

    was: Sequence[Placed]
    now: Sequence[tuple[int, int]]
    pairs: Sequence[Pair] = ()


@dataclass(slots=True)
class Mapped:
    """The record of every clause of every version, by index; numbers below zero are records that are new.

    `heirs` names for each record that holds nothing any more, or that stood in the latest version and holds
    nothing there, the one that holds its words; `cut_from` for each
    new record the one its words belonged to.
    """

    records: list[list[int]]
    steps: Sequence[Reread] = ()
    heirs: dict[int, int] = field(default_factory=dict)
    cut_from: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Overlap:
    size: int
    index: int
    record: int


def map_records(versions: Sequence[Reread]) -> Mapped:
    """The records of versions that were read anew, oldest version first.

    The latest version decides: a clause is the record whose words it holds most of. Going back, a clause is the
    record of the one it became, else again the record whose words it holds. So no record that stands gets
    another number, and each stands once in a version. Linear in the clauses, but for sorting.
    """
    mapped = Mapped([[] for _ in versions], versions)
    fresh = 0
    following: dict[int, int] = {}
    for at in reversed(range(len(versions))):
        version = versions[at]
        placed = dict(following)
        overlaps = sorted(_overlaps(version), key=lambda one: (-one.size, one.index, one.record))
        taken = set(placed.values())
        for one in overlaps:
            if one.index not in placed and one.record not in taken:
                placed[one.index] = one.record
                taken.add(one.record)
        for index in range(len(version.now)):
            if index not in placed:
                fresh -= 1
                placed[index] = fresh
        mapped.records[at] = [placed[index] for index in range(len(version.now))]
        _note_origins(mapped, overlaps, placed)
        following = {
            pair.successor[0]: placed[pair.successor[1]]
            for pair in version.pairs
            if pair.successor is not None
        }
    mapped.heirs = _heirs(versions, mapped.records)
    return mapped


def note_history(mapped: Mapped, passages: Sequence[Sequence[Passage]], earlier: int) -> None:
    """Follow what went and came back, and what was cut up, in the first `earlier` versions: nobody did so before.

    A clause that went in one of them and came back, in whichever version, is one record from its beginning on.
    """
    if not earlier:
        return
    begun: dict[int, int] = {}
    gone: dict[int, Gone] = {}
    for at, now in enumerate(mapped.records):
        added = [index for index, record in enumerate(now) if record not in begun]
        waiting = sorted(gone, key=begun.__getitem__)
        back = came_back([gone[record] for record in waiting], [passages[at][index] for index in added])
        for index, which in back.items():
            _rename(mapped.records[:at], waiting[which], now[added[index]])
            begun[now[added[index]]] = begun.pop(waiting[which])
            del gone[waiting[which]]
        if at <= earlier:
            _note_pieces(mapped, at, begun)
        for record in now:
            begun.setdefault(record, len(begun))
        if 0 < at <= earlier:
            # What went in this very version was held against what came in it already.
            gone |= _leaving(mapped, at - 1, passages[at - 1])


def _rename(versions: Sequence[list[int]], record: int, name: int) -> None:
    for found in versions:
        found[:] = [name if one == record else one for one in found]


def _note_pieces(mapped: Mapped, at: int, begun: Mapping[int, int]) -> None:
    now = mapped.records[at]
    for pair in mapped.steps[at].pairs:
        if len(pair.new) > 1 and pair.successor:
            for record in (now[index] for index in pair.new):
                if record not in begun:
                    mapped.cut_from[record] = now[pair.successor[1]]


def _leaving(mapped: Mapped, at: int, passages: Sequence[Passage]) -> dict[int, Gone]:
    """The records that stand in a version for the last time and were not merged into another one."""
    now, after = mapped.records[at], set(mapped.records[at + 1])
    merged = {now[index] for pair in mapped.steps[at + 1].pairs if len(pair.old) > 1 for index in pair.old}
    return {
        record: Gone(passages[index].text, passages[index].heading_path)
        for index, record in enumerate(now)
        if record not in after and record not in merged
    }


def joined(pairs: Iterable[Pair], before: Sequence[int], after: Sequence[int]) -> tuple[Pair, ...]:
    """The pairs of two versions in which what went and what came under one record is one edited clause."""
    found = list(pairs)
    gone = {before[pair.old[0]]: pair.old for pair in found if not pair.new}
    came = {after[pair.new[0]] for pair in found if not pair.old}
    both = gone.keys() & came
    return tuple(
        Pair("modified", gone[after[pair.new[0]]], pair.new)
        if not pair.old and after[pair.new[0]] in both
        else pair
        for pair in found
        if pair.new or before[pair.old[0]] not in both
    )


def _overlaps(version: Reread) -> Iterator[_Overlap]:
    """How many characters each clause shares with each record; both are in the order of the text."""
    was = sorted(version.was, key=lambda one: (one.start, one.end))
    first = 0
    for index, (start, end) in enumerate(version.now):
        while first < len(was) and was[first].end <= start:
            first += 1
        at = first
        while at < len(was) and was[at].start < end:
            size = min(end, was[at].end) - max(start, was[at].start)
            if size > 0:
                yield _Overlap(size, index, was[at].record)
            at += 1


def _note_origins(mapped: Mapped, overlaps: Sequence[_Overlap], placed: Mapping[int, int]) -> None:
    for one in overlaps:
        if placed[one.index] < 0:
            mapped.cut_from.setdefault(placed[one.index], one.record)


def _heirs(versions: Sequence[Reread], records: Sequence[Sequence[int]]) -> dict[int, int]:
    """For each record without a clause: who holds its last words, else the clause after them or before them.

    What stood in the latest version counts as without a clause where it has none there: it is no removal of theirs.
    """
    used = set(records[-1]) if records else set()
    everywhere = {record for found in records for record in found}
    heirs: dict[int, int] = {}
    for version, found in zip(reversed(versions), reversed(records), strict=True):
        lost = [one for one in version.was if one.record not in used and one.record not in heirs]
        used |= everywhere
        if not lost or not found:
            continue
        best: dict[int, _Overlap] = {}
        for overlap in _overlaps(version):
            held = best.get(overlap.record)
            if held is None or overlap.size > held.size:
                best[overlap.record] = overlap
        for one in lost:
            index = best[one.record].index if one.record in best else _next_to(one, version.now)
            heirs[one.record] = found[index]
    return heirs


def _next_to(lost: Placed, now: Sequence[tuple[int, int]]) -> int:
    return min(bisect_left(now, (lost.end, 0)), len(now) - 1)

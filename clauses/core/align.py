"""Which clause of the new version is which clause of the old one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clauses.core.equal_passages import Gap, Match, equal_matches, gaps_between, ordered_matches
from clauses.core.parted_passages import Group
from clauses.core.similar_passages import similar_groups
from clauses.core.table_rows import are_other_rows, named_rows
from clauses.core.values import Pair, PairKind, Passage
from clauses.core.worded_passages import Placed, worded
from monitor.core.normalize import fingerprint

# A clause number: "4.2", "4.", "(a)", "iv)", "Section 3:". A bare number that may be a quantity ("30 days")
# is none.
_NUMBER = re.compile(
    r"\s*(?:(?i:section|article|clause|part|§+)\s*(?:\d+(?:\.\d+)*|[IVXLC]+)[.):]?\s+(?=[^\sa-z])"
    r"|(?:\d+(?:\.\d+)+[.):]?|\d{1,3}[.):]|[A-Za-z][.):]|[IVXLCivxlc]{1,6}[.):])\s+(?=[^\sa-z])"
    r"|\((?:\d{1,3}|[A-Za-z]{1,2}|[ivxlcIVXLC]{1,6})\)\s*)"
)
_Left = tuple[Sequence[int], Sequence[int]]
_TURNED: Mapping[PairKind, PairKind] = {
    "added": "removed",
    "removed": "added",
    "split": "merged",
    "merged": "split",
}


def without_number(text: str) -> str:
    """The text of a clause without the number it starts with."""
    found = _NUMBER.match(text)
    return text[found.end() :] if found else text


@dataclass(frozen=True, slots=True)
class _Side:
    """The passages of a version, with the keys of their wordings and of their headings."""

    passages: Sequence[Passage]
    keys: list[str]
    headings: list[tuple[str, ...]]

    @property
    def places(self) -> list[tuple[str, tuple[str, ...]]]:
        return list(zip(self.keys, self.headings, strict=True))


def align(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Pair, ...]:
    """Pairs that hold every index of both sides exactly once, by new position, removed ones where they stood.

    Equal texts pair first (in order they are unchanged, out of order or under another heading moved;
    duplicates pair in order), then texts equal but for their number (renumbered), then rows of a table of one
    name and similar texts (modified), then neighbors one clause was split into or merged from. A heading that
    changes its title or number keeps its clauses. The work is bounded: see the limits in `equal_passages`,
    `worded_passages`, `likeness` and `parted_passages`.
    Deterministic, and the same when the sides are swapped: what was added is removed, what was split is merged.
    """
    before, after = _side(old), _side(new)
    if (after.keys, after.headings) < (before.keys, before.headings):
        # Where two answers are equally good, the order of the sides must not decide.
        return _arranged(_turned(pair) for pair in _paired(after, before))
    return _arranged(_paired(before, after))


def _side(passages: Sequence[Passage]) -> _Side:
    return _Side(passages, [passage.sha256 for passage in passages], [*map(heading_key, passages)])


def _turned(pair: Pair) -> Pair:
    return Pair(_TURNED.get(pair.kind, pair.kind), pair.new, pair.old, pair.main)


def _paired(old: _Side, new: _Side) -> list[Pair]:
    equal = list(_with_moves_under_headings(_anchors(old, new), old, new))
    left = _left((range(len(old.keys)), range(len(new.keys))), equal)
    moved = [Pair("moved", (i,), (j,)) for i, j in equal_matches(old.keys, new.keys, *left)]
    left = _left(left, moved)
    renumbered = _renumbered(old, new, *left)
    left = _left(left, renumbered)
    named = named_rows(old.passages, new.passages, (old.headings, new.headings), left)
    rows = [Pair("modified", (i,), (j,)) for i, j in named]
    left = _left(left, rows)
    similar = _similar(old, new, *left, _in_order(equal))
    old_left, new_left = _left(left, similar)
    added = [Pair("added", (), (j,)) for j in new_left]
    removed = [Pair("removed", (i,), ()) for i in old_left]
    return [*equal, *moved, *renumbered, *rows, *similar, *added, *removed]


def _anchors(old: _Side, new: _Side) -> list[Match]:
    """Equal texts in order: those under the same heading anchor first, the others between them."""
    found = ordered_matches(old.places, new.places)
    between: list[Match] = []
    for gap in gaps_between(found, Gap(0, len(old.keys), 0, len(new.keys))):
        inside = ordered_matches(old.keys[gap.i1 : gap.i2], new.keys[gap.j1 : gap.j2])
        between += [(i + gap.i1, j + gap.j1) for i, j in inside]
    return sorted((*found, *between))


def heading_key(passage: Passage) -> tuple[str, ...]:
    """Its heading path as it is compared: without numbers and letter case."""
    return tuple(map(_title_key, passage.heading_path))


@lru_cache(maxsize=4096)
def _title_key(heading: str) -> str:
    """The same few headings stand above all clauses of a document."""
    return without_number(heading).strip().casefold()


def _with_moves_under_headings(matches: Iterable[Match], old: _Side, new: _Side) -> Iterator[Pair]:
    """Equal texts in order as pairs, those that went from one heading to another that both versions know as moved."""
    old_headings, new_headings = set(old.headings), set(new.headings)
    for i, j in matches:
        left, right = old.headings[i], new.headings[j]
        is_renamed = left not in new_headings and right not in old_headings
        yield Pair("unchanged" if left == right or is_renamed else "moved", (i,), (j,))


def _left(left: _Left, pairs: Sequence[Pair]) -> _Left:
    """What is left over of both sides when the pairs are taken, too."""
    old_taken = {i for pair in pairs for i in pair.old}
    new_taken = {j for pair in pairs for j in pair.new}
    return [i for i in left[0] if i not in old_taken], [j for j in left[1] if j not in new_taken]


def _renumbered(old: _Side, new: _Side, old_left: Sequence[int], new_left: Sequence[int]) -> list[Pair]:
    found = ordered_matches(
        [_unnumbered_key(old, i) for i in old_left], [_unnumbered_key(new, j) for j in new_left]
    )
    return [Pair("renumbered", (old_left[i],), (new_left[j],)) for i, j in found]


def _unnumbered_key(side: _Side, index: int) -> str:
    """The key of a wording without its number."""
    text = side.passages[index].text
    bare = without_number(text)
    return side.keys[index] if bare == text else fingerprint(bare)


def _in_order(pairs: Iterable[Pair]) -> list[Match]:
    return sorted((pair.old[0], pair.new[0]) for pair in pairs if pair.kind == "unchanged")


def _similar(
    old: _Side,
    new: _Side,
    old_left: Sequence[int],
    new_left: Sequence[int],
    anchors: Sequence[Match],
) -> list[Pair]:
    if not old_left or not new_left:
        return []
    groups = similar_groups(
        *worded(
            _placed(old, old_left, [i for i, _ in anchors]),
            _placed(new, new_left, [j for _, j in anchors]),
        )
    )
    pairs = (
        Pair(_group_kind(group), tuple(group.old), tuple(group.new), main=group.main) for group in groups
    )
    return [pair for pair in pairs if not _joins_other_rows(pair, old, new)]


def _joins_other_rows(pair: Pair, old: _Side, new: _Side) -> bool:
    return pair.kind == "modified" and are_other_rows(old.passages[pair.old[0]], new.passages[pair.new[0]])


def _placed(side: _Side, left: Sequence[int], anchors: Sequence[int]) -> Iterator[Placed]:
    """The passages left over, each with the number of the gap between anchors it stands in."""
    bounds = [-1, *anchors, len(side.keys)]
    gap = 0
    for index in left:
        while bounds[gap + 1] < index:
            gap += 1
        start, end = bounds[gap] + 1, bounds[gap + 1]
        place = (index - start) / max(1, end - start - 1)
        yield Placed(index, without_number(side.passages[index].text), gap, side.headings[index], place)


def _group_kind(group: Group) -> PairKind:
    if len(group.new) > 1:
        return "split"
    return "merged" if len(group.old) > 1 else "modified"


def _arranged(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """By new position; a removed clause comes after the clause it stood behind."""
    found = list(pairs)
    stays = {pair.old[-1]: pair.new[-1] for pair in found if pair.old and pair.new and pair.kind != "moved"}
    places: list[tuple[int, int, int, Pair]] = []
    anchor = -1
    removed = {pair.old[0]: pair for pair in found if pair.kind == "removed"}
    for i in sorted({*stays, *removed}):
        anchor = stays.get(i, anchor)
        if i in removed:
            places.append((anchor, 1, i, removed[i]))
    places += [(pair.new[0], 0, 0, pair) for pair in found if pair.new]
    return tuple(pair for *_, pair in sorted(places))

"""Which clause of the new version is which clause of the old one."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence

from clauses.core.equal_passages import Match, equal_matches, gaps_between, ordered_matches
from clauses.core.similar_passages import Group, similar_groups
from clauses.core.values import Pair, PairKind, Passage
from clauses.core.worded_passages import Worded, worded
from monitor.core.normalize import fingerprint

# A clause number: "4.2", "4.", "(a)", "iv)", "Section 3:". A bare number that may be a quantity ("30 days")
# is none.
_NUMBER = re.compile(
    r"\s*(?:(?i:section|article|clause|part|§+)\s*(?:\d+(?:\.\d+)*|[IVXLC]+)[.):]?\s+(?=[^\sa-z])"
    r"|(?:\d+(?:\.\d+)+[.):]?|\d{1,3}[.):]|[A-Za-z][.):]|[IVXLCivxlc]{1,6}[.):])\s+(?=[^\sa-z])"
    r"|\((?:\d{1,3}|[A-Za-z]{1,2}|[ivxlcIVXLC]{1,6})\)\s*)"
)


def without_number(text: str) -> str:
    """The text of a clause without the number it starts with."""
    found = _NUMBER.match(text)
    return text[found.end() :] if found else text


def align(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Pair, ...]:
    """Pairs that hold every index of both sides exactly once, by new position, removed ones where they stood.

    Equal texts pair first (in order they are unchanged, out of order or under another heading moved;
    duplicates pair in order), then texts equal but for their number (renumbered), then similar ones
    (modified), then neighbors one clause was split into or merged from. A heading that changes its title or
    number keeps its clauses. The work is bounded: see the limits in `equal_passages`, `worded_passages` and
    `similar_passages`.
    Deterministic.
    """
    anchors = _anchors(old, new)
    pairs = [Pair("unchanged", (i,), (j,)) for i, j in anchors]
    pairs = list(_with_moves_under_headings(pairs, old, new))
    old_left, new_left = _left(pairs, old, new)
    moved = equal_matches(*_keys(old, new), old_left, new_left)
    pairs += [Pair("moved", (i,), (j,)) for i, j in moved]
    old_left, new_left = _left(pairs, old, new)
    pairs += _renumbered(old, new, old_left, new_left)
    old_left, new_left = _left(pairs, old, new)
    pairs += _similar(old, new, old_left, new_left, _in_order(pairs))
    old_left, new_left = _left(pairs, old, new)
    pairs += [Pair("added", (), (j,)) for j in new_left]
    pairs += [Pair("removed", (i,), ()) for i in old_left]
    return _arranged(pairs)


def _keys(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[list[str], list[str]]:
    return [passage.sha256 for passage in old], [passage.sha256 for passage in new]


def _anchors(old: Sequence[Passage], new: Sequence[Passage]) -> list[Match]:
    """Equal texts in order: those under the same heading anchor first, the others between them."""
    old_keys, new_keys = _keys(old, new)
    old_places = [(key, heading_key(passage)) for key, passage in zip(old_keys, old, strict=True)]
    new_places = [(key, heading_key(passage)) for key, passage in zip(new_keys, new, strict=True)]
    found = ordered_matches(old_places, new_places)
    between: list[Match] = []
    for gap in gaps_between(found, len(old), len(new)):
        inside = ordered_matches(old_keys[gap.i1 : gap.i2], new_keys[gap.j1 : gap.j2])
        between += [(i + gap.i1, j + gap.j1) for i, j in inside]
    return sorted((*found, *between))


def heading_key(passage: Passage) -> tuple[str, ...]:
    """Its heading path as it is compared: without numbers and letter case."""
    return tuple(without_number(heading).strip().casefold() for heading in passage.heading_path)


def _with_moves_under_headings(
    pairs: Iterable[Pair], old: Sequence[Passage], new: Sequence[Passage]
) -> Iterator[Pair]:
    """Pairs in order, those that went from one heading to another that both versions know as moved."""
    old_headings = {heading_key(passage) for passage in old}
    new_headings = {heading_key(passage) for passage in new}
    for pair in pairs:
        left, right = heading_key(old[pair.old[0]]), heading_key(new[pair.new[0]])
        is_renamed = left not in new_headings and right not in old_headings
        yield pair if left == right or is_renamed else Pair("moved", pair.old, pair.new)


def _left(
    pairs: Iterable[Pair], old: Sequence[Passage], new: Sequence[Passage]
) -> tuple[list[int], list[int]]:
    taken = list(pairs)
    old_taken = {i for pair in taken for i in pair.old}
    new_taken = {j for pair in taken for j in pair.new}
    return (
        [i for i in range(len(old)) if i not in old_taken],
        [j for j in range(len(new)) if j not in new_taken],
    )


def _renumbered(
    old: Sequence[Passage], new: Sequence[Passage], old_left: Sequence[int], new_left: Sequence[int]
) -> list[Pair]:
    old_keys: dict[int, Hashable] = {i: fingerprint(without_number(old[i].text)) for i in old_left}
    new_keys: dict[int, Hashable] = {j: fingerprint(without_number(new[j].text)) for j in new_left}
    found = ordered_matches(list(old_keys.values()), list(new_keys.values()))
    return [Pair("renumbered", (old_left[i],), (new_left[j],)) for i, j in found]


def _in_order(pairs: Iterable[Pair]) -> list[Match]:
    return sorted((pair.old[0], pair.new[0]) for pair in pairs if pair.kind == "unchanged")


def _similar(
    old: Sequence[Passage],
    new: Sequence[Passage],
    old_left: Sequence[int],
    new_left: Sequence[int],
    anchors: Sequence[Match],
) -> list[Pair]:
    groups = similar_groups(
        list(_worded(old, old_left, [i for i, _ in anchors])),
        list(_worded(new, new_left, [j for _, j in anchors])),
    )
    return [Pair(_group_kind(group), tuple(group.old), tuple(group.new), main=group.main) for group in groups]


def _worded(passages: Sequence[Passage], left: Sequence[int], anchors: Sequence[int]) -> Iterator[Worded]:
    """The passages left over, each with the number of the gap between anchors it stands in."""
    bounds = [-1, *anchors, len(passages)]
    gap = 0
    for index in left:
        while bounds[gap + 1] < index:
            gap += 1
        start, end = bounds[gap] + 1, bounds[gap + 1]
        place = (index - start) / max(1, end - start - 1)
        passage = passages[index]
        yield worded(index, without_number(passage.text), gap, heading_key(passage), place)


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
    return tuple(pair for *_, pair in sorted(places, key=lambda place: place[:3]))

"""Ranges of a page: what stands between two places of it, also where they cut through elements (DOM Standard, 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from soupsieve import SoupSieve

# Parts of a table mean nothing without it.
_TABLE_PARTS = frozenset({"thead", "tbody", "tfoot", "tr"})

# The place of a boundary: the index of each ancestor among its siblings from the top, then its own index. Tuples
# compare as the places do in the document.
_Place = tuple[int, ...]


class Range(NamedTuple):
    """From the first match of one selector to the first match of another, each with or without the match."""

    start: SoupSieve
    is_start_after: bool
    end: SoupSieve
    is_end_after: bool


class Cut(NamedTuple):
    """An element that a range begins or ends in, and those of its children that stand wholly in the range."""

    tag: Tag
    nodes: list[PageElement]


class Contents(NamedTuple):
    """What a range holds: elements it begins in and ends in, outermost first, and what is between them.

    `around` is what is around all of it and tells how to read it: the innermost element that holds both ends, and
    the table around that where it is a part of one.
    """

    around: list[Tag]
    head: list[Cut]
    middle: list[PageElement]
    tail: list[Cut]

    def nodes(self) -> Iterator[PageElement]:
        """What stands wholly in the range, in document order."""
        for cut in reversed(self.head):
            yield from cut.nodes
        yield from self.middle
        for cut in self.tail:
            yield from cut.nodes


def contents(page: BeautifulSoup, between: Range) -> Contents | None:
    """What a range holds; None where an end is not found or stands before the start."""
    first, last = between.start.select_one(page), between.end.select_one(page)
    if first is None or last is None:
        return None
    start = _place(first, between.is_start_after)
    end = _place(last, between.is_end_after)
    return _contents(page, start, end) if start < end else None


def detach(nodes: Iterable[PageElement]) -> None:
    """Take nodes of which none holds another out of their tree, in time that grows with their number.

    Taking them out one by one would look for each among all its siblings.
    """
    gone: set[int] = set()
    parents: dict[int, Tag] = {}
    for node in nodes:
        if node.parent is not None:
            gone.add(id(node))
            parents[id(node.parent)] = node.parent
            last = _last(node)
            _chain(node.previous_element, last.next_element)
            node.parent = node.previous_element = last.next_element = None
    for parent in parents.values():
        left = [node for node in parent.contents if id(node) not in gone]
        for node in parent.contents:
            if id(node) in gone:
                node.previous_sibling = node.next_sibling = None
        _adopt(parent, left)


def fragment(page: BeautifulSoup, held: Contents, taken: Collection[int] = ()) -> Tag:
    """The contents of a range as a tree of their own, taken out of the page; without nodes whose id is taken."""
    free = [node for node in held.nodes() if id(node) not in taken]
    detach(free)
    kept = set(map(id, free))
    around = [_shell(page, tag) for tag in held.around]
    head = [_shell(page, cut.tag) for cut in held.head]
    tail = [_shell(page, cut.tag) for cut in held.tail]
    for outer, inner in pairwise(around):
        _adopt(outer, [inner])
    _adopt(around[-1], [*head[:1], *_of(held.middle, kept), *tail[:1]])
    for at, cut in enumerate(held.head):
        _adopt(head[at], [*head[at + 1 : at + 2], *_of(cut.nodes, kept)])
    for at, cut in enumerate(held.tail):
        _adopt(tail[at], [*_of(cut.nodes, kept), *tail[at + 1 : at + 2]])
    _chain_all(around[0])
    return around[0]


def _place(tag: Tag, is_after: bool) -> _Place:
    steps = [_index(tag) + is_after]
    steps += [_index(parent) for parent in tag.parents if parent.parent is not None]
    return tuple(reversed(steps))


def _index(tag: Tag) -> int:
    # By identity: `list.index` would compare whole trees.
    siblings = tag.parent.contents if tag.parent else []
    return next(at for at, sibling in enumerate(siblings) if sibling is tag)


def _contents(page: Tag, start: _Place, end: _Place) -> Contents:
    depth = 0
    shortest = min(len(start), len(end)) - 1
    while depth < shortest and start[depth] == end[depth]:
        page, depth = _child(page, start[depth]), depth + 1
    start, end = start[depth:], end[depth:]
    middle = page.contents[start[0] + (len(start) > 1) : end[0]]
    head = [Cut(tag, tag.contents[at:]) for tag, at in _cuts(page, start, 1)]
    tail = [Cut(tag, tag.contents[:at]) for tag, at in _cuts(page, end, 0)]
    return Contents(_around(page), head, middle, tail)


def _cuts(tag: Tag, place: _Place, skipped: int) -> Iterator[tuple[Tag, int]]:
    """The elements a boundary stands in, with the index it cuts their children at."""
    for depth, at in enumerate(place[:-1], 1):
        tag = _child(tag, at)
        yield tag, place[depth] + (skipped if depth < len(place) - 1 else 0)


def _child(tag: Tag, at: int) -> Tag:
    child = tag.contents[at]
    if not isinstance(child, Tag):
        raise TypeError("A boundary stands in an element.")
    return child


def _around(tag: Tag) -> list[Tag]:
    around = [tag]
    while around[-1].name in _TABLE_PARTS and around[-1].parent is not None:
        around.append(around[-1].parent)
    return list(reversed(around))


def _shell(page: BeautifulSoup, tag: Tag) -> Tag:
    shell = page.new_tag(tag.name)
    shell.attrs = dict(tag.attrs)
    return shell


def _of(nodes: Iterable[PageElement], kept: set[int]) -> list[PageElement]:
    return [node for node in nodes if id(node) in kept]


def _adopt(parent: Tag, children: Sequence[PageElement]) -> None:
    parent.contents = list(children)
    before: PageElement | None = None
    for child in children:
        child.parent = parent
        child.previous_sibling, child.next_sibling = before, None
        if before is not None:
            before.next_sibling = child
        before = child


def _chain_all(root: Tag) -> None:
    before: PageElement | None = None
    stack: list[PageElement] = [root]
    while stack:
        node = stack.pop()
        _chain(before, node)
        before = node
        if isinstance(node, Tag):
            stack.extend(reversed(node.contents))
    _chain(before, None)


def _chain(before: PageElement | None, after: PageElement | None) -> None:
    if before is not None:
        before.next_element = after
    if after is not None:
        after.previous_element = before


def _last(node: PageElement) -> PageElement:
    while isinstance(node, Tag) and node.contents:
        node = node.contents[-1]
    return node

"""From an element of a page to its blocks, by walking it: inline tags never break a block."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from bs4.element import CData, NavigableString, PageElement, Tag

from monitor.core.blocks import BlockKind
from monitor.core.drafts import Draft, clean
from monitor.core.html_tables import is_grid, rows
from monitor.core.page_parts import Surroundings, is_left_out
from monitor.core.page_survey import HEADINGS, opens_part, role
from monitor.core.typed_marks import begins_list_mark, ends_sentence, reads_as_title

_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BOLD = frozenset({"b", "strong", "summary"})
_MEANS_ALONE = HEADINGS | _LISTS | {"li", "table", "pre"}
_TITLED = HEADINGS | {"summary", "dt"}
_MAX_LEVEL = 6
_OPENING = ("(", "[", "{", "“", "«", "‘", '"', "'", "/", "—", "–", "-")


class _Place(NamedTuple):
    around: Surroundings
    kind: BlockKind = "paragraph"
    level: int = 0
    lists: int = 0
    bold: bool = False
    preformatted: bool = False


# A node to read, or None where the block with this place ends.
_Step = tuple[PageElement | None, _Place]


class _Writer:
    """Collects the pieces of the open block and the blocks closed so far."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._pieces: list[str] = []
        self._is_bold = True
        self._after_break = False
        self._is_apart = False
        self._last_words = ""
        self._heading_level = 1

    def write(self, text: str, place: _Place) -> None:
        if not text.strip():
            self._pieces.append(text)
            return
        if self._after_break:
            self._settle_break(text, place)
        if self._is_apart:
            self._settle_apart(text)
        self._pieces.append(text)
        self._last_words = text
        self._is_bold = self._is_bold and place.bold

    def set_apart(self) -> None:
        """What comes next is set apart by style alone, unless it reads on: a comma or a bracket does."""
        self._is_apart = True

    def _settle_apart(self, following: str) -> None:
        self._is_apart = False
        if following[:1].isalnum() and not self._last_words.endswith(_OPENING):
            self._pieces.append(" ")

    def line_break(self, place: _Place) -> None:
        if self._after_break:
            self.close(place)
        elif place.kind == "heading":
            self._pieces.append(" ")
        else:
            self._after_break = True

    def _settle_break(self, following: str, place: _Place) -> None:
        """One break ends a paragraph after a sentence or title, or before a list mark; else it is a space.

        Editors put a single break in addresses and in the middle of sentences as often as between paragraphs.
        """
        is_title = self._is_bold and not place.bold
        if ends_sentence(self._last_words) or begins_list_mark(following) or is_title:
            self.close(place)
        else:
            self._after_break = False
            self._pieces.append(" ")

    def close(self, place: _Place) -> None:
        text = clean("".join(self._pieces)) if self._pieces else ""
        if text:
            self.drafts.append(self._draft(text, place))
        self._pieces.clear()
        self._is_apart = False
        self._is_bold = True
        self._after_break = False

    def _draft(self, text: str, place: _Place) -> Draft:
        if place.kind == "heading":
            self._heading_level = place.level
            return Draft("heading", text, place.level)
        if place.kind == "paragraph" and self._is_bold and reads_as_title(text, emphatic=True):
            return Draft("heading", text, min(self._heading_level + 1, _MAX_LEVEL))
        return Draft(place.kind, text, place.level)


def blocks_of(root: Tag, around: Surroundings) -> list[Draft]:
    """The blocks of an element in document order: headings, paragraphs, list items, table rows.

    A short paragraph all in bold is a heading below the last marked one. A list item that holds a heading is
    a section, and its paragraphs are paragraphs. `around` says where the element stands: in a chosen one all
    words are kept, inside of the text headers and footers are.
    """
    writer = _Writer()
    place = _Place(around)
    stack: list[_Step] = [(child, place) for child in reversed(root.contents)]
    if root.name in _MEANS_ALONE:
        stack = [(root, place)]
    while stack:
        node, place = stack.pop()
        if node is None:
            writer.close(place)
        elif isinstance(node, Tag):
            stack.extend(_open(node, place, writer))
        elif type(node) is NavigableString or isinstance(node, CData):
            _write(str(node), place, writer)
    writer.close(_Place(around))
    return writer.drafts


def _open(tag: Tag, place: _Place, writer: _Writer) -> Iterable[_Step]:
    """What to put on the stack for an element, last first."""
    if is_left_out(tag, place.around):
        return ()
    if tag.name == "br":
        writer.line_break(place)
        return ()
    if tag.name == "table" and id(tag) not in place.around.page.frames and is_grid(tag):
        writer.close(place)
        writer.drafts.extend(rows(tag, partial(_cell_text, around=place.around)))
        return ()
    if _stands_apart(tag):
        writer.set_apart()
    inner = _place_in(tag, place)
    below: list[_Step] = [(child, inner) for child in reversed(tag.contents)]
    if tag.name in _BLOCK_TAGS or inner.kind != place.kind:
        writer.close(place)
        return [(None, inner), *below]
    return below


def _stands_apart(tag: Tag) -> bool:
    """Whether a link and the element before it are set apart by style alone: no text stands around them."""
    before = tag.previous_sibling
    if not isinstance(before, Tag) or "a" not in (tag.name, before.name):
        return False
    return _no_text(before.previous_sibling) and _no_text(tag.next_sibling)


def _no_text(node: object) -> bool:
    return type(node) is not NavigableString or not node.strip()


def _write(text: str, place: _Place, writer: _Writer) -> None:
    if not place.preformatted:
        writer.write(text, place)
        return
    first, *others = text.split("\n")
    writer.write(first, place)
    for line in others:
        writer.line_break(place)
        writer.write(line, place)


def _place_in(tag: Tag, place: _Place) -> _Place:
    name = tag.name
    around = _around_in(tag, place.around)
    if around is not place.around:
        place = place._replace(around=around)
    level = _heading_level(tag)
    if level:
        return place._replace(kind="heading", level=level)
    if place.kind == "heading":
        return place._replace(bold=True) if name in _BOLD else place
    if name in _BOLD:
        return place._replace(bold=True)
    if name == "pre":
        return place._replace(preformatted=True)
    return _place_in_list(tag, place)


def _place_in_list(tag: Tag, place: _Place) -> _Place:
    name = tag.name
    if name in _LISTS:
        return place._replace(lists=place.lists + 1)
    if name == "li" and id(tag) in place.around.page.sections:
        return place._replace(kind="paragraph", level=0, lists=0)
    if name == "li":
        depth = max(place.lists, 1)
        return place._replace(kind="item", level=depth, lists=depth)
    if name == "dd":
        depth = place.lists + 1
        return place._replace(kind="item", level=depth, lists=depth)
    return place


def _around_in(tag: Tag, around: Surroundings) -> Surroundings:
    if not around.inside and opens_part(tag):
        around = around._replace(inside=True)
    if tag.name in _TITLED and not around.titled:
        around = around._replace(titled=True)
    return around


def _heading_level(tag: Tag) -> int:
    if tag.name in HEADINGS:
        return int(tag.name[1])
    if tag.attrs and role(tag) == "heading":
        stated = str(tag.get("aria-level") or "2")
        return min(max(int(stated), 1), _MAX_LEVEL) if re.fullmatch("[0-9]{1,3}", stated) else 2
    return 0


def _cell_text(cell: Tag, around: Surroundings) -> str:
    return " ".join(draft.text for draft in blocks_of(cell, around._replace(inside=True)))

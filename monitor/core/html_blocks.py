"""From an element of a page to its blocks, by walking it: inline tags never break a block."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from bs4.element import CData, NavigableString, PageElement, Tag, TemplateString

from monitor.core.block_writer import MAX_LEVEL, Place, Writer
from monitor.core.drafts import Draft
from monitor.core.html_tables import is_grid, rows
from monitor.core.page_parts import Surroundings, is_left_out
from monitor.core.page_survey import HEADINGS, opens_part, role

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
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BOLD = frozenset({"b", "strong", "summary"})
# Not those of comments, scripts and the like; templates are read only where they are shadow roots.
_TEXTS = frozenset({NavigableString, CData, TemplateString})
_MEANS_ALONE = HEADINGS | _LISTS | {"li", "table", "pre"}
_TITLED = HEADINGS | {"summary", "dt"}
_BLOCK_ROLES = frozenset(
    {"row", "rowgroup", "table", "grid", "list", "listitem", "paragraph", "tab", "tabpanel"}
)
_CELL_ROLES = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
# The number of a footnote holds no more nodes.
_MARK_NODES = 20
# A unit of measure is shorter.
_WORD_BEFORE = re.compile(r"[^\W\d_]{4}[.,;:!?\")»”’]*\Z")


# A node to read, or None where the block with this place ends.
_Step = tuple[PageElement | None, Place]


def blocks_of(root: Tag, around: Surroundings) -> list[Draft]:
    """The blocks of an element in document order: headings, paragraphs, list items, table rows.

    A short paragraph all in bold is a heading below the last marked one. A list item that holds a heading is
    a section, and its paragraphs are paragraphs. `around` says where the element stands: in a chosen one all
    words are kept, inside of the text headers and footers are.
    """
    writer = Writer()
    place = Place(around)
    stack: list[_Step] = [(child, place) for child in reversed(root.contents)]
    if root.name in _MEANS_ALONE:
        stack = [(root, place)]
    while stack:
        node, place = stack.pop()
        if node is None:
            writer.close(place)
        elif isinstance(node, Tag):
            stack.extend(_open(node, place, writer))
        elif type(node) in _TEXTS:
            _write(str(node), place, writer)
    writer.close(Place(around))
    return writer.drafts


def _open(tag: Tag, place: Place, writer: Writer) -> Iterable[_Step]:
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
    if _is_note_mark(tag, writer.last_words):
        writer.write(" ", place)
    elif _stands_apart(tag):
        writer.set_apart()
    inner = _place_in(tag, place)
    below: list[_Step] = [(child, inner) for child in reversed(tag.contents)]
    if tag.name in _BLOCK_TAGS or inner.kind != place.kind or (tag.attrs and role(tag) in _BLOCK_ROLES):
        writer.close(place)
        return [(None, inner), *below]
    return below


def _stands_apart(tag: Tag) -> bool:
    """Whether a link and the element before it are set apart by style alone: no text stands around them."""
    before = tag.previous_sibling
    if tag.attrs and role(tag) in _CELL_ROLES:
        return True
    if not isinstance(before, Tag) or "a" not in (tag.name, before.name):
        return False
    return _no_text(before.previous_sibling) and _no_text(tag.next_sibling)


def _is_note_mark(tag: Tag, before: str) -> bool:
    """Whether an element is the number of a footnote, which is no part of the word before it: m² is one."""
    if tag.name != "sup":
        return tag.name == "a" and bool(before) and _only_child(tag) == "sup"
    nodes = _few_nodes(tag)
    if any(isinstance(node, Tag) and node.name == "a" for node in nodes):
        return True
    word = _WORD_BEFORE.search(before[-20:])
    return word is not None and not any(str.isalpha(letter) for node in nodes for letter in _own_text(node))


def _few_nodes(tag: Tag) -> list[PageElement]:
    """The first nodes below an element, in no order: the number of a footnote has few."""
    nodes: list[PageElement] = list(tag.contents[:_MARK_NODES])
    for node in nodes:
        if len(nodes) >= _MARK_NODES:
            break
        if isinstance(node, Tag):
            nodes += node.contents[:_MARK_NODES]
    return nodes


def _own_text(node: PageElement) -> str:
    return str(node) if isinstance(node, NavigableString) else ""


def _only_child(tag: Tag) -> str | None:
    return tag.contents[0].name if len(tag.contents) == 1 and isinstance(tag.contents[0], Tag) else None


def _no_text(node: object) -> bool:
    return type(node) is not NavigableString or not node.strip()


def _write(text: str, place: Place, writer: Writer) -> None:
    if not place.preformatted:
        writer.write(text, place)
        return
    first, *others = text.split("\n")
    writer.write(first, place)
    for line in others:
        writer.line_break(place)
        writer.write(line, place)


def _place_in(tag: Tag, place: Place) -> Place:
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
    if name in ("pre", "textarea"):
        return place._replace(preformatted=True)
    return _place_in_list(tag, place)


def _place_in_list(tag: Tag, place: Place) -> Place:
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
        return min(max(int(stated), 1), MAX_LEVEL) if re.fullmatch("[0-9]{1,3}", stated) else 2
    return 0


def _cell_text(cell: Tag, around: Surroundings) -> str:
    return " ".join(draft.text for draft in blocks_of(cell, around._replace(inside=True)))

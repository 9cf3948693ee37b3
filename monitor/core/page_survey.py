"""One look over a whole page before it is read: how many words stand where, and what its elements hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from bs4.element import NavigableString, Tag, TemplateString

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Never words of the page: code, media, and what a reader fills in.
WORDLESS = frozenset(
    [
        "audio",
        "canvas",
        "datalist",
        "dialog",
        "embed",
        "frame",
        "head",
        "iframe",
        "input",
        "link",
        "map",
        "meta",
        "meter",
        "noscript",
        "object",
        "optgroup",
        "option",
        "progress",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_TEXTS = frozenset({NavigableString, TemplateString})
_PARTS = frozenset({"main", "article", "section"})
_MENU_ROLES = frozenset(
    [
        "alertdialog",
        "dialog",
        "listbox",
        "menu",
        "menubar",
        "navigation",
        "search",
        "toolbar",
        "tooltip",
    ]
)
_SITE_ROLES = {"banner": "header", "contentinfo": "footer", "complementary": "aside", "form": "form"}
SITE_TAGS = frozenset({"nav", "header", "footer"})
# A part that has so many words of its own is prose.
PROSE_WORDS = 30
# The attribute with which an element of these shows its words.
_SHOWN_WITH = {"template": "shadowrootmode", "dialog": "open", "textarea": "readonly"}
# What a cell holds that is no more than a small heading.
_ONE_SMALL = [[f"h{level}"] for level in range(3, 7)]
# Words on them name what can be done, and say nothing.
_PRESSED = frozenset({"button", "label"})
# Written without spaces: two words have about three characters.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


class Words(NamedTuple):
    """How many words stand in an element: of its own, and in controls and links that lead elsewhere.

    Menus in it and the site's own header and footer are not counted.
    """

    own: int = 0
    linked: int = 0


@dataclass(slots=True)
class Survey:
    """What is known of a page or a part of it. Elements are named by their `id()`."""

    words: dict[int, Words] = field(default_factory=dict)
    # Outside of links, wherever they stand.
    all_own: int = 0
    # What holds the only h1 of the page, and that h1.
    title: set[int] = field(default_factory=set)
    # List items that hold a heading, and tables that hold a table or a heading that names no cells.
    sections: set[int] = field(default_factory=set)
    frames: set[int] = field(default_factory=set)
    # What holds a heading, and the tags of the headings that stand with prose: the outline of the document.
    headed: set[int] = field(default_factory=set)
    outline: set[str] = field(default_factory=set)
    # What something else opens and closes or leads to, by the `id` attribute.
    opened: set[str] = field(default_factory=set)
    # The elements marked as the main part of the page, or the article around one, which also holds its title.
    mains: list[Tag] = field(default_factory=list)

    def of(self, tag: Tag) -> Words:
        return self.words.get(id(tag), _NONE)


_NONE = Words()


class _Node(NamedTuple):
    tag: Tag
    parent: int
    is_linked: bool
    is_inside: bool  # In a main, article or section, whose header and footer are its own.
    article: Tag | None


def survey(root: Tag) -> Survey:
    """Look over an element once, in time that grows with its length however deep it is nested."""
    found = Survey()
    nodes: list[_Node] = []
    words: list[int] = []
    stack = [_Node(root, -1, is_linked=False, is_inside=False, article=None)]
    while stack:
        node = stack.pop()
        nodes.append(node)
        words.append(_look(node, len(nodes) - 1, stack))
        _note(node, found)
    _add_up(nodes, words, found)
    _note_holders(nodes, found)
    return found


def _look(node: _Node, at: int, stack: list[_Node]) -> int:
    """The words of an element's own; its children go on the stack."""
    tag = node.tag
    words = 0
    inner: list[_Node] = []
    is_linked = node.is_linked or _leads_elsewhere(tag)
    is_inside = node.is_inside or opens_part(tag)
    article = tag if tag.name == "article" else node.article
    for child in tag.contents:
        if isinstance(child, Tag):
            if not is_wordless(child):
                inner.append(_Node(child, at, is_linked, is_inside, article))
        elif type(child) in _TEXTS:
            words += count(str(child))
    inner.reverse()
    stack += inner
    return words


def _add_up(nodes: list[_Node], words: list[int], found: Survey) -> None:
    own = [0] * len(nodes)
    linked = [0] * len(nodes)
    for at in range(len(nodes) - 1, -1, -1):
        node = nodes[at]
        tag, parent = node.tag, node.parent
        if node.is_linked or _leads_elsewhere(tag):
            linked[at] += words[at]
        else:
            own[at] += words[at]
            found.all_own += words[at]
        if parent >= 0 and not _is_of_the_site(node):
            own[parent] += own[at]
            linked[parent] += linked[at]
        if own[at] or linked[at]:
            found.words[id(tag)] = Words(own[at], linked[at])


def is_wordless(tag: Tag) -> bool:
    """Whether what an element holds is never words: those of a shadow root, an open dialog, a text to read only are."""
    return tag.name in WORDLESS and _SHOWN_WITH.get(tag.name) not in tag.attrs


def names_part(tag: Tag) -> bool:
    """Whether a button opens a part of the text, which its words are the title of; one that opens a menu does not."""
    opens_menu = str(tag.attrs.get("aria-haspopup") or "false") != "false"
    return not opens_menu and ("aria-expanded" in tag.attrs or role(tag) == "tab")


def count(text: str) -> int:
    """How many words a text has, also where words are written without spaces."""
    words = len(text.split())
    return words if text.isascii() else words + len(_UNSPACED.findall(text)) * 2 // 3


def role(tag: Tag) -> str:
    """The role an author gave an element."""
    return str(tag.attrs.get("role") or "").strip().lower() if tag.attrs else ""


def opens_part(tag: Tag) -> bool:
    """Whether a header or footer below this element belongs to the text (HTML Standard: sectioning)."""
    return tag.name in _PARTS or role(tag) in ("main", "article")


def site_part(tag: Tag) -> str:
    """The name of the part of a site an element is by its role, else by its tag: "header", "footer", "aside" …"""
    return _SITE_ROLES.get(role(tag), tag.name)


def is_menu(tag: Tag) -> bool:
    """Whether an element is for finding one's way or doing something, by its tag or role."""
    return tag.name == "nav" or role(tag) in _MENU_ROLES or is_dialog(tag)


def is_dialog(tag: Tag) -> bool:
    """Whether an element is shown over the page, by its tag or role."""
    return tag.name == "dialog" or role(tag) in ("dialog", "alertdialog")


def _is_of_the_site(node: _Node) -> bool:
    if not node.tag.attrs and node.tag.name not in SITE_TAGS:
        return False
    return is_menu(node.tag) or (not node.is_inside and site_part(node.tag) in ("header", "footer"))


def _leads_elsewhere(tag: Tag) -> bool:
    """Whether an element is a control or a link, but none to a place of the same page: those repeat its headings."""
    if tag.name != "a":
        return tag.name in _PRESSED and not names_part(tag)
    target = str(tag.attrs.get("href") or "#x")
    return target == "#" or not target.startswith("#")


def _note(node: _Node, found: Survey) -> None:
    tag = node.tag
    if tag.name == "main" or (tag.attrs and role(tag) == "main"):
        found.mains.append(node.article or tag)
    if "aria-controls" in tag.attrs:
        found.opened.update(str(tag.attrs["aria-controls"]).split())
    if tag.name == "a" and str(tag.attrs.get("href") or "").startswith("#"):
        found.opened.add(str(tag.attrs["href"])[1:])


def _note_holders(nodes: list[_Node], found: Survey) -> None:
    """What holds headings and tables, from the inside out: each element is asked once."""
    headings = [0] * len(nodes)
    framed = [False] * len(nodes)
    titles = [0] * len(nodes)
    for at in range(len(nodes) - 1, -1, -1):
        tag, parent = nodes[at].tag, nodes[at].parent
        if tag.name in HEADINGS:
            headings[at] += 1
            framed[at] = True
            titles[at] += tag.name == "h1"
        if headings[at] and tag.name == "li":
            found.sections.add(id(tag))
        if framed[at] and tag.name == "table":
            found.frames.add(id(tag))
        if parent >= 0:
            headings[parent] += headings[at]
            titles[parent] += titles[at]
            framed[parent] |= tag.name == "table" or (framed[at] and not _names_cells(tag))
    _note_headings(nodes, headings, found)
    if titles and titles[0] == 1:
        found.title.update(id(node.tag) for node, held in zip(nodes, titles, strict=True) if held)


def _note_headings(nodes: list[_Node], headings: list[int], found: Survey) -> None:
    for node, held in zip(nodes, headings, strict=True):
        if held:
            found.headed.add(id(node.tag))
        if node.tag.name in HEADINGS and node.parent >= 0 and _is_prose(found.of(nodes[node.parent].tag)):
            found.outline.add(node.tag.name)


def _is_prose(words: Words) -> bool:
    return words.own >= PROSE_WORDS and words.own > words.linked


def _names_cells(tag: Tag) -> bool:
    """Whether a heading in this element is the name of a row or column, not of a part of the page."""
    if tag.name in ("th", "thead"):
        return True
    return tag.name == "td" and [child.name for child in tag.contents if isinstance(child, Tag)] in _ONE_SMALL

"""Which parts of a page are its text, and which are what stands around it on every page of a site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Never words of the page: code, media, and what a reader fills in or presses.
_WORDLESS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "frame",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
        "title",
        "meta",
        "link",
        "select",
        "datalist",
        "option",
        "textarea",
        "input",
        "progress",
        "meter",
        "dialog",
    ]
)
# Those of them that hold words a selector may have meant.
_CONTROLS = frozenset({"select", "option", "optgroup", "dialog"})
_MENU_ROLES = frozenset(
    [
        "navigation",
        "menu",
        "menubar",
        "toolbar",
        "search",
        "dialog",
        "alertdialog",
        "tooltip",
        "tablist",
        "listbox",
    ]
)
_SITE_ROLES = {"banner": "header", "contentinfo": "footer", "complementary": "aside", "form": "form"}
_PARTS = frozenset({"main", "article", "section"})
_UNREAD = _WORDLESS | {"a", "button", "label", "nav"}
# What may stand beside the text even without attributes.
_JUDGED = frozenset({"button", "nav", "header", "footer", "aside", "form"})
_PROSE_WORDS = 30
# Asking again in every nested form of a hostile page would take time that grows with the square of its depth.
_MAX_VERDICTS = 8
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Surroundings(NamedTuple):
    """What the walker knows about where an element stands."""

    chosen: bool = False  # In what a selector chose: all its words are wanted.
    inside: bool = False  # In a main, article, section or chosen element, whose header and footer are its own.
    titled: bool = False  # In a heading, summary or term, where a button is the text's own words.
    verdicts: int = 0  # How many enclosing elements were kept because they read as prose.
    titles: frozenset[int] = frozenset()  # The ids of the elements that hold the only h1 of the page.


def role(tag: Tag) -> str:
    return str(tag.get("role") or "").strip().lower()


def opens_part(tag: Tag) -> bool:
    """Whether a header or footer below this element belongs to the text (HTML Standard: sectioning)."""
    return tag.name in _PARTS or role(tag) in ("main", "article")


def is_left_out(tag: Tag, around: Surroundings) -> bool:
    """Whether an element is no part of the text: menus, controls, code, the site's own header and footer."""
    if tag.name in _WORDLESS:
        return not (around.chosen and tag.name in _CONTROLS)
    if around.chosen:
        return False
    if not tag.attrs and tag.name not in _JUDGED:
        return False
    if tag.name == "button":
        return not around.titled
    return tag.name == "nav" or role(tag) in _MENU_ROLES or _is_beside_text(tag, around)


def _is_beside_text(tag: Tag, around: Surroundings) -> bool:
    part = _SITE_ROLES.get(role(tag), tag.name)
    if part in ("header", "footer"):
        return not around.inside and not (part == "header" and id(tag) in around.titles)
    if not needs_verdict(tag) or around.verdicts >= _MAX_VERDICTS:
        return False
    return not _is_kept_as_prose(tag, part, around)


def needs_verdict(tag: Tag) -> bool:
    """Whether an element is text only when it reads as prose: asides, forms around pages, hidden parts.

    A folded section, or one that a script uncovers, is terms all the same; a hidden menu is not.
    """
    return _SITE_ROLES.get(role(tag), tag.name) in ("aside", "form") or is_hidden(tag)


def is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or bool(_NOT_DISPLAYED.search(str(tag.get("style") or "")))


def _is_kept_as_prose(tag: Tag, part: str, around: Surroundings) -> bool:
    own, linked = _words(tag)
    if part == "aside" and around.inside and not is_hidden(tag):
        return own >= linked
    return own >= _PROSE_WORDS


def _words(tag: Tag) -> tuple[int, int]:
    """Words outside links and controls, counted up to the number that makes prose, and words inside links."""
    own = linked = 0
    stack: list[tuple[object, bool]] = [(tag, False)]
    while stack and own < _PROSE_WORDS:
        node, in_link = stack.pop()
        if isinstance(node, Tag):
            if node is not tag and node.name in _UNREAD and node.name != "a":
                continue
            stack.extend((child, in_link or node.name == "a") for child in reversed(node.contents))
        elif type(node) is NavigableString:
            count = len(node.split())
            own, linked = (own, linked + count) if in_link else (own + count, linked)
    return own, linked


def around_only_title(root: Tag) -> frozenset[int]:
    """The ids of the elements that hold the only h1 of the page an element stands in; none if it has more.

    Found once, from the inside out: asking every header would cost the square of their nesting.
    """
    page = next(reversed([root, *root.parents]))
    titles = page.find_all("h1", limit=2)
    return frozenset(map(id, titles[0].parents)) if len(titles) == 1 else frozenset()


def main_parts(soup: BeautifulSoup) -> list[Tag]:
    """The outermost elements marked as the main part of the page, in document order.

    One that stands in an article gives that article, which holds the title and date of the same text.
    """
    marked = soup.select("main, [role=main]")
    return outermost(
        soup, [article or tag for tag, article in zip(marked, enclosing(marked, "article"), strict=True)]
    )


def enclosing(tags: Iterable[Tag], name: str) -> Iterator[Tag | None]:
    """The innermost element of a name around each tag, None where there is none.

    Each ancestor is asked once, so that deep nesting costs no more than its length.
    """
    known: dict[int, Tag | None] = {}
    for tag in tags:
        passed: list[int] = []
        found: Tag | None = None
        for parent in tag.parents:
            found = known.get(id(parent), parent if parent.name == name else None)
            if found is not None or id(parent) in known:
                break
            passed.append(id(parent))
        known.update(dict.fromkeys(passed, found))
        yield found


def outermost(page: Tag, chosen: Iterable[Tag]) -> list[Tag]:
    """The chosen elements that stand in no other of them, in document order: nested matches count once."""
    wanted = {id(tag) for tag in chosen}
    kept: list[Tag] = []
    stack: list[Tag] = [page]
    while stack:
        tag = stack.pop()
        if id(tag) in wanted:
            kept.append(tag)
        else:
            stack.extend(child for child in reversed(tag.contents) if isinstance(child, Tag))
    return kept

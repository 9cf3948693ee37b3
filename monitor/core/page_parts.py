"""Which parts of a page are its text, and which are what stands around it on every page of a site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from bs4.element import NavigableString, PageElement, Tag

from monitor.core.page_survey import (
    HEADINGS,
    PROSE_WORDS,
    Survey,
    Words,
    is_dialog,
    is_menu,
    is_wordless,
    names_part,
    role,
    site_part,
)
from monitor.core.typed_marks import ends_sentence

# What a selector may have meant although nobody reads it as text.
_CONTROLS = frozenset({"select", "option", "optgroup", "dialog"})
# What may stand beside the text even without attributes.
_JUDGED = frozenset({"button", "nav", "header", "footer", "aside", "form"})
# A dialog with so many words may be the page itself.
_DIALOG_WORDS = 60
# A header with a heading holds no list of links when it has fewer words in links.
_LINKED_WORDS = 10
# How many nodes of an element are looked at for its last words.
_FEW_NODES = 40
_PANELS = frozenset({"div", "section"})
_SENTENCE_WORDS = 4
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Seen by no eye: the names that style sheets of all kinds give to what is there to be read aloud only.
_READ_ALOUD = frozenset(
    [
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "visuallyHidden",
        "screen-reader-text",
        "screen-reader-only",
        "screenreader-only",
        "show-for-sr",
        "a11y-hidden",
        "u-visually-hidden",
        "is-visually-hidden",
        "element-invisible",
    ]
)


class Surroundings(NamedTuple):
    """What the walker knows about where an element stands."""

    page: Survey
    chosen: bool = False  # In what a selector chose: all its words are wanted.
    inside: bool = (
        False  # In a main, article, section or chosen element, whose header and footer are its own.
    )
    titled: bool = False  # In a heading, summary or term, where a button is the text's own words.
    anywhere: bool = False  # The page keeps its text where others have their menus.
    beside: frozenset[int] = frozenset()  # The ids of elements known to stand beside the text.


def is_left_out(tag: Tag, around: Surroundings) -> bool:
    """Whether an element is no part of the text: menus, controls, code, the site's own header and footer."""
    if is_wordless(tag):
        return not (around.chosen and tag.name in _CONTROLS)
    if around.chosen or (not tag.attrs and tag.name not in _JUDGED and not around.beside):
        return False
    if tag.name == "button":
        return not (around.titled or _is_words_of_the_text(tag) or _titles_panel(tag, around.page))
    if tag.name == "textarea":
        return around.page.of(tag).own < PROSE_WORDS
    if is_menu(tag) and not _is_definition(tag, around.page):
        return not _is_menu_of_the_text(tag, around)
    return id(tag) in around.beside or _is_beside_text(tag, around)


def _is_menu_of_the_text(tag: Tag, around: Surroundings) -> bool:
    if around.anywhere and (tag.name == "nav" or is_dialog(tag)):
        return tag.name == "nav" or around.page.of(tag).own >= _DIALOG_WORDS
    return around.inside and _is_table_of_contents(tag, around.page)


def _is_definition(tag: Tag, page: Survey) -> bool:
    """Whether a tooltip says what a word of the text means."""
    if role(tag) != "tooltip":
        return False
    is_in_sentence = _is_text(tag.previous_sibling) or _is_text(tag.next_sibling)
    return is_in_sentence or page.of(tag).own >= _SENTENCE_WORDS


def _titles_panel(button: Tag, page: Survey) -> bool:
    """Whether a panel with words of the text comes next, which the button is there to fold."""
    panel = _sibling(button, "next_sibling")
    if panel is None or panel.name not in _PANELS:
        return False
    words = page.of(panel)
    return words.own >= _SENTENCE_WORDS and words.own > words.linked


def _is_words_of_the_text(button: Tag) -> bool:
    """Whether a button opens a part of the text it names, holds a heading, or stands within a sentence."""
    return (
        names_part(button)
        or _is_text(button.previous_sibling)
        or _is_text(button.next_sibling)
        or button.find(list(HEADINGS)) is not None
    )


def _is_text(node: PageElement | None) -> bool:
    return type(node) is NavigableString and any(map(str.isalnum, node))


def _is_table_of_contents(nav: Tag, page: Survey) -> bool:
    """Whether a menu leads to places of its own page only: its words are the text's own headings."""
    words = page.of(nav)
    return words.own > 0 and not words.linked and nav.find("a") is not None


def _is_beside_text(tag: Tag, around: Surroundings) -> bool:
    part = site_part(tag)
    if part in ("header", "footer"):
        return not around.inside and _is_of_the_site(tag, part, around.page)
    words = around.page.of(tag)
    if part == "aside" and around.inside and not _is_hidden(tag):
        return words.own < words.linked
    if part in ("aside", "form"):
        return words.own < PROSE_WORDS and not _is_sentence(tag, words)
    if _is_hidden(tag):
        return not _is_folded(tag, words, around)
    is_title = id(tag) in around.page.title
    return _is_read_aloud_only(tag) and words.own + words.linked < PROSE_WORDS and not is_title


def _is_of_the_site(tag: Tag, part: str, page: Survey) -> bool:
    """Whether a header or footer outside of the text is neither prose nor the head of the text."""
    words = page.of(tag)
    if words.own >= PROSE_WORDS and words.own > words.linked:
        return False
    is_head = id(tag) in page.title or (id(tag) in page.headed and words.linked < _LINKED_WORDS)
    return not (part == "header" and is_head)


def _is_folded(tag: Tag, words: Words, around: Surroundings) -> bool:
    """Whether a hidden element is a part of the text that unfolds: a hidden menu is none."""
    if words.own >= PROSE_WORDS:
        return True
    is_opened = str(tag.attrs.get("id") or "") in around.page.opened or role(tag) in ("tabpanel", "region")
    if words.own <= words.linked:
        return False
    return is_opened or _is_titled(tag) or (around.inside and _is_sentence(tag, words))


def _is_titled(tag: Tag) -> bool:
    before = _sibling(tag, "previous_sibling")
    return before is not None and (before.name in HEADINGS or before.name in ("button", "summary"))


def _sibling(tag: Tag, side: str) -> Tag | None:
    """The element right before or after, None where words stand between."""
    node = getattr(tag, side)
    if node is not None and not isinstance(node, Tag) and not _is_text(node):
        node = getattr(node, side)
    return node if isinstance(node, Tag) else None


def _is_sentence(tag: Tag, words: Words) -> bool:
    return words.own >= _SENTENCE_WORDS and words.own > words.linked and ends_sentence(last_words(tag))


def last_words(tag: Tag) -> str:
    """The last text in an element, looked for in its last few nodes only; a sentence's end where they hold none."""
    stack: list[PageElement] = list(tag.contents[-_FEW_NODES:])
    for _ in range(_FEW_NODES):
        if not stack:
            return ""
        node = stack.pop()
        if isinstance(node, Tag):
            stack.extend(() if is_wordless(node) else node.contents[-_FEW_NODES:])
        elif type(node) is NavigableString and node.strip():
            return str(node)
    return "."


def _is_hidden(tag: Tag) -> bool:
    return "hidden" in tag.attrs or bool(_NOT_DISPLAYED.search(str(tag.attrs.get("style") or "")))


def _is_read_aloud_only(tag: Tag) -> bool:
    """Whether an element is there for screen readers, as the words "opens in a new window" are."""
    return not _READ_ALOUD.isdisjoint(tag.attrs.get("class") or ())


def outermost(page: Tag, chosen: Iterable[Tag]) -> list[Tag]:
    """The chosen elements that stand in no other of them, in document order: nested matches count once."""
    wanted = {id(tag) for tag in chosen}
    kept: list[Tag] = []
    stack: list[Tag] = [page]
    while stack and wanted:
        tag = stack.pop()
        if id(tag) in wanted:
            kept.append(tag)
        else:
            stack.extend(child for child in reversed(tag.contents) if isinstance(child, Tag))
    return kept

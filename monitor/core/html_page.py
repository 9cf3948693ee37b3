"""An HTML page as it is read: its type and charset, its tree, and the parts that selectors take out or choose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import soupsieve
from bs4 import BeautifulSoup, Tag

from monitor.core.decoding import decode
from monitor.core.drafts import clean
from monitor.core.extraction_error import BadSelector, NotText
from monitor.core.page_parts import outermost
from monitor.core.page_ranges import Contents, Range, contents, detach, fragment
from monitor.core.selectors import RANGE_ENDS, RANGE_STARTS, Selector, bad_selector

# A selector or a range that is ready to be used.
Picker = soupsieve.SoupSieve | Range

# Some thirty times the tags of the largest page on record; a tree of more takes minutes and gigabytes.
_MOST_TAGS = 150_000
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_CHARSET_PARAMETER = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}>")


def media_type(content_type: str) -> str:
    """The content type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def is_html(content_type: str) -> bool:
    return media_type(content_type) in _HTML_TYPES


def stated_charset(content_type: str) -> str | None:
    """The charset parameter of a content type, None without one."""
    stated = _CHARSET_PARAMETER.search(content_type)
    return stated.group(1) if stated else None


def compiled(selectors: Sequence[Selector]) -> list[Picker]:
    """The selectors and ranges, ready to pick with. Raises BadSelector."""
    return [_range(selector) if isinstance(selector, Mapping) else _css(selector) for selector in selectors]


def _range(selector: Mapping[str, str]) -> Range:
    if message := bad_selector(selector):
        raise BadSelector(f"{clean(message)[:160]}.")
    start, end = (next(name for name in names if name in selector) for names in (RANGE_STARTS, RANGE_ENDS))
    return Range(_css(selector[start]), start == "startAfter", _css(selector[end]), end == "endAfter")


def _css(selector: str) -> soupsieve.SoupSieve:
    try:
        return soupsieve.compile(selector)
    # A pseudo-element is "not implemented", and a deep one exhausts the recursion of the selector parser.
    except (
        soupsieve.SelectorSyntaxError,
        NotImplementedError,
        RecursionError,
        ValueError,
        TypeError,
    ) as error:
        raise BadSelector(f"Not a CSS selector: {clean(str(selector))[:120]!r}.") from error


def parsed(body: bytes, charset: str | None) -> BeautifulSoup:
    """The tree of a page; `charset` is what the server declared. Raises NotText, also for far too many tags."""
    text = decode(body, charset)
    if text.count("<") > _MOST_TAGS:
        raise NotText(f"The page has more than {_MOST_TAGS:,} tags, which no document has.")
    # As UTF-8 bytes, because the parser believes a charset stated in the page over characters it is given.
    safe = _XML_DECLARATION.sub("", text.replace("\x00", "")).encode("utf-8", "ignore")
    # The line break keeps a page that is one bare address from a warning that it looks like a file name.
    return BeautifulSoup(safe + b"\n", "lxml", from_encoding="utf-8")


def take_out(soup: BeautifulSoup, pickers: Sequence[Picker]) -> None:
    """Remove what each selector or range picks, as Open Terms Archive does before it selects."""
    for picker in pickers:
        if isinstance(picker, Range):
            held = contents(soup, picker)
            detach(held.nodes() if held else ())
        else:
            detach(outermost(soup, picker.select(soup)))


def chosen(soup: BeautifulSoup, pickers: Sequence[Picker]) -> list[Tag]:
    """What the selectors and ranges pick: in the order they are listed, each in document order, each text once.

    The page is used up by it.
    """
    picked = [
        contents(soup, picker) if isinstance(picker, Range) else outermost(soup, picker.select(soup))
        for picker in pickers
    ]
    if len(picked) == 1 and isinstance(picked[0], list):
        return picked[0]
    parts: list[Tag] = []
    taken: set[int] = set()
    for held in picked:
        found = _taken(soup, held, taken)
        taken.update(id(node) for part in found for node in (part, *part.descendants))
        parts += found
    return parts


def _taken(soup: BeautifulSoup, held: Contents | list[Tag] | None, taken: set[int]) -> list[Tag]:
    if isinstance(held, Contents):
        return [fragment(soup, held, taken)]
    free = [tag for tag in held or () if id(tag) not in taken]
    detach(free)
    return free


def link_targets(parts: Iterable[Tag]) -> tuple[str, ...]:
    """The targets of all links in these elements, in order."""
    return tuple(str(link["href"]) for part in parts for link in part.find_all("a", href=True))

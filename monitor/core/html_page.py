"""An HTML page as it is read: its type and charset, its tree, and the parts that selectors take out or choose."""

from __future__ import annotations

import re
from collections.abc import Sequence

import soupsieve
from bs4 import BeautifulSoup, Tag

from monitor.core.decoding import decode
from monitor.core.drafts import clean
from monitor.core.extraction_error import BadSelector
from monitor.core.page_parts import outermost

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


def compiled(selectors: Sequence[str]) -> list[soupsieve.SoupSieve]:
    """The CSS selectors, ready to select with. Raises BadSelector."""
    ready = []
    for selector in selectors:
        try:
            ready.append(soupsieve.compile(selector))
        # A pseudo-element is "not implemented", and a deep one exhausts the recursion of the selector parser.
        except (
            soupsieve.SelectorSyntaxError,
            NotImplementedError,
            RecursionError,
            ValueError,
            TypeError,
        ) as error:
            raise BadSelector(f"Not a CSS selector: {clean(str(selector))[:120]!r}.") from error
    return ready


def parsed(body: bytes, charset: str | None) -> BeautifulSoup:
    """The tree of a page; `charset` is what the server declared."""
    # As UTF-8 bytes, because the parser believes a charset stated in the page over characters it is given.
    safe = _XML_DECLARATION.sub("", decode(body, charset).replace("\x00", "")).encode("utf-8", "ignore")
    # The line break keeps a page that is one bare address from a warning that it looks like a file name.
    return BeautifulSoup(safe + b"\n", "lxml", from_encoding="utf-8")


def take_out(soup: BeautifulSoup, selectors: Sequence[soupsieve.SoupSieve]) -> None:
    """Remove every element that matches one of the selectors, as Open Terms Archive does before it selects."""
    for selector in selectors:
        for tag in outermost(soup, selector.select(soup)):
            tag.extract()


def chosen(soup: BeautifulSoup, selectors: Sequence[soupsieve.SoupSieve]) -> list[Tag]:
    """The elements that match any of the selectors, in document order, each text once."""
    return outermost(soup, [tag for selector in selectors for tag in selector.select(soup)])

"""From the bytes of a page to its text: HTML, Markdown, plain text or PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bs4 import BeautifulSoup, Tag

from monitor.core.blocks import Extract
from monitor.core.decoding import decode
from monitor.core.drafts import Draft, assemble, clean
from monitor.core.extraction_error import BadSelector, EmptyText, ExtractionError, NothingSelected, NotText
from monitor.core.html_blocks import blocks_of
from monitor.core.html_page import (
    Picker,
    chosen,
    compiled,
    is_html,
    link_targets,
    media_type,
    parsed,
    stated_charset,
    take_out,
)
from monitor.core.main_text import main_text
from monitor.core.markdown_blocks import markdown_drafts
from monitor.core.page_parts import Surroundings
from monitor.core.page_survey import survey
from monitor.core.pdf import extract_pdf, is_pdf
from monitor.core.plain_text import plain_drafts
from monitor.core.selectors import Selector

__all__ = [
    "EXTRACTOR_VERSION",
    "BadSelector",
    "EmptyText",
    "ExtractionError",
    "NotText",
    "NothingSelected",
    "extract",
    "extract_html",
    "extract_markdown",
    "extract_text",
]

# Stored with every version. Any change of output for any page must raise it, or an upgrade of ours would be
# recorded as a change of theirs.
EXTRACTOR_VERSION = "2"

_PDF_TYPES = ("application/pdf", "application/x-pdf")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")


def extract(
    body: bytes, content_type: str, *, select: Sequence[Selector] = (), remove: Sequence[Selector] = ()
) -> Extract:
    """The text of a page by its content type: HTML ("application/xhtml+xml" too), Markdown, plain text or PDF.

    What begins as a PDF is read as one under any type but these. The charset parameter of the content type is
    used. `select` and `remove` are CSS selectors or ranges (monitor.core.selectors), for HTML only.
    Raises NotText, BadSelector, NothingSelected or EmptyText.
    """
    charset = stated_charset(content_type)
    if is_html(content_type):
        return extract_html(body, charset=charset, select=select, remove=remove)
    kind = media_type(content_type)
    if kind == "text/markdown":
        return extract_markdown(decode(body, charset))
    if kind == "text/plain":
        return extract_text(decode(body, charset))
    if kind in _PDF_TYPES or is_pdf(body):
        return extract_pdf(body)
    raise NotText(f"No text can be read from content type {clean(kind)[:80]!r}.")


def extract_html(
    body: bytes, *, charset: str | None, select: Sequence[Selector] = (), remove: Sequence[Selector] = ()
) -> Extract:
    """The text of an HTML page, without menus, controls, and the site's own header and footer.

    What `remove` picks goes first, as in Open Terms Archive; then what `select` picks is read in the order
    of its selectors and ranges, each in document order and each text once. Without `select`: the page's
    main part, else its body. `charset` is what the server declared. Raises NotText,
    BadSelector, NothingSelected or EmptyText.
    """
    removing, selecting = compiled(remove), compiled(select)
    soup = parsed(body, charset)
    title = soup.title.get_text() if soup.title else ""
    language = _language(soup)
    take_out(soup, removing)
    title = title or _first_heading(soup)
    parts = _selected(soup, selecting) if selecting else [soup]
    drafts = _words(parts) if selecting else main_text(soup)
    return replace(assemble(drafts, title=title, language=language), links=link_targets(parts))


def extract_markdown(text: str) -> Extract:
    """The text of a Markdown document without its marks; links keep their words. Raises EmptyText."""
    return assemble(markdown_drafts(text))


def extract_text(text: str) -> Extract:
    """The text of a plain document: hard-wrapped lines joined, headings and bullets recognized where obvious.

    A text without line breaks is one paragraph. Raises EmptyText.
    """
    return assemble(plain_drafts(text))


def _language(soup: BeautifulSoup) -> str:
    root = soup.find("html")
    stated = (str(root.get("lang") or root.get("xml:lang") or "") if isinstance(root, Tag) else "").strip()
    language = stated.lower().replace("_", "-")
    return language if _LANGUAGE.fullmatch(language) else ""


def _first_heading(soup: BeautifulSoup) -> str:
    heading = soup.find("h1")
    return heading.get_text() if heading else ""


def _selected(soup: BeautifulSoup, pickers: list[Picker]) -> list[Tag]:
    matches = chosen(soup, pickers)
    if not matches:
        raise NothingSelected("No element of the page matches the selectors.")
    return matches


def _words(parts: Sequence[Tag]) -> list[Draft]:
    return [
        draft
        for tag in parts
        for draft in blocks_of(tag, Surroundings(survey(tag), chosen=True, inside=True))
    ]

"""The parts of a page that may be its text, for somebody who chooses by looking instead of writing a selector."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import soupsieve
from bs4 import BeautifulSoup
from bs4.element import Tag

from monitor.core.drafts import clean
from monitor.core.html_page import parsed
from monitor.core.page_survey import Survey, survey

_HOLDERS = frozenset({"main", "article", "section", "div", "td", "form", "dl", "ol", "ul"})
# A part with fewer words, or a smaller share of all, is no document.
_LEAST_WORDS = 60
_LEAST_SHARE = 0.15
# What holds hardly more than its largest part is a frame around that.
_FRAME_SHARE = 0.97
_MOST_CHOICES = 8
_BEGINNING = 90
_STATING = ("h1", "h2", "h3", "h4", "p", "li", "td")
# Made by a program for one delivery of the page ("css-1x2y3z", "ember1234", "Body__z40yvW__part"), or a measure of the
# layout ("mt-10").
_PASSING = re.compile(
    r"\d{3,}|^(?:css|sc|jsx|ember|react|r|ng)-|[A-Za-z]\d[A-Za-z]|__(?=\w*\d)|__[A-Za-z0-9]{5,}(?:_|$)"
    r"|-(?=\w*\d)\w{5,}$|-\d+$"
)
_PLAIN = re.compile(r"[A-Za-z][\w-]{1,60}")


@dataclass(frozen=True, slots=True)
class PageChoice:
    """A part of a page: the selector that picks it alone, its words, and how its text begins."""

    selector: str
    words: int
    begins: str


def page_choices(body: bytes, charset: str | None) -> tuple[PageChoice, ...]:
    """The parts of an HTML page with a good share of its words, the longest first, eight at most.

    Of parts around one another that hold the same words only the innermost is named. Raises NotText.
    """
    soup = parsed(body, charset)
    page = survey(soup)
    parts = sorted(_parts(soup, page), key=lambda tag: -page.of(tag).own)[:_MOST_CHOICES]
    return tuple(PageChoice(_selector(soup, tag), page.of(tag).own, _beginning(tag)) for tag in parts)


def _parts(soup: BeautifulSoup, page: Survey) -> Iterator[Tag]:
    least = max(_LEAST_WORDS, _LEAST_SHARE * page.of(soup).own)
    for tag in soup.find_all(_HOLDERS):
        words = page.of(tag).own
        if words >= least and not any(page.of(inner).own >= _FRAME_SHARE * words for inner in _inner(tag)):
            yield tag


def _beginning(tag: Tag) -> str:
    """The first words that are a heading or a sentence: a list of languages says nothing of a part."""
    texts = (clean(one.get_text(" ")) for one in tag.find_all(_STATING))
    return next((text for text in texts if len(text.split()) > 2), clean(tag.get_text(" ")))[:_BEGINNING]


def _inner(tag: Tag) -> Iterator[Tag]:
    return (child for child in tag.children if isinstance(child, Tag) and child.name in _HOLDERS)


def _selector(soup: BeautifulSoup, tag: Tag) -> str:
    """The shortest lasting selector that picks this element alone: by id, by class, or by the way down to it."""
    for selector in _names(tag):
        if _picks_alone(soup, selector, tag):
            return selector
    steps = [_step(tag)]
    for parent in tag.parents:
        if parent.name in {"[document]", "html"}:
            break
        for name in _names(parent):
            if _picks_alone(soup, selector := " > ".join([name, *steps]), tag):
                return selector
        steps.insert(0, _step(parent))
    return " > ".join(steps)


def _names(tag: Tag) -> Iterator[str]:
    """What an element can be called without its place, the most lasting first."""
    if _lasts(name := str(tag.get("id") or "")):
        yield f"#{soupsieve.escape(name)}"
    yield tag.name
    for name in tag.get("class") or ():
        if _lasts(str(name)):
            yield f"{tag.name}.{soupsieve.escape(str(name))}"


def _lasts(name: str) -> bool:
    return _PLAIN.fullmatch(name) is not None and not _PASSING.search(name)


def _picks_alone(soup: BeautifulSoup, selector: str, tag: Tag) -> bool:
    found = soup.select(selector, limit=2)
    return len(found) == 1 and found[0] is tag


def _step(tag: Tag) -> str:
    siblings = tag.parent.find_all(tag.name, recursive=False) if tag.parent else [tag]
    if len(siblings) == 1:
        return tag.name
    return f"{tag.name}:nth-of-type({next(at for at, one in enumerate(siblings, 1) if one is tag)})"

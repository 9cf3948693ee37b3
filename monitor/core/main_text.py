"""Finding the text of a page that no selector describes. In doubt a part is kept: a menu is a smaller loss."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from monitor.core.drafts import Draft
from monitor.core.html_blocks import blocks_of
from monitor.core.page_parts import Surroundings, outermost
from monitor.core.page_survey import Survey, count, survey

# The part marked as main is believed to hold the text when it holds at least this share of the body's words.
_MAIN_SHARE = 0.5
# An element with this share of the words is where the text is; what stands next to it may be beside the text.
_TEXT_SHARE = 0.7
# What is read must be this share of all words outside of links, or the page uses its tags in a way of its own.
_READ_SHARE = 0.25
# Lists of links in the flow of a text are its own; such boxes around them are not.
_BOXES = frozenset({"div", "section", "table", "center", "aside", "td"})


def main_text(soup: BeautifulSoup) -> list[Draft]:
    """The blocks of the page's text: of its main part, else of its body, without lists of links beside it."""
    body = soup.body or soup
    page = survey(body)
    drafts = [draft for part in _parts(body, page) for draft in _read(part, body, page)]
    if _count(drafts) < _READ_SHARE * page.of(body).own:
        return blocks_of(body, Surroundings(page, inside=True, titled=True))
    return drafts


def _parts(body: Tag, page: Survey) -> list[Tag]:
    """The outermost elements marked as main, where they hold enough; one in an article gives that article.

    An article holds the title and date of the same text.
    """
    mains = outermost(body, page.mains)
    own = sum(page.of(tag).own for tag in mains)
    return mains if own and own >= _MAIN_SHARE * page.of(body).own else [body]


def _read(part: Tag, body: Tag, page: Survey) -> list[Draft]:
    return blocks_of(part, Surroundings(page, inside=part is not body, beside=_beside(part, page)))


def _beside(part: Tag, page: Survey) -> frozenset[int]:
    """The ids of the lists of links around the element that holds most of the words, and between its children."""
    beside: set[int] = set()
    while True:
        children = [child for child in part.contents if isinstance(child, Tag)]
        heaviest = max(children, key=lambda child: page.of(child).own, default=part)
        is_within = page.of(heaviest).own >= max(_TEXT_SHARE * page.of(part).own, 1)
        for child in children:
            if child is not heaviest and (is_within or child.name in _BOXES) and _is_link_list(child, page):
                beside.add(id(child))
        if not is_within or heaviest is part:
            return frozenset(beside)
        part = heaviest


def _is_link_list(tag: Tag, page: Survey) -> bool:
    words = page.of(tag)
    return words.linked > 0 and words.linked >= words.own and id(tag) not in page.title


def _count(drafts: list[Draft]) -> int:
    return sum(count(draft.text) for draft in drafts)

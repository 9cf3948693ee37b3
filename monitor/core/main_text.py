"""Finding the text of a page that no selector describes. In doubt a part is kept: a menu is a smaller loss."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from monitor.core.drafts import Draft
from monitor.core.html_blocks import blocks_of
from monitor.core.page_parts import Surroundings, outermost
from monitor.core.page_survey import HEADINGS, Survey, Words, count, opens_part, role, survey

# The part marked as main is believed to hold the text when it holds at least this share of the body's words.
_MAIN_SHARE = 0.5
# An element with this share of the words is where the text is; what stands next to it may be beside the text.
_TEXT_SHARE = 0.7
# What is read must be this share of all words outside of links; else a menu, header or footer that holds as much more
# and at least so many words is the page's own way to mark its text.
_READ_SHARE = 0.25
_LEAST_WORDS = 60
_SITE_TAGS = ["nav", "header", "footer"]
# What holds a list of links where the text is not; in the flow of the text only boxes do.
_BOXES = frozenset({"div", "section", "table", "center", "aside", "td"})
_LISTS = frozenset({"ul", "ol", "dl", "header", "footer"})
# A list of links in the text itself stands beside it when it has no more words of its own than a title, and so many
# in links.
_LABEL_WORDS = 6
_LINKED_WORDS = 10
# The line at the foot of a page that says whose it is.
_IMPRINT_WORDS = 20
# A request for consent is not longer.
_BANNER_WORDS = 200
# "Was this page helpful?"
_PROMPT_WORDS = 10
_QUESTION = re.compile("[?？؟]")
# "Updated over a week ago": another text every day, and never the day of a change.
_TIME_AGO = re.compile(
    r"\b(ago|yesterday|today|this week|this month|il y a|hier|aujourd|cette semaine|gestern|heute|diese woche"
    r"|hace|ayer|hoy|esta semana|geleden|gisteren|vandaag|fa|ieri|oggi|há|ontem|hoje|vor (über )?(ein|[0-9]))"
    r"|前|昨天|今天|昨日|今日",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(updated|edited|modified|reviewed|mis(e)? à jour|modifié|aktualisiert|geändert|actualizad|modificad"
    r"|bijgewerkt|gewijzigd|aggiornat|atualizad)|更新|修改|変更",
    re.IGNORECASE,
)
_STAMP_WORDS = 9


def main_text(soup: BeautifulSoup) -> list[Draft]:
    """The blocks of the page's text: of its main part, else of its body, without lists of links beside it."""
    body = soup.body or soup
    page = survey(body)
    drafts = [
        draft
        for part in _parts(body, page)
        for draft in _read(part, body, page)
        if not _says_how_long_ago(draft)
    ]
    if _count(drafts) >= _READ_SHARE * page.all_own:
        return drafts
    hidden = max((page.of(tag).own for tag in body.find_all(_SITE_TAGS)), default=0)
    if hidden < max(_LEAST_WORDS, _count(drafts) / _READ_SHARE):
        return drafts
    return blocks_of(body, Surroundings(page, inside=True, titled=True, anywhere=True))


def _parts(body: Tag, page: Survey) -> list[Tag]:
    """The outermost elements marked as main, where they hold enough of the words; else the body."""
    mains = outermost(body, page.mains)
    own = sum(page.of(tag).own for tag in mains)
    if not own:
        return [body]
    all_own = page.of(body).own - sum(page.of(tag).own for tag in _beside(body, page))
    return mains if own >= _MAIN_SHARE * all_own else [body]


def _read(part: Tag, body: Tag, page: Survey) -> list[Draft]:
    beside = frozenset(map(id, _beside(part, page)))
    return blocks_of(part, Surroundings(page, inside=part is not body, beside=beside))


def _beside(part: Tag, page: Survey) -> list[Tag]:
    """Lists of links and banners around the element that holds most of the words, and between its children."""
    beside: list[Tag] = []
    is_inside = False
    while True:
        is_inside = is_inside or opens_part(part)
        children = [child for child in part.contents if isinstance(child, Tag)]
        heaviest = max(children, key=lambda child: page.of(child).own, default=part)
        is_within = page.of(heaviest).own >= max(_TEXT_SHARE * page.of(part).own, 1)
        kinds = _BOXES | _LISTS if is_within else _BOXES
        for child in children:
            if child is not heaviest and child.name in kinds and _is_beside(child, page, is_inside):
                beside.append(child)
        if not is_within or heaviest is part:
            return beside
        part = heaviest


def _is_beside(tag: Tag, page: Survey, is_inside: bool) -> bool:
    if id(tag) in page.title or role(tag) == "tablist":
        return False
    words = page.of(tag)
    is_list = _is_bare_list(tag, words) if is_inside else words.linked > 0
    if is_list and words.linked >= words.own:
        # A table states facts about what it links to.
        return tag.name != "table" or not words.own
    return _asks(tag, page) or (words.own <= _IMPRINT_WORDS and "©" in tag.get_text())


def _is_bare_list(tag: Tag, words: Words) -> bool:
    """Whether links in what an author marked as text are no part of it: many, and neither items nor under a heading."""
    if words.own > _LABEL_WORDS or words.linked < _LINKED_WORDS:
        return False
    return tag.name in _SITE_TAGS or tag.find([*HEADINGS, "li"]) is None


def _asks(tag: Tag, page: Survey) -> bool:
    """Whether an element asks for consent to cookies or for an opinion: it is short, and gives a choice."""
    if not 0 < page.of(tag).own <= _BANNER_WORDS or len(tag.find_all(_is_choice, limit=2)) < 2:
        return False
    text = tag.get_text(" ").lower()
    return "cookie" in text or (page.of(tag).own <= _PROMPT_WORDS and bool(_QUESTION.search(text)))


def _is_choice(tag: Tag) -> bool:
    return tag.name == "button" or role(tag) == "button"


def _says_how_long_ago(draft: Draft) -> bool:
    text = draft.text
    is_short = len(text) < 100 and count(text) <= _STAMP_WORDS and not re.search("(19|20)[0-9]{2}", text)
    return is_short and bool(_UPDATED.search(text)) and bool(_TIME_AGO.search(text))


def _count(drafts: list[Draft]) -> int:
    return sum(count(draft.text) for draft in drafts)

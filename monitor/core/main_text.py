"""Finding the text of a page that no selector describes. In doubt a part is kept: a menu is a smaller loss."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from monitor.core.drafts import Draft
from monitor.core.html_blocks import blocks_of
from monitor.core.page_parts import Surroundings, is_left_out, last_words, outermost
from monitor.core.page_survey import (
    HEADINGS,
    PROSE_WORDS,
    SITE_TAGS,
    Survey,
    Words,
    count,
    is_dialog,
    names_part,
    opens_part,
    role,
    site_part,
    survey,
)
from monitor.core.typed_marks import ends_sentence

# The part marked as main is believed to hold the text when it holds at least this share of the body's words.
_MAIN_SHARE = 0.5
# An element with this share of the words is where the text is; what stands next to it may be beside the text.
_TEXT_SHARE = 0.7
# What is read must be this share of all words outside of links; else a menu, header or footer that holds as much more
# and at least so many words is the page's own way to mark its text.
_READ_SHARE = 0.25
_LEAST_WORDS = 60
# What holds a list of links where the text is not; in the flow of the text only boxes do.
_BOXES = frozenset({"div", "section", "table", "center", "aside", "td"})
_LISTS = frozenset({"ul", "ol", "dl", "header", "footer"})
# A list of links in the text itself stands beside it when it has no more words of its own than a title, and so many
# in links.
_LABEL_WORDS = 6
_LINKED_WORDS = 10
# The line at the foot of a page that says whose it is.
_IMPRINT_WORDS = 20
_RESERVED = re.compile(
    "rights reserved|rechte vorbehalten|droits réservés|derechos reservados|diritti riservati"
    "|direitos reservados|rechten voorbehouden",
    re.IGNORECASE,
)
_SENTENCE_WORDS = 3
# A request for consent is not longer.
_BANNER_WORDS = 200
# "Was this page helpful?"
_PROMPT_WORDS = 10
_QUESTION = re.compile("[?？؟]")
# "Updated over a week ago": another text every day, and never the day of a change.
_TIME_AGO = re.compile(
    r"\b(?:ago|yesterday|today|this week|this month|il y a|hier|aujourd|cette semaine|gestern|heute|diese woche"
    r"|hace|ayer|hoy|esta semana|geleden|gisteren|vandaag|fa|ieri|oggi|há|ontem|hoje"
    r"|vor (?:über )?(?:ein\w*|[0-9]+))(?!\w)"
    r"|[0-9０-９]+\s*(?:分钟|小时|時間|天|日|周|週間?|[か个個ヶ]?月|年)前",
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
    hidden = max((page.of(tag).own for tag in body.find_all(_may_hold_the_text)), default=0)
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
    return _with_prose_outside(mains, body, page) if own >= _MAIN_SHARE * all_own else [body]


def _may_hold_the_text(tag: Tag) -> bool:
    return tag.name in SITE_TAGS or is_dialog(tag)


def _with_prose_outside(mains: list[Tag], body: Tag, page: Survey) -> list[Tag]:
    """The main elements and what else holds prose, each with the heading right before it, in document order."""
    wanted = {id(tag) for tag in mains}
    around = {id(parent) for tag in mains for parent in tag.parents}
    parts: list[Tag] = []
    stack = [body]
    while stack:
        tag = stack.pop()
        if id(tag) in wanted:
            parts.append(tag)
        elif id(tag) in around:
            children = [child for child in tag.contents if isinstance(child, Tag)]
            kept = [id(child) in wanted | around or _is_prose(child, page) for child in children]
            titles = [
                child.name in HEADINGS and after for child, after in zip(children, kept[1:], strict=False)
            ]
            chosen = zip(children, kept, [*titles, False], strict=True)
            stack += [child for child, *reasons in chosen if any(reasons)][::-1]
        else:
            parts.append(tag)
    return parts


def _is_prose(tag: Tag, page: Survey) -> bool:
    """Whether an element outside of the main part holds text of its own, and is no part of the site."""
    words = page.of(tag)
    if words.own < PROSE_WORDS or words.own <= words.linked or is_left_out(tag, Surroundings(page)):
        return False
    return site_part(tag) not in ("header", "footer", "aside") and not _is_beside(tag, page, is_inside=False)


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
        return not (words.own if tag.name == "table" else not is_inside and _is_introduced(tag, page))
    return _asks(tag, page, is_inside) or (words.own <= _IMPRINT_WORDS and _is_imprint(tag.get_text(" ")))


def _is_introduced(tag: Tag, page: Survey) -> bool:
    """Whether the text announces a list of links: in its own words, under a heading, or with a colon before it."""
    if _is_in_outline(tag, page) or (page.of(tag).own > _LABEL_WORDS and any(map(_announces, tag.strings))):
        return True
    before = tag.find_previous_sibling()
    if before is None or not page.of(before).own:
        return False
    return before.name in page.outline or last_words(before).rstrip().endswith((":", "："))


def _announces(text: NavigableString) -> bool:
    is_linked = text.parent is not None and text.parent.name in ("a", "button", "label")
    return not is_linked and count(text) > _LABEL_WORDS and "©" not in text


def _is_in_outline(tag: Tag, page: Survey) -> bool:
    return id(tag) in page.headed and tag.find(list(page.outline)) is not None


def _is_imprint(text: str) -> bool:
    """Whether a line says whose the page is, and no sentence more."""
    others = [part for part in re.split(r"[.。!]\s", text) if "©" not in part and not _RESERVED.search(part)]
    return "©" in text and all(count(part) < _SENTENCE_WORDS for part in others)


def _is_bare_list(tag: Tag, words: Words) -> bool:
    """Whether links in what an author marked as text are no part of it: many, and neither items nor under a heading."""
    if words.own > _LABEL_WORDS or words.linked < _LINKED_WORDS:
        return False
    return tag.name in SITE_TAGS or tag.find([*HEADINGS, "li"]) is None


def _asks(tag: Tag, page: Survey, is_inside: bool) -> bool:
    """Whether an element asks for consent to cookies or for an opinion: it is short, and gives a choice."""
    if not 0 < page.of(tag).own <= _BANNER_WORDS or len(tag.find_all(_is_choice, limit=2)) < 2:
        return False
    if id(tag) in page.headed if is_inside else _is_in_outline(tag, page):
        return False
    text = tag.get_text(" ").lower()
    return "cookie" in text or (page.of(tag).own <= _PROMPT_WORDS and bool(_QUESTION.search(text)))


def _is_choice(tag: Tag) -> bool:
    is_pressed = tag.name == "button" or role(tag) == "button"
    return is_pressed and not names_part(tag) and "aria-controls" not in tag.attrs


def _says_how_long_ago(draft: Draft) -> bool:
    text = draft.text
    is_short = len(text) < 100 and count(text) <= _STAMP_WORDS and not re.search("(19|20)[0-9]{2}", text)
    if ends_sentence(text):
        return False
    return is_short and bool(_UPDATED.search(text)) and bool(_TIME_AGO.search(text))


def _count(drafts: list[Draft]) -> int:
    return sum(count(draft.text) for draft in drafts)

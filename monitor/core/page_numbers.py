"""Lines that say nothing but where the reader is: "7", "Page 7", "7 of 12", "– 7 –", "vii".

The words are a closed list: "Article 7" and "Effective 7 March" number no page, and their loss would be a loss of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAGE_WORDS = (
    r"page|pages|pg\.?|p\.|seite|página|pagina|pàgina|páxina|pág\.?|pag\.?|side|sida|síða|sivu|strona|stránka|strana|str\.|"
    r"stran|stranica|страница|стр\.|сторінка|старонка|oldal|sayfa|halaman|trang|bladzijde|blz\.?|σελίδα|pagină|puslapis|"
    r"lapa|lappuse|lehekülg|lk\.?|orrialdea|faqe|sahifa|页|頁|ページ|페이지|쪽|หน้า|صفحة|עמוד|पृष्ठ|পৃষ্ঠা"
)
_OF = r"/|\||of|von|de|di|van|af|av|sur|z|ze|od|из|з|iš|no|din|dari|của|από|共|中|من|מתוך"
_NUMBER = r"\d{1,4}"
_ROMAN = r"(?=[ivxl])(?:x[lc]|l?x{0,3})(?:i[xv]|v?i{0,3})"
_BARE = r"[\s–—‒―|~-]*"
_TOTAL = rf"(?:\s*(?:{_OF})\s*{_NUMBER})?"

_NAMED = re.compile(
    rf"{_BARE}(?:(?:{_PAGE_WORDS})\s*(?P<after>{_NUMBER}|{_ROMAN}){_TOTAL}"
    rf"|第?\s*(?P<before>{_NUMBER})\.?\s*(?:{_PAGE_WORDS})(?:\s*[/,]?\s*共\s*{_NUMBER}\s*(?:页|頁))?){_BARE}"
)
_UNNAMED = re.compile(rf"{_BARE}(?P<number>{_NUMBER}){_TOTAL}{_BARE}")
# In capitals a roman numeral alone may be that of a chapter.
_UNNAMED_ROMAN = re.compile(rf"{_BARE}(?P<number>{_ROMAN}){_BARE}")

_NAMED_INSIDE = re.compile(
    rf"(?:\b(?:{_PAGE_WORDS})\s*{_NUMBER}{_TOTAL})\W*\Z|\A(?:{_PAGE_WORDS})\s*{_NUMBER}{_TOTAL}(?=\W)"
)
_BEHIND_A_BAR = re.compile(rf"\|\s*{_NUMBER}{_TOTAL}\s*\Z|\A\s*{_NUMBER}{_TOTAL}\s*\|")
_WITH_TOTAL = re.compile(rf"(?<!\S){_NUMBER}\s*/\s*({_NUMBER})\Z")

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The number that a line says, and whether a word for "page" stands with it."""

    number: int
    is_named: bool


def page_number(text: str) -> PageNumber | None:
    """The page number that a line is; None for a line that holds any other word."""
    if len(text) > _LONGEST_LINE:
        return None
    if named := _NAMED.fullmatch(text.casefold()):
        return PageNumber(_value(named.group("after") or named.group("before")), is_named=True)
    bare = _UNNAMED.fullmatch(text) or _UNNAMED_ROMAN.fullmatch(text)
    return PageNumber(_value(bare.group("number")), is_named=False) if bare else None


def without_page_number(text: str, pages: int) -> str:
    """A header or footer by what all its pages share: case and a plain page number do not count.

    Such a number stands behind a word for "page", beside a bar, or before "/" and the number of pages. Any other may be
    that of an article or a schedule, so it counts.
    """
    shared = text.casefold()
    if len(shared) > _LONGEST_LINE:
        return shared
    for pattern in (_NAMED_INSIDE, _BEHIND_A_BAR):
        if pattern.search(shared):
            return pattern.sub("#", shared)
    with_total = _WITH_TOTAL.search(shared)
    if with_total and int(with_total.group(1)) == pages:
        return shared[: with_total.start()] + "#"
    return shared


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    values = [_ROMAN_VALUES[letter] for letter in number]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )

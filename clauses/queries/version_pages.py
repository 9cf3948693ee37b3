"""A stored text cut into pages that stay light: every clause and heading has an address on one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clauses.queries.versions import Passage

# Bytes of a page's passages, about: with its outline, style sheets and the rest a page stays below 150 kB.
MOST_BYTES = 74_000
# What a passage, a clause, its severity and each of its types weigh besides their words.
_PASSAGE_WEIGHS = 110
_CLAUSE_WEIGHS = 260
_SEVERITY_WEIGHS = 230
_TYPE_WEIGHS = 85
# An entry of the outline, and what it says of a section of the page.
_ENTRY_WEIGHS = 150
_SECTION_WEIGHS = 330
# However long the outline, a page has room for so much of the text.
_LEAST_BYTES = 30_000
# More clauses of other pages are not listed: `?clause=P-000123` leads to each.
MOST_ELSEWHERE = 500


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A clause of another page, with the address of its words there."""

    anchor: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class TextPage:
    """One page of a text; `is_all`: the one page of all of a text that has several.

    `continued` is the heading above its first words, empty where a heading begins it. `hrefs` are the addresses of
    headings by anchor, seen from here.
    """

    number: int
    count: int
    is_all: bool
    passages: Sequence[Passage]
    continued: str
    hrefs: dict[str, str]
    elsewhere: Sequence[Elsewhere]
    query: str

    @property
    def others(self) -> list[tuple[int, str]]:
        """The pages and the queries that lead to them."""
        return [(number, _query(number, self.query)) for number in range(1, self.count + 1)]

    @property
    def before(self) -> str:
        """The query of the page before, empty for the first one."""
        return _query(self.number - 1, self.query) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The query of the page after, empty for the last one."""
        return _query(self.number + 1, self.query) if self.number < self.count else ""


def text_page(
    passages: Sequence[Passage], number: int = 1, *, is_all: bool = False, query: str = ""
) -> TextPage:
    """A page of a text; the nearest one where there is none of this number. `query` is kept by its links."""
    pages = _cut(passages)
    is_all = is_all and len(pages) > 1
    pages = [list(passages)] if is_all else pages
    number = min(max(number, 1), len(pages))
    here = pages[number - 1]
    placed = [(at, row) for at, page in enumerate(pages, 1) for row in page if row.anchor]
    others = [(at, row) for at, row in placed if at != number]
    elsewhere = [
        Elsewhere(row.anchor, row.clause.record_id, f"{_query(at, query)}#{row.anchor}")
        for at, row in others
        if row.clause
    ]
    return TextPage(
        number=number,
        count=len(pages),
        is_all=is_all,
        passages=here,
        continued=_continued(pages[: number - 1], here),
        hrefs={row.anchor: f"{_query(at, query)}#{row.anchor}" for at, row in others},
        elsewhere=elsewhere if len(elsewhere) <= MOST_ELSEWHERE else [],
        query=query,
    )


def place_in_text(passages: Sequence[Passage], record: int, *, query: str = "") -> str:
    """The address of a clause within the pages of a text; that of its beginning where it does not stand in it."""
    for number, page in enumerate(_cut(passages), 1):
        for row in page:
            if row.clause and row.clause.number == record:
                return f"{_query(number, query)}#{row.anchor}"
    return _query(1, query)


def _query(number: int, query: str) -> str:
    """Never empty: a link to an empty query leads to the page that it stands on."""
    return "?" + "&".join(part for part in (query, f"page={number}" if number > 1 else "") if part)


def _cut(passages: Sequence[Passage]) -> list[list[Passage]]:
    """The passages of each page. A heading goes with the words below it; one long clause has a page of its own."""
    headings = sum(row.kind == "heading" for row in passages)
    most = max(MOST_BYTES - headings * _ENTRY_WEIGHS, _LEAST_BYTES)
    pages: list[list[Passage]] = [[]]
    weight = 0
    for group in _groups(passages):
        more = sum(map(_weight, group))
        if weight and weight + more > most:
            pages.append([])
            weight = 0
        pages[-1] += group
        weight += more
    return pages


def _groups(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Headings with the first passage below them, and each other passage by itself."""
    group: list[Passage] = []
    for row in passages:
        group.append(row)
        if row.kind != "heading":
            yield group
            group = []
    if group:
        yield group


def _weight(row: Passage) -> int:
    words = len(row.text.encode()) + _PASSAGE_WEIGHS
    if row.kind == "heading":
        return words + _SECTION_WEIGHS
    if row.types:
        words += _SEVERITY_WEIGHS + _TYPE_WEIGHS * len(row.types)
    return words + (_CLAUSE_WEIGHS if row.clause else 0)


def _continued(before: Sequence[Sequence[Passage]], here: Sequence[Passage]) -> str:
    if not here or here[0].kind == "heading":
        return ""
    above = (row.text for page in reversed(before) for row in reversed(page) if row.kind == "heading")
    return next(above, "")

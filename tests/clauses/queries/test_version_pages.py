"""A text cut into pages: every passage once and in order, and an address for each clause and heading."""

from __future__ import annotations

import pytest

from clauses.models import Occurrence
from clauses.models.clause import Clause
from clauses.queries import version_pages
from clauses.queries.standing import PlacedClause
from clauses.queries.version_pages import MOST_BYTES, TextPage, place_in_text, text_page
from clauses.queries.versions import Passage


def _heading(number: int, text: str = "Data") -> Passage:
    return Passage("heading", text, 2, anchor=f"section-{number}")


def _clause(number: int, length: int = 5_000) -> Passage:
    text = "w" * length
    placed = PlacedClause(Occurrence(clause=Clause(number=number)), number, 0, length, text)
    return Passage("paragraph", text, anchor=placed.anchor, clause=placed)


def _pages(passages: list[Passage]) -> list[TextPage]:
    first = text_page(passages)
    return [text_page(passages, number) for number in range(1, first.count + 1)]


LONG = [_heading(1, "Data"), *map(_clause, range(1, 31)), _heading(2, "Fees"), *map(_clause, range(31, 41))]


def test_a_short_text_has_one_page_and_no_links() -> None:
    text = text_page([_heading(1), _clause(1)])
    assert (text.number, text.count, text.before, text.after) == (1, 1, "", "")
    assert (text.hrefs, text.elsewhere, text.is_all) == ({}, [], False)
    assert not text_page([_heading(1), _clause(1)], is_all=True).is_all


def test_every_passage_stands_on_one_page_in_order_and_no_page_is_too_heavy() -> None:
    pages = _pages(LONG)
    assert len(pages) > 2
    assert [row for page in pages for row in page.passages] == LONG
    assert all(sum(len(row.text) for row in page.passages) <= MOST_BYTES for page in pages)


def test_a_heading_goes_with_the_words_below_it() -> None:
    passages = [_clause(1, MOST_BYTES - 2_000), _heading(1), _heading(2), _clause(2)]
    first, second = _pages(passages)
    assert first.passages == passages[:1]
    assert second.passages == passages[1:]
    assert second.continued == ""


def test_a_page_that_begins_within_a_section_names_it() -> None:
    assert [page.continued for page in _pages(LONG)][1] == "Data"


def test_a_clause_longer_than_a_page_has_one_of_its_own() -> None:
    passages = [_clause(1), _clause(2, 2 * MOST_BYTES), _clause(3)]
    assert [list(page.passages) for page in _pages(passages)] == [[row] for row in passages]


def test_what_stands_on_other_pages_has_its_address_from_here() -> None:
    first, *others, last = _pages(LONG)
    (begins,) = (
        page.number for page in (*others, last) if "section-2" in {row.anchor for row in page.passages}
    )
    assert first.hrefs["section-2"] == f"?page={begins}#section-2"
    assert last.hrefs["section-1"] == "?#section-1"
    listed = {row.anchor: row.href for row in first.elsewhere}
    assert listed["p-000040"] == f"?page={last.number}#p-000040"
    assert "p-000001" not in listed
    here = {row.anchor for row in first.passages}
    assert {row.anchor for row in LONG} == here | set(first.hrefs)


def test_links_keep_the_day_that_was_asked_for() -> None:
    text = text_page(LONG, 2, query="on=2025-03-01")
    assert (text.before, text.after) == ("?on=2025-03-01", "?on=2025-03-01&page=3")
    assert place_in_text(LONG, 1, query="on=2025-03-01") == "?on=2025-03-01#p-000001"


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (-4, 1), (999, len(_pages(LONG)))])
def test_a_page_that_does_not_exist_is_the_nearest_one(asked: int, shown: int) -> None:
    assert text_page(LONG, asked).number == shown


def test_a_clause_is_found_on_its_page_and_one_that_is_gone_leads_to_the_beginning() -> None:
    last = _pages(LONG)[-1].number
    assert place_in_text(LONG, 40) == f"?page={last}#p-000040"
    assert place_in_text(LONG, 99) == "?"


def test_all_of_it_is_one_page_with_nothing_elsewhere() -> None:
    text = text_page(LONG, 2, is_all=True)
    assert (text.number, text.count, text.is_all) == (1, 1, True)
    assert (text.passages, text.hrefs, text.elsewhere) == (LONG, {}, [])


def test_too_many_clauses_of_other_pages_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version_pages, "MOST_ELSEWHERE", 3)
    assert text_page(LONG).elsewhere == []

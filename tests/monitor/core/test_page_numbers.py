"""Which lines say nothing but where the reader is, and which only look so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.page_numbers import PageNumber, page_number, without_page_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("– 7 –", 7),
        ("- 7 -", 7),
        ("7 of 12", 7),
        ("7/12", 7),
        ("7 | 12", 7),
        ("vii", 7),
        ("– xiv –", 14),
        ("xlii", 42),
    ],
)
def test_a_number_that_stands_alone_may_be_that_of_a_page(text: str, number: int) -> None:
    assert page_number(text) == PageNumber(number, is_named=False)


@pytest.mark.parametrize(
    "text",
    [
        "Page 7",
        "PAGE 7 OF 12",
        "Page 7/12",
        "page VII",
        "p. 7",
        "Seite 7 von 12",
        "Página 7 de 12",
        "Pagina 7 di 12",
        "Side 7 av 12",
        "Sida 7",
        "Strona 7 z 12",
        "Stránka 7",
        "Страница 7 из 12",
        "7. oldal",
        "第7页",
        "第 7 页 共 12 页",
        "7 ページ",
        "– Page 7 –",
    ],
)
def test_a_word_for_page_says_so_in_many_languages(text: str) -> None:
    assert page_number(text) == PageNumber(7, is_named=True)


@pytest.mark.parametrize(
    "text",
    [
        "Effective 1 March 2025",
        "Article 2",
        "Clause 3",
        "Schedule 1",
        "Section 4 of 9",
        "Anlage 2",
        "Статья 3",
        "第3条",
        "Page 3 applies",
        "Page",
        "3.",
        "(3)",
        "3.1",
        "30 days",
        "VII",
        "€ 7",
        "7 %",
        "12345",
        "mix",
        "",
        "7" * 500,
    ],
)
def test_a_line_with_any_other_word_or_mark_is_no_page_number(text: str) -> None:
    assert page_number(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Terms of Use – Page 3 of 9", "TERMS OF USE – Page 4 of 9"),
        ("Page 3 · Terms of Use", "Page 4 · Terms of Use"),
        ("Terms of Use | 3", "Terms of Use | 4"),
        ("3 | Terms of Use", "4 | Terms of Use"),
        ("https://tern.example/terms 3/9", "https://tern.example/terms 4/9"),
    ],
)
def test_a_footer_is_the_same_whatever_its_page_number(one: str, other: str) -> None:
    assert without_page_number(one, 9) == without_page_number(other, 9)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Article 3", "Article 4"),
        ("Effective 1 March 2025", "Effective 2 March 2025"),
        ("Letters: 30 days", "Letters: 90 days"),
        ("Terms of Use 3", "Terms of Use 4"),
        ("Part 3/4", "Part 4/4"),
        ("Homepage 3 of 9", "Homepage 4 of 9"),
        ("Terms of Use – Page 3", "Terms of Sale – Page 3"),
    ],
)
def test_lines_that_differ_in_more_than_that_are_two(one: str, other: str) -> None:
    assert without_page_number(one, 9) != without_page_number(other, 9)


@given(st.text())
def test_any_line_can_be_asked(text: str) -> None:
    page_number(text)
    assert isinstance(without_page_number(text, 3), str)

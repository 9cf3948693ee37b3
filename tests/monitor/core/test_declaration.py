from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.declaration import (
    BadDeclaration,
    Declaration,
    Page,
    Service,
    Terms,
    page_id,
    read_service,
    same_address,
    windows,
)

A, B = "https://larkspur.example/legal/terms", "https://larkspur.example/legal/guests"
TICK = timedelta(microseconds=1)


def _read(terms: dict[str, Any], history: dict[str, Any] | None = None) -> Service:
    current = json.dumps({"name": "Larkspur & Co", "terms": terms})
    return read_service("Larkspur", current, json.dumps(history) if history else "")


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_declaration_is_read_with_all_its_keys() -> None:
    span = {"startBefore": "#a", "endBefore": "#b"}
    service = _read(
        {
            "Terms": {
                "fetch": A,
                "select": ["main", span],
                "remove": ".menu",
                "filter": [
                    "removeQueryParams",
                    "cutDates",
                    {"removeQueryParams": ["x"]},
                    {"cutNames": {"a": 1}},
                ],
                "executeClientScripts": True,
            }
        }
    )
    assert service.name == "Larkspur & Co"
    assert service.terms["Terms"].current == Declaration(
        (Page(A, ("main", span), (".menu",), ("cutDates", "cutNames"), needs_browser=True),)
    )
    assert service.problems == ()


def test_the_older_name_of_the_key_is_read_too() -> None:
    text = json.dumps({"name": "Larkspur", "documents": {"Terms": {"fetch": A, "select": "main"}}})
    assert read_service("Larkspur", text).terms["Terms"].current == Declaration((Page(A, ("main",)),))


def test_combined_pages_inherit_what_they_do_not_say() -> None:
    service = _read(
        {
            "Terms": {
                "select": "main",
                "remove": [".menu"],
                "executeClientScripts": True,
                "combine": [{"fetch": A}, {"fetch": B, "select": "table", "executeClientScripts": False}],
            }
        }
    )
    assert service.terms["Terms"].current == Declaration(
        (
            Page(A, ("main",), (".menu",), needs_browser=True),
            Page(B, ("table",), (".menu",), needs_browser=False),
        )
    )


HISTORY = [
    {"fetch": A, "select": "#second", "validUntil": "2024-06-30T12:00:00Z"},
    {"fetch": A, "select": "#first", "validUntil": "2024-03-31T12:00:00+00:00"},
]


@pytest.mark.parametrize(
    ("moment", "selector"),
    [
        ("2020-01-01T00:00:00", "#first"),
        ("2024-03-31T12:00:00", "#first"),
        ("2024-03-31T12:00:00.000001", "#second"),
        ("2024-06-30T12:00:00", "#second"),
        ("2024-06-30T12:00:01", "#today"),
        ("2030-01-01T00:00:00", "#today"),
    ],
)
def test_the_declaration_of_a_moment_is_the_first_that_had_not_ended(moment: str, selector: str) -> None:
    terms = _read({"Terms": {"fetch": A, "select": "#today"}}, {"Terms": HISTORY}).terms["Terms"]
    declaration = terms.at(_day(moment))
    assert declaration is not None
    assert declaration.pages[0].select == (selector,)


def test_a_closed_document_lives_in_the_history_alone() -> None:
    terms = _read({}, {"Terms": HISTORY}).terms["Terms"]
    assert terms.current is None
    assert terms.at(_day("2024-07-01")) is None
    assert windows(terms)[-1].until == _day("2024-06-30T12:00:00") + TICK


def test_other_selectors_for_one_address_are_windows_at_one_position() -> None:
    terms = _read({"Terms": {"fetch": A + "/", "select": "#today"}}, {"Terms": HISTORY}).terms["Terms"]
    first, second, today = windows(terms)
    assert [window.position for window in (first, second, today)] == [0, 0, 0]
    assert (first.since, first.until) == (None, second.since)
    assert (second.until, today.until) == (today.since, None)


def test_another_address_has_a_position_of_its_own() -> None:
    history = {"Terms": [{"fetch": B, "select": "main", "validUntil": "2024-01-01"}]}
    terms = _read({"Terms": {"fetch": A, "select": "main"}}, history).terms["Terms"]
    assert [(window.page.url, window.position) for window in windows(terms)] == [(A, 0), (B, 1)]


def test_equal_declarations_in_a_row_are_one_window() -> None:
    history = {
        "Terms": [{"fetch": A, "select": "main", "executeClientScripts": True, "validUntil": "2024-01-01"}]
    }
    terms = _read({"Terms": {"select": ["main"], "combine": [{"fetch": A}, {"fetch": B}]}}, history).terms[
        "Terms"
    ]
    assert [(window.page.url, window.since, window.until) for window in windows(terms)] == [
        (A, None, None),
        (B, _day("2024-01-01") + TICK, None),
    ]


def test_an_address_declared_twice_is_read_twice() -> None:
    pages = [{"fetch": A, "select": "#one"}, {"fetch": A, "select": "#two"}]
    assert [window.position for window in windows(_read({"Terms": {"combine": pages}}).terms["Terms"])] == [
        0,
        1,
    ]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"select": "main"}, "fetch is missing"),
        ({"fetch": None}, "fetch is missing"),
        ({"fetch": A, "filter": [["cutDates"]]}, "filter is neither a name"),
        ({"fetch": A, "filter": [True]}, "filter is neither a name"),
        ({"fetch": "ftp://larkspur.example/x"}, "is not a web address"),
        ({"fetch": "https://me@larkspur.example/"}, "is not a web address"),
        ({"fetch": "https://[larkspur/"}, "is not a web address"),
        ({"fetch": 7}, "is not a web address"),
        ({"fetch": A, "select": "main["}, "is not a CSS selector"),
        ({"fetch": A, "select": {"startBefore": "#a"}}, "A range has"),
        ({"fetch": A, "remove": [None]}, "neither a CSS selector nor a range"),
        ({"combine": []}, "combine is not a list"),
        ({"combine": ["x"]}, "a page in combine is not an object"),
        ([], "it is not an object"),
    ],
)
def test_a_malformed_declaration_is_named_and_left_out(terms: object, said: str) -> None:
    service = _read({"Bad": terms, "Good": {"fetch": A}})
    assert list(service.terms) == ["Good"]
    assert len(service.problems) == 1
    assert service.problems[0].startswith("Larkspur: Bad: ")
    assert said in service.problems[0]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"fetch": A}, "without validUntil"),
        ({"fetch": A, "validUntil": "yesterday"}, "is not a moment"),
        ({"fetch": A, "validUntil": "0001-01-01T00:00:00+12:00"}, "is not a moment"),
        ({"fetch": "x", "validUntil": "2024-01-01"}, "is not a web address"),
    ],
)
def test_a_malformed_entry_of_a_history_leaves_the_others(entry: dict[str, str], said: str) -> None:
    service = _read({}, {"Terms": [*HISTORY, entry]})
    assert len(service.terms["Terms"].declarations) == 2
    assert said in service.problems[0]


@pytest.mark.parametrize("text", ["{", "[]", "7", '{"terms": []}', "[" * 5000])
def test_what_is_no_object_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(BadDeclaration, match=r"^Larkspur\.json"):
        read_service("Larkspur", text)


@pytest.mark.parametrize(
    "other", ["http://larkspur.example/legal/terms", A + "/", "https://www.Larkspur.example/legal/terms"]
)
def test_spellings_of_an_address_are_the_same(other: str) -> None:
    assert same_address(A) == same_address(other)


def test_other_addresses_are_not_the_same() -> None:
    assert len({same_address(url) for url in (A, B, A + "?lang=de", "https://[x", "")}) == 5


def test_a_page_is_named_by_the_segments_of_its_path() -> None:
    assert page_id("https://larkspur.example/en/legal//terms/?x=1#y") == "en-legal-terms"


_MOMENTS = st.integers(0, 40).map(lambda number: _day("2024-01-01") + timedelta(days=number))
_PAGES = st.lists(
    st.tuples(st.sampled_from([A, B]), st.sampled_from(["main", "article"])),
    min_size=1,
    max_size=2,
    unique_by=lambda p: p[0],
)


@given(
    st.dictionaries(_MOMENTS, _PAGES, max_size=5),
    st.none() | _PAGES,
    st.lists(_MOMENTS, min_size=1, max_size=10),
)
def test_the_windows_of_a_moment_are_the_pages_declared_for_it(
    history: dict[datetime, list[tuple[str, str]]],
    current: list[tuple[str, str]] | None,
    moments: list[datetime],
) -> None:
    rows: list[tuple[datetime | None, list[tuple[str, str]]]] = [*sorted(history.items())]
    if current:
        rows.append((None, current))
    declarations = tuple(
        Declaration(tuple(Page(url, (css,)) for url, css in pages), until) for until, pages in rows
    )
    terms = Terms("Terms", declarations)
    found = windows(terms)
    for moment in moments:
        declared = terms.at(moment)
        valid = [
            window
            for window in found
            if (window.since is None or window.since <= moment)
            and (window.until is None or moment < window.until)
        ]
        assert {window.page for window in valid} == set(declared.pages if declared else ())
        assert len({window.position for window in valid}) == len(valid)

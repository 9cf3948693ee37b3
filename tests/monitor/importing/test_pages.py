"""Which source a record belongs to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.core.archive import Kind, Place
from monitor.core.declaration import Terms, read_service
from monitor.importing.histories import Record
from monitor.importing.pages import UNKNOWN_ADDRESS, plan
from tests.monitor.importing.archives import day

A, B = "https://larkspur.example/legal/terms", "https://larkspur.example/legal/guests"


def _terms(current: dict[str, Any] | None, *history: dict[str, Any]) -> Terms:
    stated = json.dumps({"terms": {"Terms": current} if current else {}})
    return read_service("Larkspur", stated, json.dumps({"Terms": list(history)})).terms["Terms"]


def _record(at: float, url: str = "", page: str = "") -> Record:
    return Record(day(at), Kind.CHANGE, Place("Larkspur", "Terms", page, "html"), "blob", "commit", url)


ONE = _terms({"fetch": A, "select": "main"})
TWO = _terms({"select": "main", "combine": [{"fetch": A}, {"fetch": B}]})


@pytest.mark.parametrize(
    ("terms", "record", "address"),
    [
        (TWO, _record(0, url=B), B),
        (TWO, _record(0, url=B + "/"), B),
        (TWO, _record(0, page="legal-guests"), B),
        (TWO, _record(0, url=B, page="legal-terms"), B),
        (ONE, _record(0), A),
        (ONE, _record(0, url="https://larkspur.example/moved"), A),
    ],
)
def test_a_record_belongs_to_the_page_of_its_address_or_name_or_to_the_only_one(
    terms: Terms, record: Record, address: str
) -> None:
    found = plan(terms, [record])
    assert [found.windows[index].page.url for index in found.belongs[0]] == [address]
    assert found.remarks == ()


def test_a_page_declared_twice_takes_a_record_twice() -> None:
    twice = _terms({"combine": [{"fetch": A, "select": "#one"}, {"fetch": A, "select": "#two"}]})
    assert plan(twice, [_record(0, url=A)]).belongs == ((0, 1),)


def test_a_record_without_any_declaration_has_a_source_without_selectors() -> None:
    found = plan(None, [_record(0, url=A), _record(1, url=A), _record(2, url=B)])
    assert [(w.page.url, w.page.select, w.since, w.until) for w in found.windows] == [
        (A, (), day(0), None),
        (B, (), day(2), None),
    ]
    assert found.belongs == ((0,), (0,), (1,))
    assert f"no declaration holds {A} on 2024-03-01: read without selectors" in found.remarks


def test_an_undeclared_page_beside_declared_ones_ends_with_its_last_record() -> None:
    other = "https://larkspur.example/legal/old"
    found = plan(TWO, [_record(0, url=other), _record(1, url=A), _record(2, url=other)])
    own = found.windows[2]
    assert (own.page.url, own.page.select, own.position) == (other, (), 2)
    assert own.since == day(0)
    assert own.until is not None
    assert 0 < (own.until - day(2)).total_seconds() < 1


def test_where_several_pages_may_be_meant_none_is_guessed() -> None:
    found = plan(TWO, [_record(0)])
    (index,) = found.belongs[0]
    assert found.windows[index].page.url == UNKNOWN_ADDRESS


def test_after_the_end_of_a_closed_document_its_last_address_is_taken() -> None:
    closed = _terms(None, {"fetch": A, "select": "main", "validUntil": day(5).isoformat()})
    found = plan(closed, [_record(0), _record(9), _record(10)])
    assert found.belongs == ((0,), (1,), (1,))
    late = found.windows[1]
    assert (late.page.url, late.page.select, late.position, late.until) == (A, (), 0, None)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://user@larkspur.example/", "x" * 2000])
def test_an_address_that_may_not_be_linked_is_not_taken_over(url: str) -> None:
    assert plan(None, [_record(0, url=url)]).windows[0].page.url == UNKNOWN_ADDRESS

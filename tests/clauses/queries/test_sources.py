"""How a page is read, in plain words, and how it fares."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.queries.sources import WatchedSource, reading_in_words, rules_in_words, watched_sources
from monitor.models import Document, Host, Outcome, Render, Source
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, capture, day, fail, make_document, make_source

pytestmark = pytest.mark.django_db


def _rules(**values: Any) -> list[str]:
    return rules_in_words(Source(**values), Document(interval_minutes=720))


def _only(source: Source, at: float) -> WatchedSource:
    source.document.refresh_from_db()
    (row,) = watched_sources(source.document, day(at))
    return row


def test_a_source_fails_until_its_text_is_read_again():
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0))
    fail(source, day(1))
    row = _only(source, 2)
    assert (row.is_failing, row.is_held_back, row.seen_at) == (True, False, day(0))
    capture(source, KEPT_5_YEARS, day(2))
    assert not _only(source, 3).is_failing


def test_a_text_held_back_is_no_text():
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0))
    fail(source, day(1), Outcome.LOGIN_WALL)
    row = _only(source, 2)
    assert (row.is_failing, row.is_held_back, row.seen_at) == (True, True, day(0))


def test_a_source_that_is_no_longer_read_has_no_problem():
    source = make_source(valid_until=day(5))
    fail(source, day(1))
    assert _only(source, 2).is_failing
    row = _only(source, 6)
    assert (row.is_failing, row.next_at) == (False, None)


def test_the_next_attempt_is_that_of_the_document_and_later_for_a_slower_source():
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0))
    planned = Document.objects.get(pk=source.document_id).next_fetch_at
    assert planned
    assert _only(source, 0).next_at == planned
    Source.objects.update(interval_minutes=3 * 24 * 60)
    assert _only(source, 0).next_at == max(planned, day(0) + timedelta(days=3))
    Document.objects.update(is_paused=True)
    assert _only(source, 0).next_at is None


def test_a_host_that_asked_to_be_left_alone_is_named_and_not_asked_before():
    source = make_source(url="https://rest.example/terms")
    capture(source, KEPT_30_DAYS, day(0))
    Host.objects.create(name="rest.example:443", free_at=day(0) + timedelta(seconds=2))
    assert _only(source, 0).resting_until is None
    Host.objects.update(free_at=day(0.9))
    row = _only(source, 0)
    assert (row.resting_until, row.next_at) == (day(0.9), day(0.9))
    assert _only(source, 0.9).resting_until is None


def test_an_imported_text_and_a_page_that_ended_are_not_read():
    assert _only(make_source(), 0).is_read
    assert not _only(make_source(render=Render.TEXT), 0).is_read
    assert not _only(make_source(valid_until=day(-1)), 0).is_read


def test_more_sources_and_captures_cost_no_more_queries():
    document = make_document()
    counts = []
    for position in range(3):
        source = make_source(document, position=position)
        for moment in range(3):
            fail(source, day(moment))
        with CaptureQueriesContext(connection) as queries:
            watched_sources(document, day(5))
        counts.append(len(queries))
    assert counts[0] == counts[-1]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"select": ["main"]}, "Only the parts that match “main” are read."),
        ({}, "Proviso finds the main text of the page itself."),
        ({"remove": [".ad", ".hint"]}, "What matches “.ad” or “.hint” is cut out first."),
        (
            {"select": [{"startAfter": "h1", "endBefore": "#foot"}]},
            "Only the parts that match the stretch from behind “h1” up to “#foot” are read.",
        ),
        (
            {"remove": ["nav", {"startBefore": "#a", "endAfter": "#b"}]},
            "What matches “nav” or the stretch from “#a” up to the end of “#b” is cut out first.",
        ),
        ({}, "The page is read as the server sends it; no scripts are run."),
        (
            {"render": Render.BROWSER},
            "A browser opens the page and runs its scripts; the text is read from what then stands there.",
        ),
        ({}, "It is read every 12 hours, sooner where a new text waits to be confirmed."),
        (
            {"interval_minutes": 2880},
            "It is read at most every 2 days, although its document is read every 12 hours.",
        ),
        (
            {"request_headers": {"Referer": "https://a.example/", "Accept-Language": "de"}},
            "The request says besides who we are: Accept-Language: de, Referer: https://a.example/.",
        ),
        ({}, "It is not read where robots.txt asks programs not to."),
        (
            {"ignores_robots": True, "robots_reason": "The publisher agreed in writing."},
            "What robots.txt says is set aside for this page. The reason: The publisher agreed in writing.",
        ),
    ],
)
def test_rules_are_said_in_words(values: dict[str, Any], words: str):
    assert words in _rules(**values)


def test_what_is_left_out_is_said_only_where_no_selector_decides_it():
    said = "Menus, headers, footers and scripts are left out."
    assert said in _rules()
    assert not any("left out" in rule for rule in _rules(select=["body"]))


def test_a_header_that_is_never_sent_is_not_said_to_be():
    rules = _rules(request_headers={"Cookie": "seen=1", "Accept-Language": "de"})
    assert "The request says besides who we are: Accept-Language: de." in rules


def test_an_imported_text_has_neither_schedule_nor_selectors():
    assert _rules(render=Render.TEXT) == ["Its texts were imported. Nothing is fetched from this address."]


def _sentence(document: Document, at: float = 1) -> str:
    return reading_in_words(document, watched_sources(document, day(at)))


def test_one_sentence_says_how_a_document_is_read():
    document = make_document(interval_minutes=720)
    assert _sentence(document) == ""
    make_source(document, select=["main"], remove=[".banner", "nav"], position=0)
    one = "Read every 12 hours from 1 page; on it, the part “main”, without “.banner” or “nav”."
    assert _sentence(document) == one
    make_source(document, select=["main"], remove=[".banner", "nav"], position=1)
    assert _sentence(document).startswith("Read every 12 hours from 2 pages; on each, the part “main”")
    make_source(document, select=[], position=2)
    assert _sentence(document) == "Read every 12 hours from 3 pages, each by rules of its own."


def test_the_sentence_tells_a_found_text_a_stretch_and_what_is_not_read():
    found = make_document(interval_minutes=1440)
    make_source(found, select=[])
    assert (
        _sentence(found) == "Read every 1 day from 1 page; on it, the main text, which Proviso finds itself."
    )
    stretch = make_document(interval_minutes=720)
    make_source(stretch, select=[{"startAfter": "h1", "endBefore": "footer"}])
    assert "on it, the stretch from behind “h1” up to “footer”." in _sentence(stretch)
    imported = make_document()
    make_source(imported, render=Render.TEXT)
    assert _sentence(imported) == "Nothing is fetched for it now."
    ended = make_document()
    make_source(ended, valid_until=day(0))
    assert _sentence(ended) == "Nothing is fetched for it now."
    paused = make_document(is_paused=True)
    make_source(paused)
    assert _sentence(paused).startswith("Paused; otherwise read from 1 page; on it, the part “main”.")

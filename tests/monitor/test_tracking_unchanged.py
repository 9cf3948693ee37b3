"""What an unchanged page costs: counted at the database, and by the calls that read and classify."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.analysis import analyze_pending
from clauses.models import Classification
from monitor.models import Outcome
from monitor.tracking import record, record_unchanged
from tests.builders import KEPT_30_DAYS, capture, day, make_source, page, publish, texts_of

pytestmark = pytest.mark.django_db
_COUNTED = {
    ("monitor.core.extract", "extract"): "extract",
    ("monitor.core.normalize", "sha256"): "hash",
    ("monitor.storage", "get"): "bytes read",
    ("clauses.core.segment", "segment"): "segment",
    ("clauses.core.read", "read_clause"): "classify",
}


@contextmanager
def counted_calls():
    """How often our own functions run, seen by the interpreter's profiler: nothing is replaced."""
    counts: Counter[str] = Counter()

    def count(frame, event, _):
        if event == "call":
            name = _COUNTED.get((frame.f_globals.get("__name__"), frame.f_code.co_name))
            if name:
                counts[name] += 1

    sys.setprofile(count)
    try:
        yield counts
    finally:
        sys.setprofile(None)


def statements(queries):
    """The statements that change something, by kind and table."""
    found: Counter[str] = Counter()
    for query in queries:
        words = query["sql"].replace('"', "").split()
        if words[0] == "INSERT":
            found[f"INSERT {words[2]}"] += 1
        elif words[0] in {"UPDATE", "DELETE"}:
            found[f"{words[0]} {words[1]}"] += 1
    return dict(found)


@pytest.fixture
def source():
    """A source whose first text is published and analyzed."""
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    return source


def test_the_counting_sees_what_a_new_text_costs(source):
    with counted_calls() as counts:
        publish(source, "<p>We keep it for 5 years.</p>", day(1))
    assert counts["extract"] >= 1
    assert counts["segment"] >= 1
    assert counts["classify"] >= 1


def test_the_same_bytes_cost_one_hash_one_line_of_the_log_and_one_row(source):
    capture(source, KEPT_30_DAYS, day(1))
    with counted_calls() as counts, CaptureQueriesContext(connection) as queries:
        fetch = capture(source, KEPT_30_DAYS, day(2))
    assert fetch.outcome == Outcome.UNCHANGED
    assert dict(counts) == {"hash": 1}
    assert statements(queries) == {"INSERT monitor_fetch": 1, "UPDATE monitor_document": 1}
    assert not [query for query in queries if '."packed"' in query["sql"]]
    assert len(queries) <= 25


def test_a_page_that_its_server_calls_unchanged_costs_not_even_a_hash(source):
    source.refresh_from_db()
    with counted_calls() as counts, CaptureQueriesContext(connection) as queries:
        fetch = record_unchanged(source, day(2))
    assert (fetch.outcome, fetch.status) == (Outcome.UNCHANGED, 304)
    assert dict(counts) == {}
    assert statements(queries) == {"INSERT monitor_fetch": 1, "UPDATE monitor_document": 1}


def test_the_same_text_in_other_bytes_makes_no_work_of_clauses(source):
    before = Classification.objects.count()
    with counted_calls() as counts:
        fetch = capture(source, KEPT_30_DAYS, day(2), furniture="other")
        analyze_pending()
    assert fetch.outcome == Outcome.SAME_TEXT
    assert counts["extract"] == 1
    assert counts["segment"] == counts["classify"] == 0
    assert Classification.objects.count() == before
    assert len(texts_of(source)) == 1


def test_bytes_seen_long_ago_are_not_read_again(source):
    capture(source, KEPT_30_DAYS, day(2), furniture="other")
    capture(source, KEPT_30_DAYS, day(3), furniture="third")
    with counted_calls() as counts:
        assert capture(source, KEPT_30_DAYS, day(4), furniture="other").outcome == Outcome.SAME_TEXT
    assert dict(counts) == {"hash": 1}


def test_of_the_headers_as_much_is_kept_as_a_page_needs():
    source = make_source()
    sent = {"content-type": "text/html", "x-long": "y" * 60_000}
    sent |= {f"x-{number}": "y" * 1000 for number in range(200)}
    record(source, page("<p>Terms.</p>"), sent, day(0))
    kept = source.fetches.get().snapshot.headers
    assert kept["content-type"] == "text/html"
    assert len(kept["x-long"]) == 2000
    assert len(kept) <= 100
    assert sum(len(name) + len(value) for name, value in kept.items()) <= 32_000

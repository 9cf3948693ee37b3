"""No page is read while a transaction is open: a large one takes seconds, in which nobody else could write."""

import sys
from contextlib import contextmanager

import pytest
from django.db import connection

from monitor import quarantine, texts
from monitor.models import Cause, Outcome, Source
from monitor.texts import reading_ahead, reread
from tests.builders import (
    candidate_of,
    capture,
    day,
    hold_back,
    make_document,
    make_source,
    make_user,
    outcomes_of,
    read_pages,
    texts_of,
    versions_of,
)

pytestmark = pytest.mark.django_db(transaction=True)
_READING = {("monitor.core.extract", "extract"), ("monitor.storage", "get"), ("monitor.storage", "_pack")}


@contextmanager
def watched_readings():
    """Whether a transaction was open, for each page read, packed or unpacked: seen by the interpreter's profiler."""
    seen: list[bool] = []

    def note(frame, event, _):
        if event == "call" and (frame.f_globals.get("__name__"), frame.f_code.co_name) in _READING:
            seen.append(connection.in_atomic_block)

    texts._latest.clear()
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)
    assert seen
    assert not any(seen)


@pytest.fixture
def sources():
    """Two pages of one document, read once."""
    return read_pages()


def test_a_second_sight_in_other_bytes_rests_on_the_first_without_reading_it_in_the_transaction(sources):
    one, two = sources
    capture(one, "<p>First again.</p>", day(1), furniture="one")
    capture(two, "<p>Second again.</p>", day(1))
    with watched_readings() as seen:
        capture(one, "<p>First again.</p>", day(2), furniture="two")
        capture(two, "<p>Second again.</p>", day(2))
    assert len(seen) >= 3
    assert texts_of(one)[1:] == ["First again.\nSecond again."]
    assert outcomes_of(one) == [Outcome.FIRST, Outcome.CANDIDATE, Outcome.CONFIRMED]


def test_a_first_text_of_many_pages_is_joined_from_pages_read_before():
    document = make_document()
    pages = [make_source(document, position=number) for number in range(12)]
    for number, source in enumerate(pages[:-1]):
        capture(source, f"<p>Page {number}.</p>", day(0))
    with watched_readings() as seen:
        capture(pages[-1], "<p>Last page.</p>", day(0))
    assert len(seen) >= 12
    assert texts_of(pages[0])[0].startswith("Page 0.\nPage 1.\n")


def test_our_own_change_reads_the_pages_before_the_transaction_also_where_it_finds_nothing(sources):
    one, two = sources
    Source.objects.filter(pk=one.pk).update(select=["p"])
    Source.objects.filter(pk=two.pk).update(select=["#nowhere"])
    one.refresh_from_db()
    two.refresh_from_db()
    with watched_readings():
        capture(one, "<p>First page.</p>", day(1), furniture="other")
        capture(two, "<p>Second page.</p>", day(1))
    assert outcomes_of(two)[-1] == Outcome.NOTHING_SELECTED
    assert {version.cause for version in versions_of(one)[1:]} <= {Cause.TECHNICAL}


def test_a_ruling_reads_the_pages_before_its_transaction(sources):
    one, two = sources
    item = hold_back(one, "<p>Prove that you are human, twice.</p>", day(1))
    curator = make_user("mara")
    with watched_readings():
        quarantine.accept(item, by=curator, note="the text itself", at=day(2))
    candidate = candidate_of(one)
    assert [row[0] for row in candidate.snapshots] == [one.pk, two.pk]
    assert len(item.history) == 1


def test_what_a_round_that_was_given_up_saw_is_read_before_the_transaction(sources):
    one, two = sources
    capture(one, "<p>First again.</p>", day(1))
    with watched_readings():
        capture(two, "<p>Second page.</p>", day(2))
    assert outcomes_of(one) == [Outcome.FIRST, Outcome.CANDIDATE]


def test_work_that_begins_anew_leaves_nothing_of_what_it_began_before(sources):
    one, _ = sources
    texts._latest.clear()
    began = []

    def work():
        make_document(slug="made-once")
        began.append(connection.in_atomic_block)
        return reread(one.snapshots.get()).extract.text

    assert reading_ahead(work) == "First page."
    assert began == [True, True]
    assert type(one.document).objects.filter(slug="made-once").count() == 1


def test_an_error_of_the_work_itself_ends_it(sources):
    with pytest.raises(ZeroDivisionError):
        reading_ahead(lambda: 1 // 0)
    assert texts._at_hand.get() is None

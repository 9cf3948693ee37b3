"""Runs of failed readings and texts that came and went."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.queries.gaps import gaps, sightings
from monitor.models import Outcome
from tests.builders import capture, day, fail, make_document, make_source

pytestmark = pytest.mark.django_db
KEPT, SOLD = "<p>We keep it.</p>", "<p>We sell it.</p>"


def test_failures_without_a_good_reading_between_them_are_one_gap():
    source = make_source()
    capture(source, KEPT, day(0))
    fail(source, day(1))
    fail(source, day(2), Outcome.TIMED_OUT)
    capture(source, KEPT, day(3), furniture=3)
    fail(source, day(4))
    first, second = gaps(source.document.platform, day(5))
    assert (first.begun_at, first.ended_at, first.count) == (day(1), day(3), 2)
    assert first.outcomes == (Outcome.UNREACHABLE, Outcome.TIMED_OUT)
    assert (second.begun_at, second.ended_at) == (day(4), None)


def test_a_gap_that_a_later_reading_ended_is_open_as_of_a_day_before():
    source = make_source()
    capture(source, KEPT, day(0))
    fail(source, day(1))
    capture(source, KEPT, day(3), furniture=3)
    (gap,) = gaps(source.document.platform, day(2))
    assert gap.ended_at is None


def test_a_failure_made_up_for_on_the_same_day_is_not_an_entry():
    source = make_source()
    capture(source, KEPT, day(0))
    fail(source, day(1))
    capture(source, KEPT, day(1) + timedelta(hours=5), furniture=3)
    (gap,) = gaps(source.document.platform, day(2))
    assert not gap.is_listed


def test_sources_of_a_document_that_fail_together_are_one_gap():
    document = make_document()
    first, second = make_source(document), make_source(document, position=1)
    fail(first, day(1))
    fail(second, day(1))
    (gap,) = gaps(document.platform, day(2))
    assert gap.count == 1


def test_sources_of_a_document_that_fail_at_other_times_have_their_own_gaps():
    document = make_document()
    first, second = make_source(document), make_source(document, position=1)
    fail(first, day(1))
    fail(second, day(2))
    assert len(gaps(document.platform, day(3))) == 2


def test_a_text_seen_once_and_gone_is_a_sighting():
    source = make_source()
    capture(source, KEPT, day(0))
    capture(source, SOLD, day(1))
    capture(source, KEPT, day(2), furniture=2)
    (seen,) = sightings(source.document.platform, day(3))
    assert (seen.outcome, seen.first_at, seen.count, seen.is_flip) == (Outcome.TRANSIENT, day(1), 1, False)


def test_sightings_far_apart_are_told_apart():
    source = make_source()
    capture(source, KEPT, day(0))
    for number in (1, 3, 30):
        capture(source, SOLD, day(number), furniture=number)
        capture(source, KEPT, day(number + 1), furniture=number)
    assert [seen.count for seen in sightings(source.document.platform, day(40))] == [2, 1]


def test_captures_held_back_are_a_gap_that_says_so():
    source = make_source()
    capture(source, KEPT, day(0))
    fail(source, day(1), Outcome.BOT_WALL)
    fail(source, day(3), Outcome.BOT_WALL)
    capture(source, KEPT, day(4), furniture=4)
    fail(source, day(5), Outcome.SOFT_ERROR)
    fail(source, day(6), Outcome.TIMED_OUT)
    walls, mixed = gaps(source.document.platform, day(9))
    assert (walls.is_held_back, walls.state, walls.count) == (True, "Held back", 2)
    assert (mixed.is_held_back, mixed.state) == (False, "Not readable")


def test_gaps_take_as_many_queries_and_see_as_much_with_another_source_in_between():
    first, second = make_source(), make_source()
    second.document.platform = first.document.platform
    second.document.save()
    for number in range(4):
        fail(first, day(2 * number))
        capture(second, KEPT, day(2 * number + 1), furniture=number)
    with CaptureQueriesContext(connection) as queries:
        (gap,) = gaps(first.document.platform, day(20))
    assert (gap.count, gap.ended_at, gap.begun_at) == (4, None, day(0))
    assert len(queries) == 2

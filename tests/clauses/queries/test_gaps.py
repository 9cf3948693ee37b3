"""Runs of failed readings and texts that came and went."""

from __future__ import annotations

from datetime import timedelta

import pytest

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

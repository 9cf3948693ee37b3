"""Which captures showed a version, and which version stood on a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.queries.version_captures import first_version, on_day, version_captures, version_on
from monitor.models import Outcome, Source, Version
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    fail,
    make_document,
    make_source,
    versions_of,
)

pytestmark = pytest.mark.django_db

LATE = day(400)


@pytest.fixture
def source() -> Source:
    """A text of day 0, seen again on days 2 and 4; another one first seen on day 10, confirmed on day 11."""
    source = make_source()
    for number in (0, 2, 4):
        capture(source, KEPT_30_DAYS, day(number), furniture=number)
    fail(source, day(6))
    for number in (10, 11, 15):
        capture(source, KEPT_5_YEARS, day(number), furniture=number)
    return source


def _both(source: Source) -> tuple[Version, Version]:
    older, newer = versions_of(source)
    return older, newer


def test_first_confirming_and_last_capture_are_told(source: Source) -> None:
    older, newer = _both(source)
    first = version_captures(older, newer)
    assert first.first
    assert first.last
    assert (first.count, first.first.at, first.confirmation, first.last.at) == (3, day(0), None, day(4))
    second = version_captures(newer, None)
    assert second.first
    assert second.confirmation
    assert second.last
    assert (second.count, second.first.at, second.first.outcome) == (3, day(10), Outcome.CANDIDATE)
    assert (second.confirmation.at, second.last.at) == (day(11), day(15))
    assert second.confirmation.snapshot


def test_a_text_imported_without_captures_has_none() -> None:
    version = Version(document=make_document(), first_seen_at=day(0), confirmed_at=day(0))
    found = version_captures(version, None)
    assert (found.count, found.first, found.confirmation, found.last) == (0, None, None, None)


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, None), (0, 0), (5, 0), (9, 0), (10, 1), (11, 1), (399, 1), (-400, None)]
)
def test_the_text_of_a_day_is_the_one_first_seen_by_its_end(
    source: Source, days: int, expected: int | None
) -> None:
    version = version_on(source.document, day(days).date())
    assert version == (None if expected is None else versions_of(source)[expected])


def test_a_text_seen_in_the_evening_is_that_of_its_day() -> None:
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0.74))
    assert day(0.74).hour == 23
    assert version_on(source.document, day(0).date()) == versions_of(source)[0]
    assert version_on(source.document, (day(0) - timedelta(days=1)).date()) is None


def test_the_captures_around_the_end_of_a_day_bear_witness(source: Source) -> None:
    older, newer = _both(source)
    found = on_day(older, newer, day(3).date(), LATE)
    assert found
    assert found.before
    assert found.after
    assert (found.before.at, found.after.at) == (day(2), day(4))
    assert (found.is_first_day, found.is_to_come) == (False, False)
    last = on_day(older, newer, day(7).date(), LATE)
    assert last
    assert last.before
    assert (last.before.at, last.after) == (day(4), None)


def test_a_day_a_version_did_not_stand_on_is_none_of_its_days(source: Source) -> None:
    older, newer = _both(source)
    assert on_day(older, newer, day(10).date(), LATE) is None
    assert on_day(newer, None, day(9).date(), LATE) is None
    first = on_day(newer, None, day(10).date(), LATE)
    assert first
    assert first.is_first_day


def test_a_day_that_is_not_over_is_said_to_be(source: Source) -> None:
    _, newer = _both(source)
    found = on_day(newer, None, day(30).date(), day(20))
    assert found
    assert found.is_to_come


def test_the_first_version_of_a_document_is_found(source: Source) -> None:
    assert first_version(source.document) == versions_of(source)[0]
    assert first_version(make_document()) is None


def test_more_captures_cost_no_more_queries(source: Source) -> None:
    _, newer = _both(source)
    with CaptureQueriesContext(connection) as few:
        version_captures(newer, None)
    for number in range(16, 40):
        capture(source, KEPT_5_YEARS, day(number), furniture=number)
    with CaptureQueriesContext(connection) as many:
        version_captures(newer, None)
    assert len(many) <= len(few)

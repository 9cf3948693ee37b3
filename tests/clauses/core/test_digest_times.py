"""When a digest is due, on the reader's wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.digest_times import Rhythm, digests_for, last_due, next_due

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "day", "due"),
    [
        # Berlin is an hour ahead of UTC in winter, two in summer.
        ("2026-01-10T06:59", date(2026, 1, 9), "2026-01-09T07:00"),
        ("2026-01-10T07:00", date(2026, 1, 10), "2026-01-10T07:00"),
        ("2026-07-10T06:00", date(2026, 7, 10), "2026-07-10T06:00"),
    ],
)
def test_a_daily_digest_is_due_at_the_local_hour(now: str, day: date, due: str) -> None:
    assert last_due(at(now), Rhythm(BERLIN, 8)) == (day, at(due))


def test_a_weekly_digest_is_due_on_its_weekday() -> None:
    monday = Rhythm(ZoneInfo("Pacific/Auckland"), 8, 0)
    # Monday 8:00 in Auckland is Sunday evening in UTC.
    assert last_due(at("2026-03-01T18:59"), monday)[0] == date(2026, 2, 23)
    assert last_due(at("2026-03-01T19:00"), monday)[0] == date(2026, 3, 2)


def test_an_hour_that_clocks_skip_is_due_when_it_is_over() -> None:
    skipped = Rhythm(BERLIN, 2)
    assert last_due(at("2026-03-29T00:59"), skipped)[0] == date(2026, 3, 28)
    assert last_due(at("2026-03-29T01:00"), skipped)[0] == date(2026, 3, 29)


def test_an_hour_that_clocks_repeat_is_due_once() -> None:
    twice = Rhythm(BERLIN, 2)
    assert {last_due(at(f"2026-10-25T0{hour}:00"), twice) for hour in (0, 1, 2)} == {
        (date(2026, 10, 25), at("2026-10-25T00:00"))
    }


def test_digests_count_the_periods_in_which_something_came() -> None:
    moments = [at("2026-03-02T07:00"), at("2026-03-02T09:00"), at("2026-03-03T07:00"), at("2026-03-20T07:00")]
    assert digests_for(moments, Rhythm(ZoneInfo("UTC"), 8)) == 3
    assert digests_for(moments, Rhythm(ZoneInfo("UTC"), 8, 0)) == 3
    assert digests_for([], Rhythm(ZoneInfo("UTC"), 8)) == 0


@given(
    moment=st.integers(0, 5 * 365 * 24 * 60).map(
        lambda minutes: at("2025-01-01") + timedelta(minutes=minutes)
    ),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"]),
    hour=st.integers(0, 23),
    weekday=st.one_of(st.none(), st.integers(0, 6)),
)
def test_what_came_at_a_moment_is_in_the_first_digest_due_after_it(moment, zone, hour, weekday) -> None:
    rhythm = Rhythm(ZoneInfo(zone), hour, weekday)
    day = next_due(moment, rhythm)
    _, before = last_due(moment - timedelta(microseconds=1), rhythm)
    assert before < moment
    days = 8 if weekday is not None else 2
    assert last_due(moment + timedelta(days=days), rhythm)[0] >= day
    assert next_due(before, rhythm) <= day

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.schedule import Waits, is_resting, is_silent, next_claim_at, next_fetch_at, retry_after

NOW = datetime(2031, 1, 1, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def minutes_until(interval=720, **how):
    waits = Waits(interval * MINUTE, confirm=30 * MINUTE, retry=15 * MINUTE)
    return (next_fetch_at(NOW, waits, **{"is_confirming": False, **how}) - NOW) / MINUTE


@pytest.mark.parametrize(
    ("interval", "is_confirming", "minutes"),
    [(720, False, 720), (720, True, 30), (10, True, 10), (10, False, 10)],
)
def test_a_text_that_waits_is_looked_at_soon_but_never_later_than_usual(interval, is_confirming, minutes):
    assert minutes_until(interval, is_confirming=is_confirming) == minutes


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 720), (1, 15), (2, 30), (3, 60), (6, 480), (7, 720), (8, 720), (10**6, 720)]
)
def test_every_failure_in_a_row_doubles_the_wait_up_to_the_interval(failures, minutes):
    assert minutes_until(failures=failures) == minutes


def test_a_short_interval_is_never_lengthened_by_a_failure():
    assert minutes_until(10, failures=1) == 10


@pytest.mark.parametrize(("failures", "minutes"), [(1, 30), (2, 30), (3, 60), (6, 480), (9, 720)])
def test_a_text_whose_page_fails_is_looked_at_no_sooner_than_a_failure_is_retried(failures, minutes):
    assert minutes_until(failures=failures, is_confirming=True) == minutes
    assert minutes_until(10, failures=failures, is_confirming=True) == 10


@given(st.floats(-1, 1), st.integers(0, 30))
def test_what_was_drawn_moves_a_retry_by_a_fifth_and_a_reading_by_a_twentieth(jitter, failures):
    planned, plain = minutes_until(failures=failures, jitter=jitter), minutes_until(failures=failures)
    share = 0.2 if failures else 0.05
    assert plain * (1 - share) - 0.001 <= planned <= plain * (1 + share) + 0.001


def test_a_second_look_keeps_its_moment_whatever_was_drawn():
    assert {minutes_until(is_confirming=True, jitter=jitter) for jitter in (-1, 0, 1)} == {30}


def test_a_reading_that_never_ends_is_tried_again_later_every_time_and_at_the_interval_at_last():
    waits = [next_claim_at(NOW, HOUR, 2 * MINUTE, attempts) - NOW for attempts in range(7)]
    assert [wait / MINUTE for wait in waits] == [2, 4, 8, 16, 32, 60, 60]
    assert next_claim_at(NOW, HOUR, 2 * MINUTE, 30_000) - NOW == HOUR


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("120", 2 * MINUTE),
        (" 60 ", MINUTE),
        ("9999999999999999999999", 24 * HOUR),
        ("90000", 24 * HOUR),
        ("Wed, 01 Jan 2031 12:05:00 GMT", 5 * MINUTE),
        ("Wed, 01 Jan 2031 12:05:00 -0000", 5 * MINUTE),
        ("Wednesday, 01-Jan-31 13:00:00 GMT", HOUR),
        ("Fri, 01 Jan 2038 12:05:00 GMT", 24 * HOUR),
        ("Tue, 31 Dec 2030 12:00:00 GMT", None),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("soon", None),
        ("", None),
        ("Wed, 01 Jan 99999 12:05:00 GMT", None),
        ("Wed, 01 Jan 2031 25:61:00 GMT", None),
    ],
)
def test_a_server_may_ask_to_be_left_alone_for_a_day_at_most(header, asked):
    assert retry_after(header, NOW) == asked


@given(st.text(max_size=60))
def test_no_header_is_too_strange(header):
    asked = retry_after(header, NOW)
    assert asked is None or timedelta() < asked <= 24 * HOUR


@pytest.mark.parametrize(
    ("interval", "hours", "silent"),
    [(12, 36, False), (12, 37, True), (1, 36, False), (24, 71, False), (24, 73, True)],
)
def test_silence_is_three_intervals_and_a_day_and_a_half_at_least(interval, hours, silent):
    assert is_silent(NOW - hours * HOUR, NOW, interval * HOUR) == silent


def test_a_source_rests_until_its_own_interval_is_over_give_or_take_a_tenth():
    assert is_resting(NOW - 20 * HOUR, NOW, 24 * HOUR)
    assert not is_resting(NOW - 22 * HOUR, NOW, 24 * HOUR)
    assert not is_resting(None, NOW, 24 * HOUR)

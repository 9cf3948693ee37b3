"""Spans of time in words."""

from __future__ import annotations

import pytest

from clauses.core.periods import counted, elapsed_in_words, span_in_words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (90, "90 minutes"),
        (60, "1 hour"),
        (720, "12 hours"),
        (1440, "1 day"),
        (10080, "7 days"),
    ],
)
def test_a_span_is_said_in_its_largest_whole_unit(minutes: int, words: str) -> None:
    assert span_in_words(minutes) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (60, "1 minute"),
        (3600, "60 minutes"),
        (4 * 3600, "4 hours"),
        (47 * 3600, "47 hours"),
        (9 * 86400, "9 days"),
    ],
)
def test_elapsed_time_is_said_in_days_only_from_two_days_on(seconds: int, words: str) -> None:
    assert elapsed_in_words(seconds) == words


def test_large_counts_are_grouped() -> None:
    assert counted(1204, "day") == "1,204 days"

"""Places on a line of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.chart import Axis, bar, levels

BEGIN, END = datetime(2024, 6, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
AXIS = Axis(BEGIN, END)


@pytest.mark.parametrize(
    ("at", "place"),
    [
        (BEGIN, 0),
        (END, 100),
        (BEGIN + (END - BEGIN) / 2, 50),
        (BEGIN - timedelta(days=9), 0),
        (END + timedelta(days=9), 100),
    ],
)
def test_a_moment_has_a_place_on_the_axis(at: datetime, place: float):
    assert AXIS.place(at) == place


def test_an_axis_without_length_puts_everything_at_its_end():
    assert Axis(BEGIN, BEGIN).place(BEGIN) == 100


def test_new_years_are_labeled_and_thinned_out_on_a_long_axis():
    assert [label for _, label in AXIS.years()] == ["2025", "2026"]
    assert len(Axis(datetime(1990, 1, 1, tzinfo=UTC), END).years()) <= 12


@given(st.floats(0, 800), st.floats(0, 800))
def test_a_gap_stays_on_the_chart_and_can_be_seen(first: float, length: float):
    found = bar(AXIS, BEGIN + timedelta(days=first), BEGIN + timedelta(days=first + length), "")
    assert found.width >= 0.8
    assert found.place + found.width <= 100.0 + 0.01


def test_a_larger_figure_stands_higher_and_one_to_come_is_pending():
    now = END - timedelta(days=30)
    steps = [(BEGIN, 30.0, "30 days"), (now + timedelta(days=9), 1825.0, "5 years")]
    first, second = levels(AXIS, steps, END, now)
    assert first.y > second.y
    assert (first.is_pending, second.is_pending) == (False, True)
    assert second.rise == first.y
    assert first.right == second.left


def test_a_single_figure_is_a_level_line():
    (only,) = levels(AXIS, [(BEGIN, 30.0, "30 days")], END, END)
    assert (only.left, only.right, only.rise) == (0, 100, None)

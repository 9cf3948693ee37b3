"""Retention through time: the figures of one clause, from the day each began to hold."""

from __future__ import annotations

import pytest

from clauses.queries.figures_over_time import retention_over_time
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, day, make_change_set, make_source, publish

pytestmark = pytest.mark.django_db


def test_a_period_that_changed_is_a_series_from_its_first_text_on():
    (series,) = retention_over_time(make_change_set().document.platform, day(5))
    assert [(step.at, step.value, step.words) for step in series.steps] == [
        (day(0), 30, "30 days"),
        (day(1), 1825, "5 years"),
    ]


def test_a_period_that_never_changed_is_no_series():
    source = make_source()
    publish(source, KEPT_5_YEARS, day(0))
    assert retention_over_time(source.document.platform, day(5)) == []


def test_a_stated_effective_date_is_when_a_figure_begins_to_hold():
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, f"<p>Effective May 1, 2025</p>{KEPT_5_YEARS}", day(1))
    (series,) = retention_over_time(source.document.platform, day(5))
    assert f"{series.steps[-1].at:%Y-%m-%d}" == "2025-05-01"


def test_changes_after_the_asked_day_are_not_known():
    assert retention_over_time(make_change_set().document.platform, day(0.5)) == []

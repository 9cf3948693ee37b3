"""Figures through time: each from the day it began to hold, with its words."""

from __future__ import annotations

import pytest

from clauses.queries.figures_over_time import figures_over_time
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, day, make_change_set, make_source, publish

pytestmark = pytest.mark.django_db


def _law(name: str) -> str:
    return f"<h2>Law</h2><p>This agreement is governed by the laws of {name}.</p>"


def test_a_period_that_changed_is_a_series_from_its_first_text_on():
    change_set = make_change_set()
    (series,) = figures_over_time(change_set.document.platform, day(5))
    assert series.kind == "retention"
    assert [(step.at, step.value, step.words, step.quote) for step in series.steps] == [
        (day(0), 30, "30 days", "for 30 days after you send it"),
        (day(1), 1825, "5 years", "for 5 years after you send it"),
    ]
    assert [step.change_set for step in series.steps] == [None, change_set]


def test_a_period_that_never_changed_is_no_series():
    source = make_source()
    publish(source, KEPT_5_YEARS, day(0))
    assert figures_over_time(source.document.platform, day(5)) == []


def test_a_stated_effective_date_is_when_a_figure_begins_to_hold():
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, f"<p>Effective May 1, 2025</p>{KEPT_5_YEARS}", day(1))
    (series,) = figures_over_time(source.document.platform, day(5))
    assert f"{series.steps[-1].at:%Y-%m-%d}" == "2025-05-01"


def test_changes_after_the_asked_day_are_not_known():
    assert figures_over_time(make_change_set().document.platform, day(0.5)) == []


def test_a_figure_that_is_no_length_of_time_is_told_and_not_drawn():
    source = make_source()
    publish(source, _law("Utopia"), day(0))
    publish(source, _law("Oz"), day(1))
    (series,) = figures_over_time(source.document.platform, day(5))
    assert [(step.value, step.words) for step in series.steps] == [(None, "Utopia"), (None, "Oz")]
    assert not series.is_drawn


def test_a_figure_that_was_dropped_ends_as_not_stated():
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, KEPT_30_DAYS.replace("for 30 days after you send it", "as the law allows it"), day(1))
    (series,) = figures_over_time(source.document.platform, day(5))
    assert [step.words for step in series.steps] == ["30 days", "not stated"]
    assert not series.is_drawn


def test_the_figure_that_changed_most_comes_first():
    source = make_source()
    texts = "<h2>Data</h2><p>We keep your feedback for {} days.</p><h2>Logs</h2><p>We keep your logs for {} days.</p>"
    publish(source, texts.format(30, 10), day(0))
    publish(source, texts.format(60, 90), day(1))
    first, second = figures_over_time(source.document.platform, day(5))
    assert (first.ratio, second.ratio) == (9, 2)

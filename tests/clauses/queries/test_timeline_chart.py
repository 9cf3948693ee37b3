"""The drawing of a timeline."""

from __future__ import annotations

import pytest

from clauses.queries.figures_over_time import figures_over_time
from clauses.queries.timeline import timeline
from clauses.queries.timeline_chart import TimelineChart, timeline_chart
from monitor.models import Platform
from tests.builders import day, fail, make_change_set, make_platform

pytestmark = pytest.mark.django_db


def _chart(platform: Platform) -> TimelineChart | None:
    return timeline_chart(timeline(platform, day(5)), figures_over_time(platform, day(5)), day(5))


def test_nothing_recorded_is_no_chart():
    assert _chart(make_platform()) is None


def test_each_change_is_a_mark_that_leads_to_it_in_the_lane_of_its_document():
    change_set = make_change_set()
    other = make_change_set(
        change_set.document.platform, old="<p>We may write.</p>", new="<p>We may call.</p>"
    )
    chart = _chart(change_set.document.platform)
    assert chart is not None
    numbers = {lane.slug: [mark.number for mark in lane.marks] for lane in chart.lanes}
    assert numbers == {row.document.slug: [row.number] for row in (change_set, other)}
    (mark,) = next(lane.marks for lane in chart.lanes if lane.slug == change_set.document.slug)
    assert mark.severity == "high"
    assert change_set.headline in mark.words


def test_a_step_line_has_the_words_of_each_figure():
    chart = _chart(make_change_set().document.platform)
    assert chart is not None
    (line,) = chart.steps
    assert [(level.label, level.quote) for level in line.levels] == [
        ("30 days", "for 30 days after you send it"),
        ("5 years", "for 5 years after you send it"),
    ]


def test_a_chart_ends_with_what_is_on_record_where_nothing_was_read_for_long():
    change_set = make_change_set()
    document, platform = change_set.document, change_set.document.platform
    until = day(400)
    chart = timeline_chart(timeline(platform, until), figures_over_time(platform, until), until)
    assert chart is not None
    assert document.read_at is not None
    assert chart.silent_since == max(document.read_at, change_set.detected_at)
    assert chart.silent_days >= 390
    assert chart.now is None
    (mark,) = chart.lanes[0].marks
    assert mark.place > 30
    soon = _chart(platform)
    assert soon is not None
    assert (soon.silent_since, soon.now is None) == (None, False)


def test_a_long_time_without_a_reading_is_a_bar_up_to_the_next_try():
    change_set = make_change_set()
    source, platform = change_set.document.sources.get(), change_set.document.platform
    fail(source, day(390))
    chart = timeline_chart(timeline(platform, day(400)), [], day(400))
    assert chart is not None
    assert chart.silent_since is None
    failed, unread = chart.lanes[0].bars
    assert failed.words.startswith("Not readable")
    assert unread.words == "Nothing read from 2 Mar 2025 to 26 Mar 2026"
    assert unread.width > 85
    assert unread.place + unread.width == pytest.approx(failed.place, abs=0.1)
    soon = _chart(platform)
    assert soon is not None
    assert not soon.has_bars


def test_a_page_that_cannot_be_read_is_drawn_until_now():
    change_set = make_change_set()
    source, platform = change_set.document.sources.get(), change_set.document.platform
    fail(source, day(9))
    chart = timeline_chart(timeline(platform, day(400)), [], day(400))
    assert chart is not None
    assert chart.silent_since is None
    assert chart.now is not None
    assert chart.lanes[0].bars[0].width > 90

"""The drawing of a timeline."""

from __future__ import annotations

import pytest

from clauses.queries.figures_over_time import figures_over_time
from clauses.queries.timeline import timeline
from clauses.queries.timeline_chart import TimelineChart, timeline_chart
from monitor.models import Platform
from tests.builders import day, make_change_set, make_platform

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

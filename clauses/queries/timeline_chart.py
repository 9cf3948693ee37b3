"""The timeline as a drawing: a lane for each document, a step line for each retention period that changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clauses.core.chart import LANE_HEIGHT, Axis, Bar, Lane, Level, Mark, bar, levels, line_of
from clauses.models.choices import SeverityLevel
from clauses.queries.figures_over_time import Series
from clauses.queries.timeline import Timeline
from monitor.models import Document


@dataclass(frozen=True, slots=True)
class StepLine:
    """A retention period that changed, with its drawing and its words."""

    series: Series
    levels: list[Level]

    @property
    def words(self) -> str:
        """The figures in order: "30 days since 14 Jan 2025, 5 years since 28 Aug 2025"."""
        said = [f"{step.words} since {step.at.day} {step.at:%b %Y}" for step in self.series.steps]
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """What the template draws. Heights are pixels, places percentages."""

    lanes: list[Lane]
    steps: list[StepLine]
    years: list[tuple[float, str]]
    now: float
    height: int
    counts: list[tuple[SeverityLevel, int]]
    begins_at: datetime
    ends_at: datetime
    has_pending: bool

    @property
    def lanes_end(self) -> int:
        """Where the lanes end and the years are written."""
        return self.height - 22


def timeline_chart(found: Timeline, series: list[Series], until: datetime) -> TimelineChart | None:
    """The drawing of a timeline as known at a moment; None where nothing was recorded."""
    if not found.beginnings:
        return None
    begins_at = found.beginnings[0].versions[0].first_seen_at - timedelta(days=7)
    ends_at = max([until, *(step.at for one in series for step in one.steps)]) + timedelta(days=10)
    axis = Axis(begins_at, ends_at)
    lanes = [_lane(axis, index, document, found, until) for index, document in enumerate(found.documents)]
    lines = [StepLine(one, _levels(axis, one, until)) for one in series]
    severities = [row.severity for row in found.change_sets]
    return TimelineChart(
        lanes=lanes,
        steps=lines,
        years=axis.years(),
        now=axis.place(until),
        height=len(lanes) * LANE_HEIGHT + 22,
        counts=[(level, severities.count(level.value)) for level in sorted(SeverityLevel, reverse=True)],
        begins_at=begins_at,
        ends_at=until,
        has_pending=any(level.is_pending for line in lines for level in line.levels),
    )


def _levels(axis: Axis, series: Series, until: datetime) -> list[Level]:
    steps = [(step.at, step.value, step.words) for step in series.steps]
    return levels(axis, steps, max(until, steps[-1][0] + timedelta(days=5)), until)


def _lane(axis: Axis, index: int, document: Document, found: Timeline, until: datetime) -> Lane:
    line = line_of(index)
    firsts = [
        version.first_seen_at
        for beginning in found.beginnings
        for version in beginning.versions
        if version.document_id == document.pk
    ]
    return Lane(
        name=document.name,
        line=line,
        begin=axis.place(firsts[0]) if firsts else None,
        marks=_marks(axis, line, document, found),
        bars=_bars(axis, document, found, until),
    )


def _marks(axis: Axis, line: int, document: Document, found: Timeline) -> list[Mark]:
    return [
        Mark(
            place=axis.place(row.detected_at),
            line=line,
            severity=SeverityLevel(row.severity).word,
            words=f"{_day(row.detected_at)}, {SeverityLevel(row.severity).word}: {row.headline}",
        )
        for row in found.change_sets
        if row.document_id == document.pk
    ]


def _bars(axis: Axis, document: Document, found: Timeline, until: datetime) -> list[Bar]:
    return [
        bar(axis, gap.begun_at, gap.ended_at or until, f"{gap.state} from {_day(gap.begun_at)}: {gap.words}")
        for gap in found.gaps
        if gap.document.pk == document.pk
    ]


def _day(at: datetime) -> str:
    return f"{at.day} {at:%b %Y}"

"""The timeline as a drawing: a lane for each document, a step line for the figures that changed most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.text import Truncator

from clauses.core.chart import LANE_HEIGHT, Axis, Bar, Lane, Level, Mark, bar, levels, line_of
from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.figures_over_time import Series
from clauses.queries.timeline import Timeline
from monitor.models import Document

# More lines than this say less than the table beside them.
_MOST_LINES = 3
_LONGEST_QUOTE = 80
# Of more changes the latest are drawn: the page stays light, and more marks are a gray band.
_MOST_MARKS = 60
_LONGEST_HEADLINE = 80
# A longer stretch at the end of which nothing is on record is said, and not drawn.
_LONGEST_SILENCE = timedelta(days=31)
# More rows than this are a list of their own, which has pages.
_MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class StepLine:
    """A figure that changed, with its drawing and its words."""

    series: Series
    levels: list[Level]

    @property
    def words(self) -> str:
        """The figures in order: "30 days since 14 Jan 2025, 5 years since 28 Aug 2025"."""
        said = [f"{step.words} since {step.at.day} {step.at:%b %Y}" for step in self.series.steps]
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """What the template draws. Heights are pixels, places percentages.

    `change_sets` are those it has marks for: the latest. `left_out` is how many earlier ones there are. `silent_since`:
    nothing is on record after it, so that it ends there; `now` is None where it ends before.
    """

    lanes: list[Lane]
    steps: list[StepLine]
    years: list[tuple[float, str]]
    now: float | None
    height: int
    counts: list[tuple[SeverityLevel, int]]
    begins_at: datetime
    silent_since: datetime | None
    silent_days: int
    has_pending: bool
    change_sets: list[ChangeSet]
    left_out: int

    @property
    def is_tabled(self) -> bool:
        """Whether the same is told as a table below it."""
        return 0 < len(self.change_sets) <= _MOST_ROWS and not self.left_out

    @property
    def has_bars(self) -> bool:
        """Whether there is a stretch without a text."""
        return any(lane.bars for lane in self.lanes)

    @property
    def lanes_end(self) -> int:
        """Where the lanes end and the years are written."""
        return self.height - 22


def timeline_chart(found: Timeline, series: list[Series], until: datetime) -> TimelineChart | None:
    """The drawing of a timeline as known at a moment; None where nothing was recorded."""
    if not found.beginnings:
        return None
    series = [one for one in series if one.is_drawn][:_MOST_LINES]
    drawn = found.change_sets[:_MOST_MARKS]
    left_out = len(found.change_sets) - len(drawn)
    first_at = drawn[-1].detected_at if left_out else found.beginnings[0].versions[0].first_seen_at
    begins_at = first_at - timedelta(days=7)
    last_at = _last_on_record(found, until)
    ends_at = max([last_at, *(step.at for one in series for step in one.steps)]) + timedelta(days=10)
    axis = Axis(begins_at, ends_at)
    lanes = [
        _lane(axis, index, document, found, until, last_at) for index, document in enumerate(found.documents)
    ]
    lines = [StepLine(one, _levels(axis, one, last_at, until)) for one in series]
    severities = [row.severity for row in drawn]
    return TimelineChart(
        lanes=lanes,
        steps=lines,
        years=axis.years(),
        now=axis.place(until) if until <= ends_at else None,
        height=len(lanes) * LANE_HEIGHT + 22,
        counts=[(level, severities.count(level.value)) for level in sorted(SeverityLevel, reverse=True)],
        begins_at=begins_at,
        silent_since=last_at if last_at < until else None,
        silent_days=(until - last_at).days,
        has_pending=any(level.is_pending for line in lines for level in line.levels),
        change_sets=drawn,
        left_out=left_out,
    )


def _last_on_record(found: Timeline, until: datetime) -> datetime:
    """The last moment up to which anything is known: `until` where that is not long before it."""
    if any(gap.ended_at is None for gap in found.gaps):
        # That it cannot be read is on record until now.
        return until
    read_at = found.read_at(until)
    moments = [entry.at for entry in found.entries if entry.kind != "reference"]
    last = max([*moments, *([read_at] if read_at else [])], default=until)
    return last if until - last > _LONGEST_SILENCE else until


def _levels(axis: Axis, series: Series, last_at: datetime, until: datetime) -> list[Level]:
    # Of what held before the axis begins, the last figure reaches into it.
    earlier = sum(step.at <= axis.begins_at for step in series.steps)
    shown = series.steps[max(earlier - 1, 0) :]
    steps = [(step.at, step.value or 1.0, step.words) for step in shown]
    drawn = levels(axis, steps, max(last_at, steps[-1][0] + timedelta(days=5)), until)
    quotes = [Truncator(step.quote).chars(_LONGEST_QUOTE) for step in shown]
    return [replace(level, quote=quote) for level, quote in zip(drawn, quotes, strict=True)]


def _lane(
    axis: Axis, index: int, document: Document, found: Timeline, until: datetime, last_at: datetime
) -> Lane:
    line = line_of(index)
    firsts = [
        version.first_seen_at
        for beginning in found.beginnings
        for version in beginning.versions
        if version.document_id == document.pk
    ]
    return Lane(
        name=document.name,
        slug=document.slug,
        line=line,
        begin=axis.place(firsts[0]) if firsts and firsts[0] >= axis.begins_at else None,
        marks=_marks(axis, line, document, found),
        bars=[*_bars(axis, document, found, until), *_unread(axis, document, found, last_at)],
    )


def _marks(axis: Axis, line: int, document: Document, found: Timeline) -> list[Mark]:
    return [
        Mark(
            place=axis.place(row.detected_at),
            line=line,
            severity=SeverityLevel(row.severity).word,
            words=f"{_day(row.detected_at)}, {SeverityLevel(row.severity).word}: {_headline(row)}",
            number=row.number,
        )
        for row in found.change_sets[:_MOST_MARKS]
        if row.document_id == document.pk
    ]


def _bars(axis: Axis, document: Document, found: Timeline, until: datetime) -> list[Bar]:
    return [
        bar(axis, gap.begun_at, gap.ended_at or until, f"{gap.state} from {_day(gap.begun_at)}: {gap.words}")
        for gap in found.gaps
        if gap.document.pk == document.pk and (gap.ended_at or until) > axis.begins_at
    ]


def _unread(axis: Axis, document: Document, found: Timeline, last_at: datetime) -> list[Bar]:
    """The long stretch in which nobody read a document, from its last reading to the next try or to the end."""
    gaps = [gap for gap in found.gaps if gap.document.pk == document.pk]
    seen = [gap.ended_at for gap in gaps if gap.ended_at]
    seen += [row.detected_at for row in found.change_sets if row.document_id == document.pk]
    read_at = max([at for at in (document.read_at, *seen) if at], default=last_at)
    tried_at = min([gap.begun_at for gap in gaps if gap.begun_at > read_at], default=last_at)
    if tried_at - read_at <= _LONGEST_SILENCE or tried_at <= axis.begins_at:
        return []
    return [bar(axis, read_at, tried_at, f"Nothing read from {_day(read_at)} to {_day(tried_at)}")]


def _headline(row: ChangeSet) -> str:
    return Truncator(row.headline).chars(_LONGEST_HEADLINE)


def _day(at: datetime) -> str:
    return f"{at.day} {at:%b %Y}"

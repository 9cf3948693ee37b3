"""Where marks, gaps and steps stand on a line of time: percentages across, pixels down."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

# The names beside the lanes go by the same height: see .lane-names in static/css/charts.css.
LANE_HEIGHT = 40
LINE_AT = 34
MARK_HEIGHTS = {"none": 4, "low": 9, "medium": 15, "high": 22}
_TOP, _BOTTOM = 30, 84
_MOST_YEARS = 12


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of time. Places on it are percentages as SVG writes them."""

    begins_at: datetime
    ends_at: datetime

    def place(self, at: datetime) -> float:
        """0 at the beginning, 100 at the end; moments outside are put at the edge."""
        span = (self.ends_at - self.begins_at).total_seconds()
        share = (at - self.begins_at).total_seconds() / span if span > 0 else 1.0
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def years(self) -> list[tuple[float, str]]:
        """Place and label of each new year; of every second, fifth … one where there are many."""
        firsts = range(self.begins_at.year + 1, self.ends_at.year + 1)
        step = max(1, math.ceil(len(firsts) / _MOST_YEARS))
        return [
            (self.place(datetime(year, 1, 1, tzinfo=UTC)), str(year)) for year in firsts if year % step == 0
        ]


@dataclass(frozen=True, slots=True)
class Mark:
    """A change: at `place` percent, standing on a line so many pixels from the top. `number` is that of its set."""

    place: float
    line: int
    severity: str
    words: str
    number: int

    @property
    def height(self) -> int:
        """How high it is, by its severity."""
        return MARK_HEIGHTS[self.severity]

    @property
    def top(self) -> int:
        """Where it begins."""
        return self.line - self.height


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch without readable text, from `place` on, `width` percent wide."""

    place: float
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The marks of one document, on a line `line` pixels from the top of the chart."""

    name: str
    slug: str
    line: int
    begin: float | None
    marks: Sequence[Mark]
    bars: Sequence[Bar]


def bar(axis: Axis, begins_at: datetime, ends_at: datetime, words: str) -> Bar:
    """A stretch of time, at least wide enough to be seen."""
    place = axis.place(begins_at)
    return Bar(min(place, 99.2), max(round(axis.place(ends_at) - place, 2), 0.8), words)


def line_of(index: int) -> int:
    """Where the line of a lane is, in pixels from the top."""
    return index * LANE_HEIGHT + LINE_AT


@dataclass(frozen=True, slots=True)
class Level:
    """A figure that held for a time, `y` pixels from the top; `rise` is the `y` it came from."""

    left: float
    right: float
    y: int
    rise: int | None
    label: str
    is_pending: bool
    quote: str = ""

    @property
    def label_at(self) -> int:
        """Where its figure is written, clear of the line."""
        return self.y - 7

    @property
    def is_right(self) -> bool:
        """Whether its figure is written to the left of its end, for want of room on the right."""
        return self.left > 62


def levels(
    axis: Axis, steps: Iterable[tuple[datetime, float, str]], until: datetime, now: datetime
) -> list[Level]:
    """A step line: each figure (positive, on a logarithmic scale) from its moment to the next one or `until`.

    A figure that begins after `now` is pending: recorded, not yet in force.
    """
    listed = sorted(steps, key=lambda step: step[0])
    logs = [math.log(value) for _, value, _ in listed]
    low, high = min(logs, default=0.0), max(logs, default=0.0)
    found: list[Level] = []
    for index, (at, _, label) in enumerate(listed):
        share = (logs[index] - low) / (high - low) if high > low else 0.5
        ends_at = listed[index + 1][0] if index + 1 < len(listed) else until
        y = round(_BOTTOM - share * (_BOTTOM - _TOP))
        rise = found[-1].y if found else None
        found.append(Level(axis.place(at), axis.place(ends_at), y, rise, label, at > now))
    return found

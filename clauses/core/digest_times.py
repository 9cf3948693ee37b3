"""When a digest is due, by the clock on the reader's wall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Rhythm:
    """At which hour of which days a reader wants a digest; `weekday` None: every day, else 0 for Monday."""

    zone: ZoneInfo
    hour: int
    weekday: int | None = None


def last_due(now: datetime, rhythm: Rhythm) -> tuple[date, datetime]:
    """The latest moment at or before `now` at which a digest was due, and the reader's day it fell on.

    Where clocks are put forward over the hour, it is due as soon as that hour is over; where they are put back, once.
    """
    day = now.astimezone(rhythm.zone).date()
    while (due := _due_on(day, rhythm)) is None or due > now:
        day -= timedelta(days=1)
    return day, due


def next_due(moment: datetime, rhythm: Rhythm) -> date:
    """The reader's day of the digest that holds what was recorded at a moment."""
    day = moment.astimezone(rhythm.zone).date()
    while (due := _due_on(day, rhythm)) is None or due < moment:
        day += timedelta(days=1)
    return day


def digests_for(moments: Iterable[datetime], rhythm: Rhythm) -> int:
    """How many digests hold what was recorded at these moments. A day without any has none."""
    return len({next_due(moment, rhythm) for moment in moments})


def _due_on(day: date, rhythm: Rhythm) -> datetime | None:
    if rhythm.weekday is not None and day.weekday() != rhythm.weekday:
        return None
    # In UTC, because moments in the hour that clocks repeat are equal to nothing in another zone.
    return datetime.combine(day, time(rhythm.hour), tzinfo=rhythm.zone).astimezone(UTC)

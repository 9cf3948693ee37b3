"""When a document is read next. Pure: the caller gives the clock, the settings and what was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

# So that what was added together is not due together for ever, and what failed together does not come back together.
_LEEWAY = 0.05
_RETRY_LEEWAY = 0.2
# A server can ask to be left alone for so long, and no longer.
_MAX_RETRY_AFTER = timedelta(days=1)
# Above any interval, below what a date can hold.
_MAX_DOUBLINGS = 16


@dataclass(frozen=True, slots=True)
class Waits:
    """How long is waited: after a reading, for a second look, and after a first failure."""

    interval: timedelta
    confirm: timedelta
    retry: timedelta


def next_fetch_at(
    at: datetime, waits: Waits, *, is_confirming: bool, failures: int = 0, jitter: float = 0
) -> datetime:
    """The moment of the next reading: soon where a new text waits or reading failed, else one interval later.

    `failures` in a row double the wait for a retry, up to the interval; a second look does not come before a retry,
    for there is nothing to see where the page itself fails. `jitter` between -1 and 1 moves a retry by up
    to 20 % and a usual reading by up to 5 %; the second look at a new text keeps its moment.
    """
    wait = waits.interval * (1 + _LEEWAY * jitter)
    if failures:
        retry = min(waits.retry * (1 << min(failures - 1, _MAX_DOUBLINGS)), waits.interval)
        wait = min(wait, retry * (1 + _RETRY_LEEWAY * jitter))
    if is_confirming:
        soon = min(waits.confirm, waits.interval)
        wait = max(wait, soon) if failures else min(wait, soon)
    return at + wait


def next_claim_at(now: datetime, interval: timedelta, claim: timedelta, attempts: int) -> datetime:
    """When a document is read again whose reading is now begun, should it never end: later after every attempt."""
    return now + min(claim * (1 << min(attempts, _MAX_DOUBLINGS)), interval)


def retry_after(header: str, now: datetime) -> timedelta | None:
    """How long a server asks to be left alone: seconds or an HTTP date, at most a day; None where it says nothing."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        asked = timedelta(seconds=min(int(text[:12]), int(_MAX_RETRY_AFTER.total_seconds())))
    else:
        try:
            moment = parsedate_to_datetime(text)
            asked = moment.replace(tzinfo=moment.tzinfo or now.tzinfo) - now
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
    return min(asked, _MAX_RETRY_AFTER) if asked > timedelta() else None


def is_silent(last_good_at: datetime, now: datetime, interval: timedelta) -> bool:
    """Whether nothing was captured for longer than expected: three intervals, and a day and a half at least."""
    return now - last_good_at > max(3 * interval, timedelta(hours=36))


def is_resting(last_good_at: datetime | None, at: datetime, interval: timedelta) -> bool:
    """Whether a source that is read at an interval of its own need not be read yet.

    A round comes a little earlier or later than planned: a tenth of the interval counts as nothing.
    """
    return last_good_at is not None and at - last_good_at < interval * (1 - 2 * _LEEWAY)

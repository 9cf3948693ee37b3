"""When a text counts as seen again because the archive, which keeps no bytes that stayed the same, said nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import median_low

# The archive reads everything twice a day: in 36 hours, three times. Where a page's bytes are usually recorded less
# often than that, they are stable, and no record means that they stayed the same.
STANDS_AFTER = timedelta(hours=36)
# Other pages have new bytes at every reading. Of these silence says that the archive was down, until it is known to
# have been up on several days of a whole week.
STANDS_AFTER_UNSTEADY = timedelta(days=7)
UP_ON_DAYS = 3
# One gap more or less, of an outage or of a day with two edits, does not make a page steady or unsteady.
GAPS_WEIGHED = 5


def is_steady(captured: Sequence[datetime]) -> bool:
    """Whether the bytes of a page are stable, by the moments of its captures in order of time, latest last."""
    last = captured[-GAPS_WEIGHED - 1 :]
    gaps = [later - earlier for earlier, later in pairwise(last)]
    return bool(gaps) and median_low(gaps) >= STANDS_AFTER


def stands_from(since: datetime, *, steady: bool, days: Collection[date]) -> datetime | None:
    """From which moment a text seen first at `since`, and not replaced, is believed; None: from none known.

    `days` are those on which the archive recorded other pages.
    """
    if steady:
        return since + STANDS_AFTER
    up = sorted(day for day in days if day > since.date())
    if len(up) < UP_ON_DAYS:
        return None
    # Over with the day: the archive's days are known, not its hours.
    third = datetime.combine(up[UP_ON_DAYS - 1] + timedelta(days=1), time.min, UTC)
    return max(since + STANDS_AFTER_UNSTEADY, third)

"""When a document is read next."""

from __future__ import annotations

from datetime import datetime, timedelta


def next_fetch_at(
    at: datetime, interval: timedelta, *, is_confirming: bool, confirm_after: timedelta
) -> datetime:
    """The moment of the next reading: soon where a new text waits to be confirmed, else one interval later."""
    return at + (min(confirm_after, interval) if is_confirming else interval)

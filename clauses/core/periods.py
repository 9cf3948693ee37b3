"""Spans of time as a reader says them."""

from __future__ import annotations

_UNITS = (("day", 24 * 60), ("hour", 60), ("minute", 1))


def counted(count: int, noun: str) -> str:
    """A number and its noun: "1 day", "1,204 days"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def span_in_words(minutes: int) -> str:
    """A span in its largest whole unit: "12 hours", "90 minutes", "2 days"."""
    for noun, size in _UNITS:
        if minutes >= size and minutes % size == 0:
            return counted(minutes // size, noun)
    return counted(minutes, "minute")


def elapsed_in_words(seconds: float) -> str:
    """About how long something took, in days from two days on, else in hours or minutes."""
    minutes = round(seconds / 60)
    if minutes >= 48 * 60:
        return counted(round(minutes / (24 * 60)), "day")
    if minutes >= 90:
        return counted(round(minutes / 60), "hour")
    return counted(minutes, "minute")

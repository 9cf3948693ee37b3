"""What is kept of the headers of an answer: a server may send megabytes of them, which say little more."""

from __future__ import annotations

from collections.abc import Mapping

_MOST, _LONGEST, _ALL = 100, 2_000, 32_000


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers as far as they are kept: 100 names, 2,000 characters of each value, 32,000 characters in all."""
    kept: dict[str, str] = {}
    room = _ALL
    for name in list(headers)[:_MOST]:
        value = printable(headers[name])[:_LONGEST]
        room -= len(name) + len(value)
        if room >= 0:
            kept[printable(name)] = value
    return kept


def printable(text: str) -> str:
    """Text without NUL, which PostgreSQL cannot hold."""
    return text.replace("\0", "")

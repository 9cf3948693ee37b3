"""Days as an iCalendar file (RFC 5545): the same days give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST_LINE = 75
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole day. `uid` never changes, `stamp` is the moment the day became known, `url` a plain web address."""

    uid: str
    on: date
    stamp: datetime
    summary: str
    description: str
    url: str


# RFC 5545 (3.6) wants at least one component: a calendar without any is accepted by many programs and refused by
# some, and "not found" or no content would be a broken subscription to all of them. A time zone is a component, and
# no program shows it; an entry that says "nothing ahead" would be a day or a task where there is none.
_NO_DAY = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "TZNAME:UTC",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar(name: str, entries: Iterable[Entry]) -> str:
    """The file, lines ended by CRLF and folded at 75 octets. `name` is what programs show for the whole calendar.

    Valid without an entry too.
    """
    events = [line for entry in entries for line in _event(entry)]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Proviso//Coming up//EN",
        "CALSCALE:GREGORIAN",
        # What is published is events (RFC 5546, 3.2.1): without one nothing is.
        *(["METHOD:PUBLISH"] if events else []),
        f"X-WR-CALNAME:{escaped(name)}",
        *(events or _NO_DAY),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """Text as a value: backslashes, semicolons, commas and line breaks are escaped, control characters go."""
    plain = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", r"\n")


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, each but the first after a space; no character is cut."""
    pieces, room = [""], _LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append("")
            # The space that begins the piece counts.
            room = _LONGEST_LINE - 1
        pieces[-1] += character
        room -= size
    return "\r\n ".join(pieces)


def _event(entry: Entry) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(entry.uid)}",
        f"DTSTAMP:{entry.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_day(entry.on)}",
        f"DTEND;VALUE=DATE:{_day(entry.on + timedelta(days=1))}",
        f"SUMMARY:{escaped(entry.summary)}",
        f"DESCRIPTION:{escaped(entry.description)}",
        f"URL:{_UNWRITABLE.sub('', entry.url).replace(chr(10), '').replace(chr(13), '')}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(on: date) -> str:
    # %Y has no leading zeros for years before 1000 on some systems.
    return f"{on.year:04d}{on.month:02d}{on.day:02d}"

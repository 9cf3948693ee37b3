"""iCalendar: what RFC 5545 asks of lines, text and days, and the same bytes for the same days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from clauses.core.calendar import Entry, calendar, escaped, folded

ENTRY = Entry(
    uid="C-000001-effective-2031-03-03@site.example",
    on=date(2031, 3, 3),
    stamp=datetime(2031, 2, 1, 8, 30, 5, tzinfo=UTC),
    summary="Hollowreed, Terms: comes into force",
    description="One; two, three\\four\nfive",
    url="https://site.example/changes/C-000001/",
)


def unfolded(text: str) -> list[str]:
    """The lines as a calendar program reads them."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_a_day_is_a_whole_day_with_what_a_program_needs():
    lines = unfolded(calendar("Coming up", [ENTRY]))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VEVENT", "END:VCALENDAR"]
    assert "UID:C-000001-effective-2031-03-03@site.example" in lines
    assert "DTSTAMP:20310201T083005Z" in lines
    assert "DTSTART;VALUE=DATE:20310303" in lines
    assert "DTEND;VALUE=DATE:20310304" in lines
    assert "URL:https://site.example/changes/C-000001/" in lines


def test_signs_that_mean_something_are_escaped():
    lines = unfolded(calendar("a,b", [ENTRY]))
    assert r"DESCRIPTION:One\; two\, three\\four\nfive" in lines
    assert r"X-WR-CALNAME:a\,b" in lines


def test_words_of_a_page_begin_no_line_of_their_own():
    evil = "x\r\nEND:VEVENT\rATTENDEE:mailto:a@b.example\nBEGIN:VEVENT\x00\x1b"
    hostile = replace(ENTRY, summary=evil, description=evil, uid=evil, url="https://a.example/\r\nATTACH:x")
    lines = unfolded(calendar(evil, [hostile]))
    assert [line for line in lines if line.startswith(("ATTENDEE", "ATTACH"))] == []
    assert lines.count("END:VEVENT") == lines.count("BEGIN:VEVENT") == 1


def test_the_same_days_give_the_same_bytes_in_every_zone():
    east = replace(ENTRY, stamp=ENTRY.stamp.astimezone(timezone(timedelta(hours=9))))
    assert calendar("Coming up", [ENTRY]) == calendar("Coming up", [east])


def test_no_day_is_a_calendar_too():
    lines = unfolded(calendar("Coming up", []))
    assert lines[-1] == "END:VCALENDAR"
    assert [line for line in lines if line.startswith("BEGIN:")] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VTIMEZONE",
        "BEGIN:STANDARD",
    ]
    assert {"TZID:Etc/UTC", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000"} < set(lines)
    assert "METHOD:PUBLISH" not in lines


def test_with_a_day_there_is_no_time_zone():
    lines = unfolded(calendar("Coming up", [ENTRY]))
    assert "METHOD:PUBLISH" in lines
    assert "BEGIN:VTIMEZONE" not in lines


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_a_line_is_folded_at_75_octets_and_unfolds_to_itself(text: str):
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n ")
    assert all(len(piece.encode()) <= (75 if at == 0 else 74) for at, piece in enumerate(pieces))
    assert "".join(pieces) == line
    assert "\n" not in line

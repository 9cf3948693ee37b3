"""The capture strip: one tick an attempt, at its place in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clauses.queries import captures
from clauses.queries.captures import capture_log, capture_strip
from monitor.models import Outcome
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, capture, day, fail, make_document, make_source

pytestmark = pytest.mark.django_db


def test_a_document_without_attempts_has_no_strip() -> None:
    assert capture_strip(make_document()) is None


def test_ticks_stand_at_their_share_of_the_time() -> None:
    source = make_source()
    for moment in (0, 25, 100):
        capture(source, KEPT_30_DAYS, day(moment), furniture=moment)
    strip = capture_strip(source.document)
    assert strip is not None
    assert [tick.place for tick in strip.lanes[0].ticks] == [0, 24.62, 98.5]
    assert [tick.kind for tick in strip.lanes[0].ticks] == ["new", "same", "same"]


def test_ticks_close_in_time_stand_side_by_side_and_all_on_the_strip() -> None:
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0))
    for minutes in (1, 2, 3, 60 * 24 * 100 - 1, 60 * 24 * 100):
        fail(source, day(0) + timedelta(minutes=minutes))
    strip = capture_strip(source.document)
    assert strip is not None
    assert [tick.place for tick in strip.lanes[0].ticks] == [0, 0.5, 1, 1.5, 98, 98.5]


def test_as_many_ticks_as_a_strip_holds_share_it_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures, "_LEAST_DISTANCE", 50)
    source = make_source()
    for moment in (0, 1, 2, 100):
        fail(source, day(moment))
    strip = capture_strip(source.document)
    assert strip is not None
    assert [tick.place for tick in strip.lanes[0].ticks] == [0, 32.83, 65.67, 98.5]


def test_the_first_sight_of_a_text_is_told_apart_from_its_record() -> None:
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0))
    capture(source, KEPT_5_YEARS, day(1))
    capture(source, KEPT_5_YEARS, day(2), furniture="again")
    strip = capture_strip(source.document)
    assert strip is not None
    assert [(kind, count) for kind, _, count in strip.counts] == [("new", 2), ("sight", 1)]


def test_one_attempt_stands_in_the_middle() -> None:
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0))
    strip = capture_strip(source.document)
    assert strip is not None
    assert [tick.place for tick in strip.lanes[0].ticks] == [50]
    assert strip.marks == []


def test_every_outcome_has_a_kind_that_the_legend_names() -> None:
    named = {kind for kind, _ in captures.KIND_NAMES}
    assert {captures.kind_of(outcome) for outcome in Outcome} == named


def test_each_source_has_a_lane_of_its_own() -> None:
    document = make_document()
    first, second = make_source(document), make_source(document, position=1)
    capture(first, KEPT_30_DAYS, day(0))
    fail(second, day(0))
    strip = capture_strip(document)
    assert strip is not None
    assert [lane.source for lane in strip.lanes] == [first, second]
    assert strip.total == 2


def test_a_long_record_shows_its_latest_attempts_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures, "STRIP_LIMIT", 3)
    source = make_source()
    for moment in range(5):
        fail(source, day(moment))
    strip = capture_strip(source.document)
    assert strip is not None
    assert (strip.is_cut, strip.is_past) == (True, False)
    assert strip.total == 3
    assert strip.ends_at == day(4)


def test_going_back_and_forth_shows_every_attempt_once_in_whole_rounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(captures, "STRIP_LIMIT", 5)
    document = make_document()
    for position in (0, 1):
        source = make_source(document, position=position)
        for moment in range(7):
            fail(source, day(moment))
    spans = []
    strip = capture_strip(document)
    while strip:
        spans.append((strip.begins_at, strip.ends_at, strip.total))
        last, strip = strip, capture_strip(document, before=strip.begins_at) if strip.is_cut else None
    assert spans == [(day(5), day(6), 4), (day(3), day(4), 4), (day(1), day(2), 4), (day(0), day(0), 2)]
    newer = capture_strip(document, after=last.ends_at)
    assert (newer.begins_at, newer.ends_at, newer.is_past) == (day(1), day(2), True)


def test_a_round_of_more_sources_than_a_strip_holds_is_shown_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures, "STRIP_LIMIT", 2)
    document = make_document()
    for position in range(3):
        fail(make_source(document, position=position), day(0))
    assert capture_strip(document).total == 2


def test_a_moment_with_nothing_before_it_shows_the_latest() -> None:
    source = make_source()
    fail(source, day(3))
    assert capture_strip(source.document, before=day(1)).ends_at == day(3)


def test_what_the_gate_held_back_is_told_apart_from_what_failed() -> None:
    source = make_source()
    fail(source, day(0))
    fail(source, day(1), Outcome.BOT_WALL)
    strip = capture_strip(source.document)
    assert [tick.kind for tick in strip.lanes[0].ticks] == ["problem", "held"]
    assert strip.lanes[0].words == "1 held back by the capture gate, 1 no text came"


@pytest.mark.parametrize(
    ("kind", "found"),
    [("", 3), ("held_back", 2), ("bot_wall", 1), ("failed", 1), ("read", 0), ("no_such", 0)],
)
def test_the_log_is_filtered_by_a_group_or_an_outcome(kind: str, found: int) -> None:
    source = make_source()
    for moment, outcome in enumerate((Outcome.TIMED_OUT, Outcome.BOT_WALL, Outcome.PARTIAL)):
        fail(source, day(moment), outcome)
    assert capture_log(source.document, kind=kind).count() == found


def test_the_log_goes_back_from_a_moment() -> None:
    source = make_source()
    for moment in range(4):
        fail(source, day(moment))
    assert [fetch.at for fetch in capture_log(source.document, until=day(1))] == [day(1), day(0)]

"""The capture strip: one tick an attempt, at its place in time."""

from __future__ import annotations

import pytest

from clauses.queries import captures
from clauses.queries.captures import capture_strip, latest_problems
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
    assert [tick.place for tick in strip.lanes[0].ticks] == [0, 25, 100]
    assert [tick.kind for tick in strip.lanes[0].ticks] == ["new", "same", "same"]


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
    assert strip.is_cut
    assert strip.total == 3
    assert strip.ends_at == day(4)


def test_a_problem_is_over_once_a_text_was_read_again() -> None:
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0))
    fail(source, day(1))
    assert [problem.source for problem in latest_problems(source.document, day(2))] == [source]
    capture(source, KEPT_5_YEARS, day(2))
    assert latest_problems(source.document, day(3)) == []


def test_a_source_that_is_no_longer_read_has_no_problem() -> None:
    source = make_source(valid_until=day(5))
    fail(source, day(1))
    assert latest_problems(source.document, day(2))
    assert latest_problems(source.document, day(6)) == []

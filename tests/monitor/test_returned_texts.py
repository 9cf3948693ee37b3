"""Texts that come back: flips of an unstable source, and returns that are real changes."""

import pytest

from monitor.models import Cause, Outcome
from monitor.rounds import settle
from monitor.sweeps import Sweep
from tests.builders import candidate_of, capture, day, make_source, outcomes_of, texts_of, versions_of

pytestmark = pytest.mark.django_db


def replay(source, story):
    """Record single-letter texts at the days given: {0: "A", 1: "B"}."""
    for number, text in story.items():
        capture(source, f"<p>Text {text}.</p>", day(number), furniture=number)


def letters(source):
    """The letters of a source's versions."""
    return "".join(text[5] for text in texts_of(source))


def test_an_earlier_text_that_is_back_within_seven_days_is_a_flip_and_no_version():
    source = make_source()
    replay(source, {0: "A", 100: "B", 101: "B", 105: "A", 106: "A", 107: "A"})
    assert letters(source) == "AB"
    assert outcomes_of(source)[-3:] == [Outcome.CANDIDATE, Outcome.FLIP, Outcome.FLIP]
    candidate = candidate_of(source)
    assert candidate is not None
    assert candidate.is_flip


def test_a_flip_that_gives_way_again_leaves_no_version_and_no_candidate():
    source = make_source()
    replay(source, {0: "A", 100: "B", 101: "B", 105: "A", 106: "A", 107: "B", 108: "B"})
    assert letters(source) == "AB"
    assert candidate_of(source) is None
    assert outcomes_of(source)[-4:] == [Outcome.TRANSIENT, Outcome.FLIP, Outcome.SAME_TEXT, Outcome.SAME_TEXT]


def test_a_flip_that_stands_for_seven_days_becomes_a_version_dated_at_its_first_sight():
    source = make_source()
    replay(source, {0: "A", 100: "B", 101: "B", 105: "A", 106: "A", 111.99: "A"})
    assert letters(source) == "AB"
    replay(source, {112: "A"})
    first, _, back = versions_of(source)
    assert letters(source) == "ABA"
    assert (back.first_seen_at, back.confirmed_at) == (day(105), day(112))
    assert back.returns_to == first
    assert back.cause == Cause.PUBLISHER
    assert candidate_of(source) is None


def test_a_return_after_a_long_lived_text_is_a_version_that_says_what_it_returns_to():
    source = make_source()
    replay(source, {0: "A", 100: "B", 101: "B", 107: "A", 108: "A"})
    first, _, back = versions_of(source)
    assert letters(source) == "ABA"
    assert back.returns_to == first
    assert back.first_seen_at == day(107)
    assert outcomes_of(source)[-1] == Outcome.CONFIRMED


def test_a_text_that_was_never_there_before_is_no_flip_however_short_its_predecessor_stood():
    source = make_source()
    replay(source, {0: "A", 1: "B", 2: "B", 3: "C", 4: "C"})
    assert letters(source) == "ABC"
    assert all(version.returns_to is None for version in versions_of(source))


def test_two_texts_that_alternate_make_no_versions_until_one_stands_for_thirty_days():
    source = make_source()
    replay(source, {0: "A", 50: "B", 51: "B", 100: "A", 101: "A"})
    assert letters(source) == "ABA"
    replay(source, {150: "B", 151: "B", 160: "B", 161: "A", 200: "B", 201: "B", 229: "B"})
    assert letters(source) == "ABA"
    replay(source, {230: "B"})
    assert letters(source) == "ABAB"
    assert versions_of(source)[-1].first_seen_at == day(200)


def test_a_reading_of_ours_in_between_does_not_hide_that_two_texts_alternate():
    source = make_source()
    replay(source, {0: "A", 50: "B", 51: "B", 100: "A", 101: "A"})
    joined = make_source(source.document, position=1, valid_from=day(110))
    for number in (110, 111):
        capture(source, "<p>Text A.</p>", day(number))
        capture(joined, "<p>More.</p>", day(number))
    type(joined).objects.filter(pk=joined.pk).update(valid_until=day(112))
    replay(source, {112: "A"})
    assert [version.cause for version in versions_of(source)[3:]] == [Cause.TECHNICAL] * 2
    replay(source, {150: "B", 151: "B"})
    assert letters(source) == "ABAAA"
    assert outcomes_of(source)[-1] == Outcome.FLIP


def test_a_flip_does_not_hurry_the_next_reading(settings):
    settings.CONFIRM_AFTER_MINUTES = 1
    source = make_source()
    replay(source, {0: "A", 100: "B", 101: "B", 102: "A", 103: "A"})
    source.document.refresh_from_db()
    assert source.document.next_fetch_at == day(103.5)


def test_the_text_a_return_leads_to_may_change_again_as_usual():
    source = make_source()
    replay(source, {0: "A", 100: "B", 101: "B", 110: "A", 111: "A", 112: "C", 113: "C"})
    assert letters(source) == "ABAC"
    assert versions_of(source)[-1].returns_to is None


def test_settling_a_round_again_changes_nothing():
    source = make_source()
    replay(source, {0: "A", 1: "B", 2: "B"})
    before = outcomes_of(source)
    source.document.refresh_from_db()
    settle(source.document, Sweep(day(2), day(2), frozenset()), versions_of(source)[0].origin)
    assert letters(source) == "AB"
    assert outcomes_of(source) == before


def test_a_return_after_an_earlier_return_is_a_change_when_other_texts_lay_between():
    source = make_source()
    replay(source, {0: "A", 50: "B", 51: "B", 100: "C", 101: "C", 150: "B", 151: "B"})
    assert letters(source) == "ABCB"
    replay(source, {350: "A", 351: "A"})
    assert letters(source) == "ABCBA"

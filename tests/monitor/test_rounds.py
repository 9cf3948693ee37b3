from datetime import timedelta

import pytest

from monitor.models import Cause, Outcome
from tests.builders import (
    candidate_of,
    capture,
    day,
    fail,
    make_document,
    make_source,
    outcomes_of,
    read_pages,
    texts_of,
    versions_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sources():
    """Two sources of one document, both read once."""
    return read_pages()


def test_the_sources_of_a_document_give_one_text_in_reading_order():
    document = make_document()
    two, one = make_source(document, position=2), make_source(document, position=1)
    capture(two, "<p>Second page.</p>", day(0))
    assert versions_of(two) == []
    capture(one, "<p>First page.</p>", day(0))
    (version,) = versions_of(one)
    assert version.text == "First page.\nSecond page."
    assert [part.source for part in version.parts.all()] == [one, two]
    assert [version.text[part.start : part.end] for part in version.parts.all()] == [
        "First page.",
        "Second page.",
    ]
    assert outcomes_of(one) == outcomes_of(two) == [Outcome.FIRST]


def test_nothing_is_judged_before_a_round_is_complete(sources):
    one, two = sources
    capture(one, "<p>Changed page.</p>", day(1))
    assert candidate_of(one) is None
    capture(two, "<p>Second page.</p>", day(1))
    assert candidate_of(one) is not None
    assert outcomes_of(one)[-1] == Outcome.CANDIDATE
    assert outcomes_of(two)[-1] == Outcome.UNCHANGED


def test_a_round_of_two_changed_sources_is_one_version(sources):
    one, two = sources
    for number in (1, 2):
        capture(one, "<p>First again.</p>", day(number))
        capture(two, "<p>Second again.</p>", day(number))
    assert texts_of(one) == ["First page.\nSecond page.", "First again.\nSecond again."]


def test_the_last_good_text_stands_in_for_a_failed_source_and_nothing_is_removed(sources):
    one, two = sources
    for number in (1, 2, 3):
        capture(one, "<p>First page.</p>", day(number))
        fail(two, day(number))
    assert texts_of(one) == ["First page.\nSecond page."]
    assert candidate_of(one) is None


def test_a_change_beside_a_failed_source_keeps_the_failed_one_whole(sources):
    one, two = sources
    for number in (1, 2):
        capture(one, "<p>First again.</p>", day(number))
        fail(two, day(number))
    assert texts_of(one)[1:] == ["First again.\nSecond page."]
    assert outcomes_of(two)[1:] == [Outcome.UNREACHABLE] * 2


def test_a_stand_in_does_not_confirm(sources):
    one, two = sources
    capture(one, "<p>First again.</p>", day(1))
    capture(two, "<p>Second page.</p>", day(1))
    for number in (2, 3):
        fail(one, day(number))
        capture(two, "<p>Second page.</p>", day(number))
    assert len(versions_of(one)) == 1
    assert candidate_of(one) is not None
    capture(one, "<p>First again.</p>", day(4))
    fail(two, day(4))
    assert texts_of(one)[1:] == ["First again.\nSecond page."]
    assert versions_of(one)[1].first_seen_at == day(1)


def test_of_two_changes_seen_in_different_rounds_each_is_published_when_it_was_seen_twice(sources):
    one, two = sources
    capture(one, "<p>First again.</p>", day(1))
    fail(two, day(1))
    for number in (2, 3):
        fail(one, day(number))
        capture(two, "<p>Second again.</p>", day(number))
    assert texts_of(one)[1:] == ["First page.\nSecond again."]
    for number in (4, 5):
        assert len(versions_of(one)) == 2
        capture(one, "<p>First again.</p>", day(number))
        capture(two, "<p>Second again.</p>", day(number))
    assert texts_of(one)[2:] == ["First again.\nSecond again."]


def test_an_odd_capture_of_a_source_that_then_fails_keeps_no_change_of_another_from_being_published(sources):
    one, two = sources
    capture(one, "<p>Odd page.</p>", day(1))
    capture(two, "<p>Second page.</p>", day(1))
    for number in (2, 3):
        fail(one, day(number))
        capture(two, "<p>Second again.</p>", day(number))
    assert texts_of(one)[1:] == ["First page.\nSecond again."]
    assert outcomes_of(one)[1] == Outcome.TRANSIENT
    assert outcomes_of(two)[2:] == [Outcome.CANDIDATE, Outcome.CONFIRMED]


def test_of_two_changes_seen_at_once_the_one_seen_again_is_published_and_the_other_waits(sources):
    one, two = sources
    capture(one, "<p>First again.</p>", day(1))
    capture(two, "<p>Second again.</p>", day(1))
    fail(one, day(2))
    capture(two, "<p>Second again.</p>", day(2))
    assert texts_of(one)[1:] == ["First page.\nSecond again."]
    assert candidate_of(one) is not None
    capture(one, "<p>First again.</p>", day(3))
    fail(two, day(3))
    assert texts_of(one)[2:] == ["First again.\nSecond again."]
    assert [version.first_seen_at for version in versions_of(one)[1:]] == [day(1)] * 2
    assert candidate_of(one) is None


def test_of_two_changes_seen_at_once_the_one_that_is_gone_takes_nothing_from_the_other(sources):
    one, two = sources
    capture(one, "<p>Odd page.</p>", day(1))
    capture(two, "<p>Second again.</p>", day(1))
    fail(one, day(2))
    capture(two, "<p>Second again.</p>", day(2))
    capture(one, "<p>First page.</p>", day(3))
    capture(two, "<p>Second again.</p>", day(3))
    assert texts_of(one)[1:] == ["First page.\nSecond again."]
    assert outcomes_of(one)[1] == Outcome.TRANSIENT
    assert outcomes_of(two)[1:] == [Outcome.CANDIDATE, Outcome.CONFIRMED, Outcome.UNCHANGED]
    assert candidate_of(one) is None


def test_a_source_that_its_selectors_cannot_read_keeps_its_part_and_hides_no_change_of_another(sources):
    one, two = sources
    one.select = ["article"]
    one.save(update_fields=["select"])
    for number in (1, 2):
        capture(one, "<p>First page.</p>", day(number))
        capture(two, "<p>Second again.</p>", day(number))
    assert texts_of(one)[1:] == ["First page.\nSecond again."]
    (_, version) = versions_of(one)
    assert version.cause == Cause.PUBLISHER
    assert [version.text[block.start : block.end] for block in version.blocks] == [
        "First page.",
        "Second again.",
    ]
    assert outcomes_of(one)[1:] == [Outcome.NOTHING_SELECTED] * 2


def test_a_round_in_which_everything_fails_changes_nothing(sources):
    one, two = sources
    for source in (one, two):
        fail(source, day(1))
    assert len(versions_of(one)) == 1
    one.document.refresh_from_db()
    assert one.document.next_fetch_at > day(1)


def test_the_first_text_is_published_without_a_source_that_fails_and_joins_it_later_as_ours():
    document = make_document()
    one, two = make_source(document), make_source(document, position=1)
    capture(one, "<p>First page.</p>", day(0))
    fail(two, day(0))
    assert texts_of(one) == ["First page."]
    capture(one, "<p>First page.</p>", day(1))
    capture(two, "<p>Second page.</p>", day(1))
    assert [version.cause for version in versions_of(one)] == [Cause.FIRST, Cause.TECHNICAL]


def test_a_cut_off_round_is_not_taken_for_a_change(sources):
    one, two = sources
    capture(one, "<p>First again.</p>", day(1))
    for source, text in ((one, "First page."), (two, "Second page.")):
        capture(source, f"<p>{text}</p>", day(2))
    assert len(versions_of(one)) == 1
    assert candidate_of(one) is None


def test_two_looks_within_the_wait_are_one_sight(settings):
    settings.CONFIRM_AFTER_MINUTES = 30
    source = make_source()
    capture(source, "<p>Old.</p>", day(0))
    for minutes in (0, 1, 29):
        capture(source, "<p>New.</p>", day(1) + timedelta(minutes=minutes))
    assert len(versions_of(source)) == 1
    capture(source, "<p>New.</p>", day(1) + timedelta(minutes=30))
    _, second = versions_of(source)
    assert second.first_seen_at == day(1)


def test_what_a_round_that_was_cut_off_saw_is_its_first_sight(sources):
    one, two = sources
    capture(one, "<p>First again.</p>", day(1))
    for source, text in ((one, "First again."), (two, "Second page.")):
        capture(source, f"<p>{text}</p>", day(2))
    assert outcomes_of(one) == [Outcome.FIRST, Outcome.CANDIDATE, Outcome.CONFIRMED]
    assert texts_of(one)[1:] == ["First again.\nSecond page."]
    assert versions_of(one)[1].first_seen_at == day(1)


@pytest.mark.parametrize("later", ["First page.", "Third page."])
def test_a_text_that_only_a_round_that_was_cut_off_saw_is_called_so(sources, later):
    one, two = sources
    capture(one, "<p>Odd page.</p>", day(1))
    for number in (2, 3):
        capture(one, f"<p>{later}</p>", day(number))
        capture(two, "<p>Second page.</p>", day(number))
    assert outcomes_of(one)[1] == Outcome.TRANSIENT
    assert "Odd page." not in "".join(texts_of(one))


def test_a_round_that_was_cut_off_takes_nothing_from_a_text_that_waits(sources):
    one, two = sources
    capture(one, "<p>First page.</p>", day(1))
    capture(two, "<p>Second again.</p>", day(1))
    capture(one, "<p>First page.</p>", day(2))
    fail(one, day(3))
    capture(two, "<p>Second again.</p>", day(3))
    assert outcomes_of(two)[1:] == [Outcome.CANDIDATE, Outcome.CONFIRMED]
    assert versions_of(one)[1].first_seen_at == day(1)


def test_a_round_that_was_cut_off_is_no_reading_of_the_whole_document(sources):
    one, two = sources
    capture(one, "<p>First page.</p>", day(1))
    capture(one, "<p>First page.</p>", day(2))
    one.document.refresh_from_db()
    assert (one.document.read_at, one.document.round_at) == (day(0), day(2))
    capture(two, "<p>Second page.</p>", day(2))
    one.document.refresh_from_db()
    assert (one.document.read_at, one.document.round_at) == (day(2), None)


def test_a_document_is_not_published_by_a_first_round_that_was_cut_off():
    document = make_document()
    one, two = make_source(document, position=0), make_source(document, position=1)
    capture(one, "<p>First page.</p>", day(0))
    capture(one, "<p>First page.</p>", day(1))
    assert versions_of(one) == []
    assert outcomes_of(one)[0] == Outcome.FIRST
    capture(two, "<p>Second page.</p>", day(1))
    assert texts_of(one) == ["First page.\nSecond page."]

from datetime import timedelta

import pytest

from monitor import storage
from monitor.models import Cause, Fetch, Outcome, Snapshot, Version
from monitor.texts import reread
from monitor.tracking import OutOfOrder, record
from tests.builders import (
    HTML,
    START,
    candidate_of,
    capture,
    day,
    fail,
    make_document,
    make_source,
    outcomes_of,
    page,
    texts_of,
    versions_of,
)

pytestmark = pytest.mark.django_db


def test_the_first_text_is_published_at_once():
    source = make_source()
    fetch = capture(source, "<h1>Terms</h1><p>Keep it for 30 days.</p>", day(0))
    (version,) = versions_of(source)
    assert fetch.outcome == Outcome.FIRST
    assert version.cause == Cause.FIRST
    assert version.ordinal == 1
    assert version.text == "Terms\nKeep it for 30 days."
    assert version.first_seen_at == version.confirmed_at == day(0)
    assert candidate_of(source) is None


def test_a_new_text_seen_once_is_a_candidate_and_no_version():
    source = make_source()
    capture(source, "<p>Keep it for 30 days.</p>", day(0))
    assert capture(source, "<p>Keep it for 5 years.</p>", day(1)).outcome == Outcome.CANDIDATE
    candidate = candidate_of(source)
    assert candidate is not None
    assert candidate.first_seen_at == day(1)
    assert texts_of(source) == ["Keep it for 30 days."]


def test_a_second_equal_capture_confirms_a_version_dated_at_its_first_sight():
    source = make_source()
    capture(source, "<p>Keep it for 30 days.</p>", day(0))
    seen = capture(source, "<p>Keep it for 5 years.</p>", day(1))
    again = capture(source, "<p>Keep it for 5 years.</p>", day(2), furniture="other bytes")
    first, second = versions_of(source)
    assert again.outcome == Outcome.CONFIRMED
    assert (second.cause, second.ordinal) == (Cause.PUBLISHER, 2)
    assert (second.first_seen_at, second.confirmed_at) == (day(1), day(2))
    assert second.parts.get().snapshot == seen.snapshot
    assert second.predecessor == first
    source.document.refresh_from_db()
    assert source.document.current_version == second
    assert candidate_of(source) is None


def test_the_same_bytes_again_confirm_as_well():
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    capture(source, "<p>Two.</p>", day(1))
    assert capture(source, "<p>Two.</p>", day(2)).outcome == Outcome.CONFIRMED
    assert texts_of(source) == ["One.", "Two."]


def test_a_candidate_replaced_by_the_text_in_force_is_transient_and_leaves_no_version():
    source = make_source()
    for number, text in enumerate(["One.", "Two.", "One."]):
        capture(source, f"<p>{text}</p>", day(number))
    assert texts_of(source) == ["One."]
    assert candidate_of(source) is None
    assert outcomes_of(source) == [Outcome.FIRST, Outcome.TRANSIENT, Outcome.SAME_TEXT]


def test_a_candidate_replaced_by_a_third_text_gives_way_to_it():
    source = make_source()
    for number, text in enumerate(["One.", "Two.", "Three.", "Three."]):
        capture(source, f"<p>{text}</p>", day(number))
    assert texts_of(source) == ["One.", "Three."]
    assert versions_of(source)[1].first_seen_at == day(2)
    assert outcomes_of(source)[1] == Outcome.TRANSIENT


def test_a_candidate_seen_twice_with_a_gap_of_another_text_is_not_confirmed():
    source = make_source()
    for number, text in enumerate(["One.", "Two.", "Three.", "Two."]):
        capture(source, f"<p>{text}</p>", day(number))
    assert texts_of(source) == ["One."]
    candidate = candidate_of(source)
    assert candidate is not None
    assert candidate.first_seen_at == day(3)


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ("<p>See <a href='/a'>this page</a>.</p>", "<p>See <a href='/b'>this page</a>.</p>", Outcome.LINKS),
        ("<p>See <a href='/a'>this page</a>.</p>", "<p>See this page.</p>", Outcome.LINKS),
        ("<p>Keep  it\nfor days.</p>", "<p>Keep it for&nbsp;days.</p>", Outcome.SAME_TEXT),
        ("<p>Keep it</p><p>for days.</p>", "<p>Keep it for days.</p>", Outcome.WHITESPACE),
        ('<p>We say "no" – it\'s free.</p>', "<p>We say “no” — it’s free.</p>", Outcome.WHITESPACE),
        (
            "<p>Keep <b>it</b> all.</p>",
            "<div class='x'><p>Keep it <em>all</em>.</p></div>",
            Outcome.SAME_TEXT,
        ),
        (
            "<p>Keep it.</p>",
            "<p>Keep it.<script>var t = 2</script></p><!-- build 7 -->",
            Outcome.SAME_TEXT,
        ),
        ("<p>co-operate</p>", "<p>co\u2011op\u00aderate</p>", Outcome.WHITESPACE),
    ],
)
def test_a_change_of_links_space_quotes_or_markup_is_named_and_no_text_change(before, after, outcome):
    source = make_source()
    capture(source, before, day(0))
    assert capture(source, after, day(1)).outcome == outcome
    assert capture(source, after, day(2)).outcome == Outcome.UNCHANGED
    assert len(versions_of(source)) == 1
    assert candidate_of(source) is None


@pytest.mark.parametrize(
    "after", ["<p>Keep it for 31 days.</p>", "<p>Keep it for 30 days</p>", "<p>keep it for 30 days.</p>"]
)
def test_a_change_of_one_character_is_a_text_change(after):
    source = make_source()
    capture(source, "<p>Keep it for 30 days.</p>", day(0))
    assert capture(source, after, day(1)).outcome == Outcome.CANDIDATE


@pytest.mark.parametrize("outcome", Outcome.problems())
def test_a_failed_attempt_is_an_outcome_and_nothing_else(outcome):
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    fetch = fail(source, day(1), outcome)
    assert fetch.is_problem
    assert fetch.snapshot is None
    assert texts_of(source) == ["One."]
    assert candidate_of(source) is None
    assert capture(source, "<p>One.</p>", day(2)).outcome == Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("body", "content_type", "outcome"),
    [
        (b"", "text/html", Outcome.NOTHING_SELECTED),
        (b"", "text/plain", Outcome.EMPTY),
        (page(""), "text/html", Outcome.EMPTY),
        (b"<html><body><p>One page.</p></body></html>", "text/html", Outcome.NOTHING_SELECTED),
        (b"%PDF-1.7 \x00\x01", "application/pdf", Outcome.NOT_TEXT),
        (bytes(range(256)) * 20, "text/plain", Outcome.NOT_TEXT),
        (page("<p>Two.</p>"), "", Outcome.NOT_TEXT),
    ],
)
def test_a_capture_without_a_text_keeps_its_bytes_and_changes_nothing(body, content_type, outcome):
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    for number in (1, 2):
        fetch = record(source, body, {"content-type": content_type}, day(number))
        assert fetch.outcome == outcome
        assert storage.get(fetch.snapshot.blob) == body
    assert texts_of(source) == ["One."]
    assert candidate_of(source) is None


def test_a_failure_between_two_sights_of_a_text_does_not_undo_the_first():
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    capture(source, "<p>Two.</p>", day(1))
    fail(source, day(2))
    assert texts_of(source) == ["One."]
    capture(source, "<p>Two.</p>", day(3))
    assert versions_of(source)[1].first_seen_at == day(1)


def test_a_page_that_never_worked_has_no_version_until_it_does():
    source = make_source()
    fail(source, day(0))
    record(source, b"", HTML, day(1))
    assert versions_of(source) == []
    assert capture(source, "<p>One.</p>", day(2)).outcome == Outcome.FIRST


def test_bytes_first_served_as_something_unreadable_are_read_when_served_as_a_page():
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    record(source, page("<p>Two.</p>"), {"content-type": "application/octet-stream"}, day(1))
    for number in (2, 3):
        capture(source, "<p>Two.</p>", day(number))
    assert texts_of(source) == ["One.", "Two."]
    assert versions_of(source)[1].first_seen_at == day(2)


def test_recording_a_capture_again_changes_nothing():
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    first = capture(source, "<p>Two.</p>", day(1))
    again = capture(source, "<p>Two.</p>", day(1))
    assert again == first
    assert again.outcome == Outcome.CANDIDATE
    assert texts_of(source) == ["One."]
    capture(source, "<p>Two.</p>", day(2))
    for number, text in enumerate(["One.", "Two.", "Other."]):
        capture(source, f"<p>{text}</p>", day(number))
        fail(source, day(number))
    assert texts_of(source) == ["One.", "Two."]
    assert Fetch.objects.count() == 3


def test_a_capture_out_of_order_is_refused_and_leaves_nothing():
    source = make_source()
    capture(source, "<p>One.</p>", day(5))
    rows = Snapshot.objects.count(), storage.Blob.objects.count(), Fetch.objects.count()
    with pytest.raises(OutOfOrder):
        capture(source, "<p>Two.</p>", day(4))
    with pytest.raises(OutOfOrder):
        fail(source, day(4))
    assert (Snapshot.objects.count(), storage.Blob.objects.count(), Fetch.objects.count()) == rows
    assert texts_of(source) == ["One."]


def test_a_stale_copy_of_a_source_does_not_mislead():
    source = make_source()
    stale = [type(source).objects.get(pk=source.pk) for _ in range(3)]
    for number, text in enumerate(["One.", "Two.", "Two."]):
        capture(stale[number], f"<p>{text}</p>", day(number))
    assert texts_of(source) == ["One.", "Two."]
    assert outcomes_of(source) == [Outcome.FIRST, Outcome.CANDIDATE, Outcome.CONFIRMED]


def test_public_numbers_have_no_gaps_and_no_doubles():
    sources = [make_source() for _ in range(3)]
    for number in range(6):
        for source in sources:
            capture(source, f"<p>Text {number // 2}.</p>", day(number), furniture=number)
            if number == 3:
                with pytest.raises(OutOfOrder):
                    capture(source, "<p>Late.</p>", day(0.5))
    for model in (Version, Snapshot):
        numbers = sorted(model.objects.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    assert Version.objects.count() == 9


def test_every_version_rests_on_bytes_that_read_to_its_text():
    source = make_source()
    for number, text in enumerate(["One.", "Two.", "Two.", "Three.", "Three."]):
        capture(source, f"<h2>Head</h2><p>{text}</p>", day(number), furniture=number)
    for version in versions_of(source):
        part = version.parts.get()
        assert version.text[part.start : part.end] == reread(part.snapshot).extract.text
        assert part.snapshot.captured_at == version.first_seen_at


def test_a_waiting_candidate_is_read_again_soon_and_a_settled_document_after_its_interval(settings):
    settings.CONFIRM_AFTER_MINUTES = 30
    source = make_source(make_document(interval_minutes=600))
    expected = {"One.": 600, "Two.": 30}
    for number, text in enumerate(["One.", "Two.", "Two."]):
        capture(source, f"<p>{text}</p>", START + timedelta(days=number))
        source.document.refresh_from_db()
        minutes = 600 if number == 2 else expected[text]
        assert source.document.next_fetch_at == START + timedelta(days=number, minutes=minutes)


def test_a_document_is_read_when_all_its_sources_were():
    document = make_document()
    one, two = make_source(document), make_source(document, position=1)
    for source in (one, two):
        capture(source, "<p>One.</p>", day(0))
    document.refresh_from_db()
    assert document.read_at == day(0)
    capture(one, "<p>One.</p>", day(1))
    fail(two, day(1))
    document.refresh_from_db()
    assert document.read_at == day(0)

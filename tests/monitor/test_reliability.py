"""Operators are told once that a source fails, once that it keeps failing, and once that it works again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monitor.models import Document, Fetch, Notice, NoticeKind, Origin, Outcome, Platform, Render
from monitor.reliability import tell_silent
from monitor.tasks import sweep_silent_sources
from monitor.tracking import Arrival
from tests.builders import capture, day, fail, make_document, make_platform, make_source, rolled_back
from tests.monitor.test_kills import killed_at

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told(source):
    """The kinds of the notices of a source, oldest first."""
    return list(source.notices.order_by("told_at", "pk").values_list("kind", flat=True))


def run(source, outcomes, hours=1):
    """Captures an hour apart: True for a good one."""
    last = source.fetches.order_by("-at").first()
    for number, is_good in enumerate(outcomes, start=1):
        at = (last.at if last else day(0)) + number * hours * HOUR
        capture(source, "<p>Terms.</p>", at) if is_good else fail(source, at)


@pytest.mark.parametrize(
    ("outcomes", "kinds"),
    [
        ([True, True], []),
        ([True, False], [NoticeKind.FAILED]),
        ([False], [NoticeKind.FAILED]),
        ([True, False, False], [NoticeKind.FAILED]),
        ([True, False, False, False], [NoticeKind.FAILED, NoticeKind.KEEPS_FAILING]),
        ([True] + [False] * 9, [NoticeKind.FAILED, NoticeKind.KEEPS_FAILING]),
        ([True, False, True, True], [NoticeKind.FAILED, NoticeKind.WORKS_AGAIN]),
        (
            [False] * 5 + [True] * 3,
            [NoticeKind.FAILED, NoticeKind.KEEPS_FAILING, NoticeKind.WORKS_AGAIN],
        ),
        ([False, True] * 2, [NoticeKind.FAILED, NoticeKind.WORKS_AGAIN] * 2),
    ],
)
def test_a_run_of_failures_is_told_of_when_it_begins_lasts_and_ends(outcomes, kinds):
    source = make_source()
    run(source, outcomes)
    assert told(source) == kinds


def test_two_failures_a_day_apart_are_told_of_as_lasting():
    source = make_source()
    run(source, [False, False], hours=25)
    assert told(source) == [NoticeKind.FAILED, NoticeKind.KEEPS_FAILING]


def test_the_row_counts_and_the_words_say_what_and_since_when():
    source = make_source()
    run(source, [True, False, False])
    source.refresh_from_db()
    assert (source.failures, source.failing_since) == (2, day(0) + 2 * HOUR)
    run(source, [False, True])
    source.refresh_from_db()
    assert (source.failures, source.failing_since) == (0, None)
    words = source.notices.order_by("told_at").values_list("words", flat=True)
    assert "Not reachable: no complete answer" in words[0]
    assert words[2] == "After it failed 3 times since 2025-03-01 08:00 UTC"


def test_a_capture_held_back_is_a_failure_too():
    source = make_source()
    capture(source, "<p>Terms.</p>", day(0))
    fail(source, day(1), Outcome.BOT_WALL)
    assert told(source) == [NoticeKind.FAILED]


def test_healthy_captures_change_no_row_of_the_source():
    source = make_source()
    capture(source, "<p>Terms.</p>", day(0))
    with CaptureQueriesContext(connection) as queries:
        capture(source, "<p>Terms.</p>", day(1))
    assert not [query["sql"] for query in queries if 'UPDATE "monitor_source"' in query["sql"]]
    assert not Notice.objects.exists()


def test_a_capture_killed_at_any_statement_and_repeated_tells_once():
    source = make_source()
    run(source, [True, False, False])

    def step(statement):
        with rolled_back():
            with killed_at(statement):
                fail(source, day(1))
            was_cut_off = not Fetch.objects.filter(at=day(1)).exists()
            fail(source, day(1))
            fail(source, day(1))
            source.refresh_from_db()
            assert source.failures == 3
            assert told(source) == [NoticeKind.FAILED, NoticeKind.KEEPS_FAILING]
            return was_cut_off

    statement = 0
    while step(statement):
        statement += 1
    assert statement > 8


def test_imported_history_tells_nobody():
    source = make_source()
    fail(source, day(0), origin=Origin.IMPORT)
    capture(source, "<p>Terms.</p>", day(1), origin=Origin.IMPORT)
    source.refresh_from_db()
    assert source.failures == 0
    assert not Notice.objects.exists()


def test_a_page_that_swings_between_two_texts_is_told_of_once():
    source = make_source()
    for number in range(60):
        text = "One." if number < 4 or number % 4 > 1 else "Two."
        capture(source, f"<p>{text}</p>", day(number))
    assert Outcome.FLIP in source.fetches.values_list("outcome", flat=True)
    assert source.fetches.filter(outcome=Outcome.FLIP).count() > 5
    assert told(source) == [NoticeKind.UNSTABLE]


def arrive(source, at, url):
    return capture(source, "<p>Terms.</p>", at, arrival=Arrival(200, url))


def test_a_changed_address_behind_redirects_is_told_of_once():
    source = make_source(url="http://site.example/terms")
    places = [
        ("http://site.example/terms", 0),
        ("https://site.example/terms/", 0),
        ("https://site.example/legal", 1),
        ("https://site.example/legal", 1),
        ("https://site.example/legal/#top", 1),
        ("https://other.example/legal", 2),
        ("https://site.example/legal", 2),
        ("http://site.example/terms", 2),
    ]
    for number, (url, count) in enumerate(places):
        arrive(source, day(number), url)
        assert len(told(source)) == count, url
    assert set(told(source)) == {NoticeKind.MOVED}
    first = source.notices.get(began_at=day(2))
    assert first.words == "From https://site.example/terms/ to https://site.example/legal"


def test_a_token_in_the_address_is_told_of_once_a_week_at_most():
    source = make_source(url="http://site.example/terms")
    for number in range(14):
        arrive(source, day(number / 2), f"http://site.example/terms?session={number}")
    assert told(source) == [NoticeKind.MOVED]


def test_a_redirect_to_a_new_path_every_time_is_told_of_once_a_week_at_most():
    source = make_source(url="http://site.example/terms")
    for number in range(14):
        arrive(source, day(number / 2), f"http://site.example/terms/{number:08x}")
    assert told(source) == [NoticeKind.MOVED]
    arrive(source, day(7), "http://other.example/terms")
    assert told(source) == [NoticeKind.MOVED] * 2


def test_a_first_capture_has_moved_from_nowhere():
    source = make_source(url="http://site.example/terms")
    arrive(source, day(0), "https://elsewhere.example/terms")
    assert told(source) == []


def test_silence_is_told_of_once_for_each_silence():
    source = make_source(make_document(interval_minutes=720))
    capture(source, "<p>Terms.</p>", day(0))
    assert tell_silent(day(1.5)) == 0
    assert tell_silent(day(1.6)) == 1
    assert tell_silent(day(2)) == 0
    for number in (2, 3):
        fail(source, day(number))
    assert tell_silent(day(4)) == 0
    capture(source, "<p>Terms.</p>", day(5))
    assert tell_silent(day(6)) == 0
    assert tell_silent(day(9)) == 1
    assert [kind for kind in told(source) if kind == NoticeKind.SILENT] == [NoticeKind.SILENT] * 2


@pytest.mark.parametrize(
    ("interval", "own", "days", "count"), [(720, None, 2, 1), (1440, None, 2, 0), (720, 4000, 8, 0)]
)
def test_silence_is_measured_by_the_interval(interval, own, days, count):
    source = make_source(make_document(interval_minutes=interval), interval_minutes=own)
    capture(source, "<p>Terms.</p>", day(0))
    assert tell_silent(day(days)) == count


def test_who_is_paused_invented_imported_or_over_may_be_silent():
    for source in (
        make_source(make_document(is_paused=True)),
        make_source(make_document(make_platform(is_sample=True))),
        make_source(render=Render.TEXT),
        make_source(valid_until=day(1)),
        make_source(valid_from=day(9)),
    ):
        capture(source, "<p>Terms.</p>", day(0))
    assert tell_silent(day(9)) == 0


def test_a_source_that_never_gave_anything_is_silent_too():
    source = make_source()
    sweep_silent_sources()
    assert told(source) == []
    Platform.objects.update(created_at=timezone.now() - timedelta(days=3))
    Document.objects.update(next_fetch_at=timezone.now() - timedelta(days=3))
    sweep_silent_sources()
    assert told(source) == [NoticeKind.SILENT]


def test_a_document_that_was_just_added_imported_or_resumed_is_not_silent_yet():
    old = make_platform()
    Platform.objects.update(created_at=day(-400))
    added, resumed = make_source(make_document(old)), make_source()
    capture(resumed, "<p>Terms.</p>", day(0))
    Document.objects.filter(pk=resumed.document_id).update(next_fetch_at=day(300))
    assert tell_silent(day(300)) == 0
    # It was asked, and fails.
    fail(resumed, day(300.1))
    assert tell_silent(day(301)) == 0
    assert tell_silent(day(303)) == 2
    assert told(added) == [NoticeKind.SILENT]
    assert tell_silent(day(309)) == 0


def test_the_alarm_asks_no_more_of_the_database_for_more_sources():
    counts = []
    for _ in range(2):
        for _ in range(3):
            capture(make_source(), "<p>Terms.</p>", day(0))
        tell_silent(day(9))
        with CaptureQueriesContext(connection) as queries:
            assert tell_silent(day(9)) == 0
        counts.append(len(queries))
    assert counts[0] == counts[1]

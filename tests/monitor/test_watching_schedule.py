"""When a document is read again: before its reading, after it, after failures; and which of its sources rest."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitor import watching
from monitor.models import Candidate, Document, Outcome, Render, Source
from monitor.tasks import read_document
from monitor.watching import claim, claim_due, due, fetch_document, release
from tests.builders import capture, day, fail, make_document, make_source, outcomes_of, texts_of
from tests.web_site import web_site

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def site(settings):
    """A web site that may be fetched."""
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = 5
    with web_site() as running:
        yield running


def planned(document, since):
    """How long after a moment a document is read next."""
    moment = Document.objects.get(pk=document.pk).next_fetch_at
    assert moment is not None
    return moment - since


def test_a_reading_is_planned_again_before_it_begins_and_later_after_every_one_that_never_ended(settings):
    document, now = make_document(interval_minutes=10), timezone.now()
    lasts = timedelta(seconds=settings.CLAIM_SECONDS)
    for expected in (lasts, 2 * lasts, 4 * lasts, 10 * MINUTE, 10 * MINUTE):
        assert claim_due(document.pk, now)
        assert planned(document, now) == expected
        assert document not in due(now)
        # The process died: nobody lets go, and the claim goes stale.
        now += max(expected, lasts) + timedelta(seconds=1)
        assert document in due(now)


def test_a_reading_that_ends_begins_the_count_anew(site):
    source = make_source(url=site.publish("/terms", "<p>Terms.</p>"))
    document, now = source.document, timezone.now()
    for _ in range(4):
        claim(document.pk, now)
        release(document.pk, now)
    Document.objects.update(next_fetch_at=None)
    read_document(document.pk)
    document.refresh_from_db()
    assert document.attempts == 0
    assert timedelta(hours=11) < planned(document, now) < timedelta(hours=13)


def test_a_page_that_ends_its_process_is_read_seldom_and_does_not_keep_the_others_waiting():
    killer, other = make_document(interval_minutes=60), make_document()
    now = timezone.now()
    starts = 0
    for _ in range(24 * 60):
        now += MINUTE
        starts += claim_due(killer.pk, now)
    assert 24 <= starts <= 30
    assert other in due(now)


def test_live_readings_spread_and_replays_do_not(site):
    documents = [make_source(url=site.publish("/terms", "<p>Terms.</p>")).document for _ in range(6)]
    waits = set()
    for document in documents:
        (fetch,) = fetch_document(document)
        waits.add(planned(document, fetch.at))
    assert len(waits) == 6
    assert all(0.95 <= wait / (12 * HOUR) <= 1.05 for wait in waits)
    other = make_source(url=site.url + "/terms").document
    list(fetch_document(other, day(1)))
    assert planned(other, day(1)) == 12 * HOUR


def test_failures_are_retried_soon_then_seldom_and_a_good_capture_ends_that(site):
    source = make_source(url=site.publish("/terms", "<p>Terms.</p>"))
    list(fetch_document(source.document, day(0)))
    site.publish("/terms", "<p>Busy.</p>", status=500)
    waits = []
    for number in range(1, 9):
        list(fetch_document(source.document, day(number)))
        waits.append(planned(source.document, day(number)) / MINUTE)
    assert waits == [15, 30, 60, 120, 240, 480, 720, 720]
    site.publish("/terms", "<p>Terms.</p>")
    list(fetch_document(source.document, day(9)))
    assert planned(source.document, day(9)) == 12 * HOUR


def test_the_newest_failure_of_several_sources_decides():
    document = make_document()
    one, two = make_source(document), make_source(document, position=1)
    for number in range(6):
        fail(one, day(number))
        fail(two, day(number))
    Source.objects.filter(pk=two.pk).update(failures=0)
    fail(one, day(7))
    fail(two, day(7))
    assert planned(document, day(7)) == 15 * MINUTE


def test_a_page_that_fails_while_its_new_text_waits_is_left_alone_more_and_more():
    source = make_source()
    capture(source, "<p>Old terms.</p>", day(0))
    capture(source, "<p>New terms.</p>", day(1))
    at, attempts = day(1), 0
    while at < day(8):
        at = day(1) + planned(source.document, day(1))
        fail(source, at)
        attempts += 1
    assert attempts < 25


def test_a_new_text_is_looked_at_in_time_even_where_another_page_keeps_failing():
    document = make_document()
    one, two = make_source(document), make_source(document, position=1)
    for number in range(8):
        capture(one, "<p>Old terms.</p>", day(number))
        fail(two, day(number)) if number else capture(two, "<p>More.</p>", day(0))
    capture(one, "<p>New terms.</p>", day(9))
    fail(two, day(9))
    assert planned(document, day(9)) == 30 * MINUTE


def test_a_real_change_is_published_within_the_hour_by_the_defaults(site):
    """Only sweeps and tasks, every half minute, by a clock of the test."""
    source = make_source(url=site.publish("/terms", "<p>One.</p>"))
    list(fetch_document(source.document, day(0)))
    site.publish("/terms", "<p>Two.</p>")
    now = seen_at = day(0.5)
    list(fetch_document(source.document, seen_at))
    while texts_of(source) == ["One."]:
        now += timedelta(seconds=30)
        if source.document in due(now):
            list(fetch_document(source.document, now))
        assert now - seen_at < HOUR
    assert texts_of(source) == ["One.", "Two."]


@pytest.fixture
def two(site):
    """A document read twice a day, whose second source is read once a week."""
    document = make_document()
    make_source(document, url=site.publish("/often", "<p>Often.</p>"))
    make_source(
        document, url=site.publish("/seldom", "<p>Seldom.</p>"), position=1, interval_minutes=7 * 24 * 60
    )
    list(fetch_document(document, day(0)))
    site.requests.clear()
    return document


def test_a_source_with_an_interval_of_its_own_rests_until_it_is_over(site, two):
    for half_day in range(1, 15):
        list(fetch_document(two, day(half_day / 2)))
    assert site.requests.count("/often") == 14
    assert site.requests.count("/seldom") == 1
    two.refresh_from_db()
    assert two.read_at == day(7)


def test_a_resting_source_stands_in_and_does_not_keep_a_change_of_another_from_being_confirmed(site, two):
    site.publish("/often", "<p>New.</p>")
    list(fetch_document(two, day(1)))
    list(fetch_document(two, day(2)))
    assert texts_of(two.sources.all()[0]) == ["Often.\nSeldom.", "New.\nSeldom."]
    assert "/seldom" not in site.requests
    two.refresh_from_db()
    assert two.read_at == day(2)


def test_a_new_text_of_a_seldom_read_source_is_looked_at_again_in_the_quick_reading(site, two):
    site.publish("/seldom", "<p>New.</p>")
    list(fetch_document(two, day(7)))
    assert Candidate.objects.exists()
    assert planned(two, day(7)) == 30 * MINUTE
    list(fetch_document(two, day(7) + 30 * MINUTE))
    assert texts_of(two.sources.all()[0])[-1] == "Often.\nNew."
    list(fetch_document(two, day(8)))
    assert site.requests.count("/seldom") == 2


def test_a_seldom_read_source_that_fails_is_tried_again_with_the_next_round(site, two):
    site.publish("/seldom", "<p>Busy.</p>", status=500)
    list(fetch_document(two, day(7)))
    assert planned(two, day(7)) == 15 * MINUTE
    list(fetch_document(two, day(7) + 15 * MINUTE))
    assert site.requests.count("/seldom") == 2


def test_a_round_of_which_nothing_is_to_be_read_is_planned_anew_and_asks_nobody(site):
    source = make_source(url=site.publish("/terms", "<p>Terms.</p>"), interval_minutes=40_000)
    list(fetch_document(source.document, day(0)))
    Document.objects.update(attempts=3)
    assert list(fetch_document(source.document, day(1))) == []
    assert planned(source.document, day(1)) == 12 * HOUR
    source.document.refresh_from_db()
    assert source.document.attempts == 0
    assert len(site.requests) == 1


def test_an_imported_text_is_never_fetched_nor_waited_for(site):
    document = make_document()
    make_source(document, url=site.url + "/imported", render=Render.TEXT, position=1)
    source = make_source(document, url=site.publish("/terms", "<p>Terms.</p>"))
    assert [fetch.source for fetch in fetch_document(document, day(0))] == [source]
    assert texts_of(source) == ["Terms."]
    assert site.requests == ["/terms"]


def test_a_page_that_needs_a_browser_is_read_by_one_and_fails_in_words_where_there_is_none(site, settings):
    settings.RENDER_BROWSER_PATH = "/nowhere/chromium"
    source = make_source(url=site.publish("/terms", "<p>Terms.</p>"), render=Render.BROWSER)
    (fetch,) = fetch_document(source.document, day(0))
    assert fetch.is_problem
    assert fetch.outcome != Outcome.UNREADABLE
    assert fetch.message
    assert watching._client(source) is not watching._client(make_source())
    assert outcomes_of(source) == [fetch.outcome]


def test_documents_that_need_a_browser_wait_in_a_queue_of_their_own(settings, monkeypatch):
    from config.celery import app
    from monitor.tasks import render_document, sweep_due_documents

    plain, slow = make_source(), make_source(render=Render.BROWSER)
    asked = []
    for task in (read_document, render_document):
        monkeypatch.setattr(task, "delay", lambda pk, name=task.name: asked.append((name, pk)))
    sweep_due_documents()
    queues = {pk: app.amqp.router.route({}, name)["queue"].name for name, pk in asked}
    assert queues == {plain.document_id: "fetch", slow.document_id: "render"}

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.utils import timezone

from monitor.models import Document, Fetch, Outcome
from monitor.tasks import read_document, sweep_due_documents
from monitor.tracking import OutOfOrder
from monitor.watching import claim, claim_due, due, fetch_document, hold, release
from tests.builders import day, make_document, make_source, outcomes_of, texts_of
from tests.web_site import web_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    """A web site that may be fetched."""
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = 5
    with web_site() as running:
        yield running


def two_pages(site):
    """A document of two pages, and its sources."""
    document = make_document()
    urls = site.publish("/one", "<p>First page.</p>"), site.publish("/two", "<p>Second page.</p>")
    return document, [make_source(document, url=url, position=n) for n, url in enumerate(urls)]


def set_row(document, **values):
    """Change a document's row."""
    Document.objects.filter(pk=document.pk).update(**values)


def test_a_claim_is_won_once():
    document = make_document()
    now = timezone.now()
    assert claim(document.pk, now)
    assert not claim(document.pk, now)
    release(document.pk, now)
    assert claim(document.pk, now)


def test_only_the_owner_of_a_claim_renews_it_or_lets_go():
    document, now = make_document(), timezone.now()
    assert claim(document.pk, now)
    others = now - timedelta(hours=1)
    assert hold(document.pk, others) == others
    release(document.pk, others)
    assert not claim(document.pk, now)
    renewed = hold(document.pk, now)
    assert renewed > now
    release(document.pk, renewed)
    assert claim(document.pk, now)


@pytest.mark.django_db(transaction=True)
def test_of_many_that_claim_at_once_one_wins():
    document, now, begin, won = make_document(), timezone.now(), Barrier(6), []

    def run():
        begin.wait()
        won.append(claim(document.pk, now))
        connections.close_all()

    threads = [Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 5 + [True]


def test_a_claim_of_a_process_that_died_is_taken_over(settings):
    document, now = make_document(), timezone.now()
    assert claim(document.pk, now)
    stale = timedelta(seconds=settings.CLAIM_SECONDS)
    assert not claim(document.pk, now + stale - timedelta(seconds=1))
    assert document not in due(now)
    assert document in due(now + stale + timedelta(seconds=1))
    assert claim(document.pk, now + stale + timedelta(seconds=1))


def test_what_is_due_comes_in_the_order_it_became_due_and_paused_documents_do_not():
    now = timezone.now()
    late, later, never, new = (make_document() for _ in range(4))
    set_row(late, next_fetch_at=now - timedelta(hours=2))
    set_row(later, next_fetch_at=now)
    set_row(never, next_fetch_at=now + timedelta(seconds=1))
    make_document(is_paused=True)
    set_row(make_document(), next_fetch_at=None, claimed_at=now)
    assert list(due(now)) == [new, late, later]


def test_a_document_is_fetched_and_recorded(site):
    document, sources = two_pages(site)
    fetches = list(fetch_document(document))
    assert [fetch.source for fetch in fetches] == sources
    assert texts_of(sources[0]) == ["First page.\nSecond page."]
    assert fetches[0].snapshot.headers["content-type"] == "text/html; charset=utf-8"
    assert fetches[0].snapshot.final_url == sources[0].url


@pytest.mark.parametrize("status", [301, 304, 403, 404, 429, 500, 503])
def test_an_error_page_is_a_capture_problem_whatever_it_says(site, status):
    source = make_source(url=site.publish("/terms", "<p>Terms.</p>"))
    list(fetch_document(source.document, day(0)))
    site.publish("/terms", "<p>Something went wrong.</p>", status=status)
    for number in (1, 2):
        (fetch,) = fetch_document(source.document, day(number))
        assert (fetch.outcome, fetch.status) == (Outcome.HTTP_ERROR, status)
    assert texts_of(source) == ["Terms."]


@pytest.mark.parametrize("status", [202, 206])
def test_an_answer_that_says_it_is_not_the_whole_page_is_a_capture_problem(site, status):
    source = make_source(url=site.publish("/terms", "<p>Please wait.</p>", status=status))
    (fetch,) = fetch_document(source.document, day(0))
    assert fetch.outcome == Outcome.HTTP_ERROR


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("http://169.254.169.254/terms", Outcome.REFUSED),
        ("file:///etc/hostname", Outcome.REFUSED),
        ("http://127.0.0.1:1/terms", Outcome.UNREACHABLE),
    ],
)
def test_what_cannot_be_fetched_is_an_outcome(site, url, outcome):
    source = make_source(url=url)
    (fetch,) = fetch_document(source.document, day(0))
    assert fetch.outcome == outcome
    assert fetch.message
    assert site.requests == []


def test_a_page_larger_than_the_site_allows_is_an_outcome(site, settings):
    settings.FETCH_MAX_BYTES = 5000
    source = make_source(url=site.publish("/terms", "x" * 6000))
    (fetch,) = fetch_document(source.document, day(0))
    assert fetch.outcome == Outcome.TOO_LARGE


def test_loopback_is_refused_unless_the_site_allows_it(site, settings):
    settings.FETCH_ALLOW_PRIVATE = False
    source = make_source(url=site.publish("/terms", "<p>Inside.</p>"))
    (fetch,) = fetch_document(source.document, day(0))
    assert fetch.outcome == Outcome.REFUSED
    assert site.requests == []


def test_a_cut_off_round_is_completed_without_fetching_its_captures_again(site):
    document, sources = two_pages(site)
    next(fetch_document(document, day(0)))
    assert site.requests == ["/one"]
    list(fetch_document(document, day(0)))
    assert site.requests == ["/one", "/two"]
    assert outcomes_of(sources[0]) == outcomes_of(sources[1]) == [Outcome.FIRST]
    list(fetch_document(document, day(0)))
    assert len(site.requests) == 2


def test_a_moment_before_the_last_capture_is_refused_before_any_fetch(site):
    document, _ = two_pages(site)
    list(fetch_document(document, day(1)))
    site.requests.clear()
    with pytest.raises(OutOfOrder):
        list(fetch_document(document, day(0)))
    assert site.requests == []
    assert Fetch.objects.count() == 2


def test_only_sources_valid_at_the_moment_are_fetched(site):
    document, (one, two) = two_pages(site)
    type(one).objects.filter(pk=one.pk).update(valid_until=day(1))
    type(two).objects.filter(pk=two.pk).update(valid_from=day(1))
    assert [fetch.source for fetch in fetch_document(document, day(0))] == [one]
    assert [fetch.source for fetch in fetch_document(document, day(1))] == [two]


def test_the_task_reads_a_due_document_once_and_lets_go_of_it(site):
    document, sources = two_pages(site)
    read_document(document.pk)
    document.refresh_from_db()
    assert document.claimed_at is None
    assert document.next_fetch_at > timezone.now()
    assert texts_of(sources[0]) == ["First page.\nSecond page."]
    read_document(document.pk)
    assert len(site.requests) == 2


def test_the_task_leaves_claimed_paused_and_missing_documents_alone(site):
    document, _ = two_pages(site)
    set_row(document, claimed_at=timezone.now())
    read_document(document.pk)
    set_row(document, claimed_at=None, is_paused=True)
    read_document(document.pk)
    read_document(987_654)
    assert site.requests == []


def test_the_task_lets_go_of_a_document_that_somebody_read_later_than_now(site):
    document, (one, _) = two_pages(site)
    list(fetch_document(document, timezone.now() + timedelta(days=1)))
    set_row(document, next_fetch_at=None)
    read_document(document.pk)
    document.refresh_from_db()
    assert document.claimed_at is None
    assert outcomes_of(one) == [Outcome.FIRST]


def test_a_document_that_was_read_meanwhile_is_not_claimed_for_reading(site):
    document, _ = two_pages(site)
    now = timezone.now()
    assert document in due(now)
    read_document(document.pk)
    assert not claim_due(document.pk, now)


def test_the_sweep_asks_for_every_due_document(site, settings, monkeypatch):
    document, _ = two_pages(site)
    asked: list[int] = []
    monkeypatch.setattr(read_document, "delay", asked.append)
    make_document(is_paused=True)
    sweep_due_documents()
    assert asked == [document.pk]


def test_a_page_our_own_code_fails_on_is_a_capture_problem_and_waits_its_turn(site, monkeypatch, caplog):
    document, (one, two) = two_pages(site)

    def broken(*_):
        raise RecursionError("too deep")

    monkeypatch.setattr("monitor.tracking.read", broken)
    read_document(document.pk)
    document.refresh_from_db()
    assert outcomes_of(one) == outcomes_of(two) == [Outcome.UNREADABLE]
    assert document.next_fetch_at is not None
    assert document.next_fetch_at > timezone.now()
    assert "too deep" in caplog.text

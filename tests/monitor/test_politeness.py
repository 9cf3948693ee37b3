"""Hosts are asked in turn, at a distance, and only for what robots.txt allows."""

import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.db import connections
from django.utils import timezone

from monitor.models import Document, Fetch, Host, Outcome
from monitor.politeness import Busy, Manners, visit
from monitor.tasks import read_document
from monitor.watching import fetch_document, limits
from tests.builders import day, make_document, make_source, outcomes_of
from tests.monitor.answering_site import answering_site, host_of, read, watched

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def site(settings):
    """A site that may be fetched, whose robots.txt allows everything."""
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = 5
    with answering_site() as running:
        yield running


def free_from(site) -> datetime:
    """No request to a site's host before this moment."""
    moment = host_of(site).free_at
    assert moment is not None
    return moment


def planned(document) -> datetime:
    """The next reading of a document."""
    moment = Document.objects.get(pk=document.pk).next_fetch_at
    assert moment is not None
    return moment


def in_threads(*jobs):
    """Run jobs at once, each with connections of its own."""

    def run(job):
        try:
            job()
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_host_has_one_request_in_flight_however_many_read_from_it(site, settings):
    settings.FETCH_HOST_DISTANCE_SECONDS = 0
    site.delay = 0.1
    documents = watched(site, 4)
    in_threads(*[lambda d=d: list(fetch_document(d)) for d in documents])
    assert len(site.requests) == 5
    assert min(site.gaps()) >= 0
    assert set(Fetch.objects.values_list("outcome", flat=True)) == {Outcome.FIRST}


@pytest.mark.django_db(transaction=True)
def test_two_hosts_are_read_side_by_side(site, settings):
    settings.FETCH_HOST_DISTANCE_SECONDS = 0
    with answering_site() as other:
        site.delay = other.delay = 1
        (one,), (two,) = watched(site), watched(other)
        in_threads(lambda: list(fetch_document(one)), lambda: list(fetch_document(two)))
        spans = [span for _, _, span in site.requests[1:] + other.requests[1:]]
    assert len(spans) == 2
    assert spans[0][0] < spans[1][1]
    assert spans[1][0] < spans[0][1]


def test_two_requests_to_a_host_keep_their_distance(site, settings):
    settings.FETCH_HOST_DISTANCE_SECONDS = 1
    for document in watched(site, 2):
        read(document)
    assert site.paths == ["/robots.txt", "/terms-0", "/terms-1"]
    assert min(site.gaps()) >= 0.9


@pytest.mark.django_db(transaction=True)
def test_processes_take_turns_as_threads_do(site, settings, django_db_blocker):
    settings.FETCH_HOST_DISTANCE_SECONDS = 1
    document, other = watched(site, 2)
    site.delay = 0.3
    code = (
        "import sys, django; django.setup()\n"
        "from monitor.models import Document\n"
        "from monitor.watching import fetch_document\n"
        "print(*[fetch.outcome for fetch in fetch_document(Document.objects.get(pk=sys.argv[1]))])\n"
    )
    from django.db import connection

    name = connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{name}",
        "FETCH_ALLOW_PRIVATE": "1",
        "FETCH_HOST_DISTANCE_SECONDS": "1",
    }
    if connection.vendor != "sqlite":
        pytest.skip("the other process finds its database by a file")
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(other.pk)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    for _ in range(3):
        list(fetch_document(document))
    assert process.communicate(timeout=60)[0].strip() == Outcome.FIRST
    assert sorted(site.paths) == ["/robots.txt", "/terms-0", "/terms-0", "/terms-0", "/terms-1"]
    assert min(site.gaps()) >= 0.9


def test_a_crawl_delay_raises_the_distance(site, settings):
    settings.FETCH_HOST_DISTANCE_SECONDS = 0
    site.answer("/robots.txt", 200, b"User-agent: *\nCrawl-delay: 1\n")
    for document in watched(site, 2):
        read(document)
    assert min(site.gaps()) >= 0.9


def test_a_replay_takes_its_turn_and_keeps_no_distance(site, settings):
    settings.FETCH_HOST_DISTANCE_SECONDS = 30
    (document,) = watched(site)
    began = time.monotonic()
    for number in range(6):
        list(fetch_document(document, day(number)))
    assert time.monotonic() - began < 15
    assert host_of(site).claimed_at is None
    assert free_from(site) > timezone.now()


def test_a_turn_that_a_process_took_into_its_death_is_free_after_a_while(site, settings):
    (document,) = watched(site)
    read(document)
    Host.objects.update(claimed_at=timezone.now() - timedelta(seconds=settings.CLAIM_SECONDS + 1))
    assert read(document, patience=timedelta(seconds=1)).outcome == Outcome.UNCHANGED


def test_who_cannot_wait_lets_go_and_comes_again_without_a_failure(site):
    (document,) = watched(site)
    Host.objects.create(name=site.url.removeprefix("http://"), claimed_at=timezone.now())
    with pytest.raises(Busy):
        read(document, patience=timedelta(seconds=0.3))
    read_document(document.pk)
    document.refresh_from_db()
    assert (document.claimed_at, document.attempts) == (None, 0)
    assert timezone.now() < planned(document) < timezone.now() + timedelta(minutes=1)
    assert site.requests == []
    assert not Fetch.objects.exists()


def test_no_transaction_is_open_while_it_waits_or_fetches(site, transactional_db):
    from django.db import connection

    (document,) = watched(site)
    seen = []
    site.delay = 0.05
    original = limits()
    with visit(site.url + "/terms-0", Manners(original, keep=lambda: seen.append(0))):
        seen.append(connection.in_atomic_block)
    read(document, keep=lambda: seen.append(connection.in_atomic_block))
    assert set(seen) == {False}


ASKED = [("120", 120), ("999999999", 86_400), ("Fri, 31 Dec 2099 23:59:59 GMT", 86_400)]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("header", "seconds"), ASKED)
def test_retry_after_leaves_the_host_alone_and_plans_the_document_later(site, status, header, seconds):
    document, other = watched(site, 2)
    read(document)
    site.answer("/terms-0", status, b"busy", Retry_After=header)
    fetch = read(document)
    assert (fetch.outcome, fetch.status) == (Outcome.HTTP_ERROR, status)
    wait = timedelta(seconds=seconds)
    assert abs(free_from(site) - timezone.now() - wait) < timedelta(seconds=10)
    document.refresh_from_db()
    assert planned(document) - fetch.at >= min(wait, timedelta(hours=12))
    count = len(site.requests)
    read_document(other.pk)
    other.refresh_from_db()
    assert len(site.requests) == count
    assert outcomes_of(other.sources.get()) == []
    assert abs(planned(other) - free_from(site)) < timedelta(seconds=1)


@pytest.mark.parametrize("header", ["soon", "-5", "0", "Fri, 31 Dec 1999 23:59:59 GMT", "x" * 5000])
def test_a_retry_after_that_says_nothing_changes_nothing(site, header):
    (document,) = watched(site)
    site.answer("/terms-0", 503, b"busy", Retry_After=header)
    fetch = read(document)
    document.refresh_from_db()
    assert timedelta(minutes=11) < planned(document) - fetch.at < timedelta(minutes=19)


def test_the_sources_of_a_host_that_wants_to_be_left_alone_rest_and_the_round_goes_on(site):
    with answering_site() as other:
        document = make_document()
        one = make_source(document, url=site.publish("/one", "<p>One.</p>"))
        two = make_source(document, url=other.publish("/two", "<p>Two.</p>"), position=1)
        list(fetch_document(document))
        Host.objects.filter(pk=host_of(other).pk).update(free_at=timezone.now() + timedelta(hours=9))
        site.publish("/one", "<p>New.</p>")
        assert [fetch.source for fetch in fetch_document(document)] == [one]
    assert outcomes_of(one)[-1] == Outcome.CANDIDATE
    assert len(outcomes_of(two)) == 1


def test_one_host_that_wants_to_be_left_alone_does_not_delay_the_pages_of_another(site):
    with answering_site() as other:
        document = make_document()
        make_source(document, url=site.publish("/one", "<p>One.</p>"))
        make_source(document, url=other.publish("/two", "<p>Two.</p>"), position=1)
        list(fetch_document(document))
        other.answer("/two", 429, b"busy", Retry_After="86400")
        before = timezone.now()
        list(fetch_document(document))
        document.refresh_from_db()
        # Nor does the failure of the resting page have the other one read every quarter of an hour.
        assert timedelta(hours=11) < planned(document) - before < timedelta(hours=13)


def test_a_redirect_to_a_name_with_control_characters_is_a_failure_and_leaves_no_host(site):
    url = site.answer("/moved", 302, Location="http://a\0b.example/x")
    source = make_source(url=url)
    (fetch,) = fetch_document(source.document)
    assert fetch.outcome == Outcome.REFUSED
    assert not Host.objects.filter(pk__contains="b.example").exists()

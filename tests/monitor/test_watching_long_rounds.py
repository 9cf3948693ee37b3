"""Rounds that take longer than a task may: let go between two pages, cut off by a kill, gone on with, given up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitor import watching
from monitor.models import Candidate, Document, Fetch, Host, Outcome
from monitor.sweeps import Sweep
from monitor.tasks import read_document
from monitor.tracking import record
from monitor.watching import due, fetch_document
from tests.builders import HTML, make_document, make_source, outcomes_of, page, texts_of, versions_of
from tests.monitor.answering_site import answering_site, host_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
COUNT = 4
PATHS = [f"/page-{number}" for number in range(COUNT)]


@pytest.fixture
def site(settings):
    """A site that may be fetched, whose robots.txt is known and asks for a long pause after every page."""
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = 5
    settings.FETCH_HOST_DISTANCE_SECONDS = 0
    with answering_site() as running:
        now = timezone.now()
        Host.objects.create(
            name=running.url.removeprefix("http://"),
            robots="User-agent: *\nCrawl-delay: 50\n",
            robots_at=now,
            robots_tried_at=now,
        )
        yield running


@pytest.fixture
def sources(site):
    """The pages of one document on that site."""
    document = make_document()
    return [
        make_source(document, url=site.publish(path, f"<p>Page {number}.</p>"), position=number)
        for number, path in enumerate(PATHS)
    ]


def row_of(sources):
    """The document's row as it is now."""
    return Document.objects.get(pk=sources[0].document_id)


def quick(site):
    """Let the site ask for no pauses."""
    Host.objects.filter(pk=host_of(site).pk).update(robots="")


def pause_is_over(sources):
    """The host may be asked again, and the document's time has come."""
    Host.objects.update(free_at=timezone.now())
    Document.objects.filter(pk=sources[0].document_id).update(next_fetch_at=timezone.now())


def run_task(sources):
    """A task after the host's pause."""
    pause_is_over(sources)
    assert row_of(sources) in due(timezone.now())
    read_document(sources[0].document_id)


def test_a_document_whose_host_asks_for_long_pauses_is_read_page_by_page(site, sources):
    for number in range(1, COUNT + 1):
        run_task(sources)
        assert site.paths == PATHS[:number]
        document = row_of(sources)
        assert (document.claimed_at, document.attempts) == (None, 0)
        if number < COUNT:
            assert versions_of(sources[0]) == []
            assert abs(document.next_fetch_at - host_of(site).free_at) < timedelta(seconds=1)
    (version,) = versions_of(sources[0])
    assert version.text == "Page 0.\nPage 1.\nPage 2.\nPage 3."
    assert (document.round_at, document.read_at) == (None, version.confirmed_at)
    assert document.next_fetch_at - timezone.now() > 11 * HOUR


def test_each_capture_has_the_moment_of_the_run_that_made_it_and_the_text_that_of_its_first(site, sources):
    for _ in range(COUNT):
        run_task(sources)
    moments = list(Fetch.objects.order_by("source__position").values_list("at", flat=True))
    assert moments == sorted(set(moments))
    (version,) = versions_of(sources[0])
    assert (version.first_seen_at, version.confirmed_at) == (moments[0], moments[-1])


def test_a_change_on_a_page_read_late_is_published_when_two_rounds_saw_it(site, sources, settings):
    settings.CONFIRM_AFTER_MINUTES = 0
    for _ in range(COUNT):
        run_task(sources)
    site.publish(PATHS[-1], "<p>New.</p>")
    for number in range(1, 2 * COUNT + 1):
        run_task(sources)
        assert len(versions_of(sources[0])) == (2 if number == 2 * COUNT else 1)
    assert outcomes_of(sources[-1]) == [Outcome.FIRST, Outcome.CANDIDATE, Outcome.CONFIRMED]
    first_sight = sources[-1].fetches.order_by("at")[1]
    assert versions_of(sources[0])[1].first_seen_at == first_sight.at


def test_a_document_of_slow_pages_is_let_go_before_the_limit_of_a_task_and_gone_on_with(
    site, sources, settings
):
    quick(site)
    settings.CELERY_TASK_TIME_LIMIT, site.delay = 1, 0.5
    while versions_of(sources[0]) == []:
        assert row_of(sources) in due(timezone.now())
        before = len(site.paths)
        read_document(sources[0].document_id)
        document = row_of(sources)
        assert len(site.paths) <= before + 1
        assert (document.claimed_at, document.attempts) == (None, 0)
    assert site.paths == PATHS
    assert document not in due(timezone.now())


def test_a_round_that_a_kill_cut_off_is_completed_by_the_next_task(site, sources, monkeypatch):
    quick(site)
    read_source = watching._read_source

    def killed(source, running):
        if source == sources[2]:
            raise KeyboardInterrupt
        return read_source(source, running)

    monkeypatch.setattr(watching, "_read_source", killed)
    with pytest.raises(KeyboardInterrupt):
        read_document(sources[0].document_id)
    monkeypatch.undo()
    run_task(sources)
    assert site.paths == PATHS
    assert [outcomes_of(source) for source in sources] == [[Outcome.FIRST]] * COUNT


def test_a_round_that_was_begun_hours_ago_is_given_up_and_what_it_saw_is_told(site, sources):
    quick(site)
    list(fetch_document(row_of(sources)))
    site.publish(PATHS[0], "<p>Odd.</p>")
    next(fetch_document(row_of(sources)))
    site.publish(PATHS[0], "<p>Page 0.</p>")
    for model, field in ((Document, "round_at"), (Fetch, "at")):
        for row in model.objects.filter(**{f"{field}__isnull": False}):
            model.objects.filter(pk=row.pk).update(**{field: getattr(row, field) - 4 * HOUR})
    list(fetch_document(row_of(sources)))
    assert site.paths == [*PATHS, PATHS[0], *PATHS]
    assert outcomes_of(sources[0]) == [Outcome.FIRST, Outcome.TRANSIENT, Outcome.SAME_TEXT]
    assert row_of(sources).round_at is None


def test_a_round_of_which_nothing_is_left_to_read_begins_anew(site, sources):
    quick(site)
    reading = fetch_document(row_of(sources))
    for _ in range(COUNT - 1):
        next(reading)
    type(sources[-1]).objects.filter(pk=sources[-1].pk).update(valid_until=timezone.now())
    list(fetch_document(row_of(sources)))
    assert site.paths == [*PATHS[:-1], *PATHS[:-1]]
    assert texts_of(sources[0]) == ["Page 0.\nPage 1.\nPage 2."]


def test_two_that_read_the_same_round_at_once_record_each_page_once_and_settle_it_once(
    site, sources, settings
):
    quick(site)
    settings.CONFIRM_AFTER_MINUTES = 0
    list(fetch_document(row_of(sources)))
    site.publish(PATHS[-1], "<p>New.</p>")
    one = fetch_document(row_of(sources))
    next(one)
    other = list(fetch_document(row_of(sources)))
    rest = list(one)
    assert [fetch.pk for fetch in rest] == [fetch.pk for fetch in other[1:]]
    assert len(Fetch.objects.filter(source=sources[-1])) == 2
    assert Candidate.objects.exists()


def test_a_page_that_comes_after_its_round_was_settled_is_not_recorded_a_second_time(sources):
    began = timezone.now()
    keys = frozenset(source.pk for source in sources)
    for source in sources:
        first = record(source, page("<p>Old.</p>"), HTML, began, sweep=Sweep(began, began, keys))
    later = began + timedelta(minutes=9)
    assert record(source, page("<p>New.</p>"), HTML, later, sweep=Sweep(began, later, keys)) == first
    assert len(versions_of(source)) == 1


def test_a_round_under_way_waits_for_a_host_that_is_busy_and_skips_one_that_rests(site, sources):
    with answering_site() as other:
        last = make_source(sources[0].document, url=other.publish("/other", "<p>Other.</p>"), position=COUNT)
        run_task(sources)
        read_document(last.document_id)
        assert outcomes_of(last) == []
        host = Host.objects.filter(pk=host_of(site).pk)
        host.update(free_at=timezone.now() + timedelta(hours=9))
        Document.objects.update(next_fetch_at=timezone.now())
        read_document(last.document_id)
        assert outcomes_of(last) == [Outcome.FIRST]
        assert row_of(sources).next_fetch_at == host.get().free_at


def test_a_round_given_up_is_settled_even_where_nothing_is_to_be_read_now(site, sources):
    quick(site)
    list(fetch_document(row_of(sources)))
    site.publish(PATHS[0], "<p>New.</p>")
    next(fetch_document(row_of(sources)))
    for source in sources:
        type(source).objects.filter(pk=source.pk).update(interval_minutes=40_000)
    Document.objects.update(round_at=sources[0].fetches.first().at - timedelta(microseconds=1))
    list(fetch_document(row_of(sources), timezone.now()))
    assert outcomes_of(sources[0]) == [Outcome.FIRST, Outcome.CANDIDATE]
    assert row_of(sources).round_at is None


def test_a_round_of_which_only_pages_of_a_resting_host_are_left_is_settled_without_them(site):
    with answering_site() as other:
        document = make_document()
        first = make_source(document, url=other.publish("/first", "<p>First.</p>"))
        rests = make_source(document, url=site.publish("/rests", "<p>Rests.</p>"), position=1)
        next(fetch_document(document))
        host = Host.objects.filter(pk=host_of(site).pk)
        host.update(free_at=timezone.now() + timedelta(hours=9))
        Document.objects.update(next_fetch_at=timezone.now())
        read_document(document.pk)
        assert texts_of(first) == ["First."]
        assert outcomes_of(rests) == []
        document = row_of([first])
        assert (document.round_at, document.claimed_at, document.attempts) == (None, None, 0)
        assert document.next_fetch_at == host.get().free_at

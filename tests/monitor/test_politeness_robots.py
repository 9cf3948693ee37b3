"""robots.txt decides what is read, is read seldom, and a broken one loses no site."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitor.models import Host, NoticeKind, Outcome
from tests.builders import day, make_source, texts_of
from tests.monitor.answering_site import answering_site, host_of, read, watched

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    """A site that may be fetched."""
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = 5
    with answering_site() as running:
        yield running


DISALLOW = b"User-agent: *\nDisallow: /terms\n"


def test_what_robots_txt_disallows_is_not_read_and_the_log_says_what_to_do(site):
    site.answer("/robots.txt", 200, DISALLOW)
    (document,) = watched(site)
    fetch = read(document)
    assert fetch.outcome == Outcome.DISALLOWED
    assert "set it aside" in fetch.message
    assert site.paths == ["/robots.txt"]
    assert document.sources.get().notices.get().kind == NoticeKind.FAILED


def test_rules_for_another_agent_are_not_for_us_and_ours_win(site):
    site.answer("/robots.txt", 200, b"User-agent: proviso\nAllow: /\n\nUser-agent: *\nDisallow: /\n")
    assert read(watched(site)[0]).outcome == Outcome.FIRST


def test_an_administrator_can_set_robots_txt_aside(site):
    site.answer("/robots.txt", 200, DISALLOW)
    url = site.publish("/terms", "<p>Terms.</p>")
    source = make_source(url=url, ignores_robots=True, robots_reason="They agreed in writing")
    assert read(source.document).outcome == Outcome.FIRST
    assert site.paths == ["/terms"]


def test_robots_txt_is_read_once_a_day(site):
    documents = watched(site, 3)
    for document in documents:
        read(document)
    read(documents[0])
    assert site.paths.count("/robots.txt") == 1
    Host.objects.update(robots_at=timezone.now() - timedelta(hours=25), robots_tried_at=None)
    site.answer("/robots.txt", 200, DISALLOW)
    assert read(documents[1]).outcome == Outcome.DISALLOWED


def test_robots_txt_holds_for_a_replay_too(site):
    site.answer("/robots.txt", 200, DISALLOW)
    assert read(watched(site)[0], at=day(0)).outcome == Outcome.DISALLOWED


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_robots_txt_everything_may_be_read(site, status):
    site.answer("/robots.txt", status, b"<html>no such page</html>")
    assert read(watched(site)[0]).outcome == Outcome.FIRST


@pytest.mark.parametrize("status", [500, 503, 429])
def test_the_copy_known_before_holds_while_robots_txt_is_broken(site, status):
    site.answer("/robots.txt", 200, DISALLOW)
    site.publish("/free", "<p>Free.</p>")
    document, free = watched(site)[0], make_source(url=site.url + "/free").document
    read(document)
    site.answer("/robots.txt", status, b"busy")
    long_ago = timezone.now() - timedelta(days=90)
    Host.objects.update(robots_at=long_ago, robots_tried_at=long_ago)
    assert read(document).outcome == Outcome.DISALLOWED
    assert read(free).outcome == Outcome.FIRST
    assert site.paths.count("/robots.txt") == 2


def test_a_site_whose_robots_txt_never_worked_is_read_after_a_week(site):
    site.answer("/robots.txt", 503, b"busy")
    (document,) = watched(site)
    fetch = read(document)
    assert (fetch.outcome, fetch.status) == (Outcome.HTTP_ERROR, 503)
    assert fetch.message.startswith("robots.txt")
    Host.objects.update(robots_failing_since=timezone.now() - timedelta(days=7))
    assert read(document).outcome == Outcome.FIRST
    assert texts_of(document.sources.get()) == ["Page 0."]


def test_a_host_that_gives_no_answer_is_not_reachable_whatever_was_asked(settings):
    settings.FETCH_ALLOW_PRIVATE = True
    fetch = read(make_source(url="http://127.0.0.1:1/terms").document)
    assert (fetch.outcome, fetch.message) == (Outcome.UNREACHABLE, "the connection was refused")


def test_robots_txt_is_read_no_further_than_its_limit(site):
    rules = b"User-agent: *\nDisallow: /terms\n" + b"Disallow: /other\n" * 60_000
    site.answer("/robots.txt", 200, rules)
    assert read(watched(site)[0]).outcome == Outcome.DISALLOWED
    assert len(host_of(site).robots) <= 500 * 1024


@pytest.mark.parametrize(
    ("redirects", "outcome"), [(5, Outcome.DISALLOWED), (6, Outcome.FIRST), (60, Outcome.FIRST)]
)
def test_robots_txt_is_looked_for_behind_five_redirects(site, redirects, outcome):
    for number in range(redirects):
        here = f"/r{number}" if number else "/robots.txt"
        site.answer(here, 302, Location=f"/r{number + 1}")
    site.answer(f"/r{redirects}", 200, DISALLOW)
    assert read(watched(site)[0]).outcome == outcome


def test_a_robots_txt_that_leads_where_nothing_is_fetched_is_none(site):
    site.answer("/robots.txt", 302, Location="http://169.254.169.254/robots.txt")
    assert read(watched(site)[0]).outcome == Outcome.FIRST


def test_a_redirect_to_another_host_takes_its_turn_and_keeps_its_rules(site):
    with answering_site() as other:
        other.publish("/terms", "<p>Terms.</p>")
        other.answer("/robots.txt", 200, DISALLOW)
        source = make_source(url=site.answer("/away", 302, Location=other.url + "/terms"))
        assert read(source.document).outcome == Outcome.DISALLOWED
        assert other.paths == ["/robots.txt"]
        assert {host_of(site).claimed_at, host_of(other).claimed_at} == {None}


def test_a_redirect_into_what_robots_txt_disallows_ends_there(site):
    site.answer("/robots.txt", 200, DISALLOW)
    site.publish("/terms", "<p>Terms.</p>")
    source = make_source(url=site.answer("/start", 302, Location="/terms"))
    assert read(source.document).outcome == Outcome.DISALLOWED
    assert site.paths == ["/robots.txt", "/start"]

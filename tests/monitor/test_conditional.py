"""Only what changed is asked for, and never past a failure."""

from datetime import timedelta

import pytest
from django.conf import settings as site_settings

from monitor.models import Candidate, Fetch, Outcome, Render, Snapshot, Source
from monitor.watching import fetch_document
from tests.builders import START, day, make_document, make_source, outcomes_of, texts_of
from tests.monitor.answering_site import answering_site

pytestmark = pytest.mark.django_db
TAG = '"one"'
DATE = "Sat, 01 Mar 2025 06:00:00 GMT"
HOUR = timedelta(hours=1)


@pytest.fixture
def site(settings):
    """A site that may be fetched."""
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = 5
    with answering_site() as running:
        yield running


def read(source, at):
    """One round; what came of its only source."""
    (fetch,) = fetch_document(source.document, at)
    return fetch


def was_conditional(site):
    """Whether the last request asked for a change only."""
    _, headers, _ = site.requests[-1]
    return "if-none-match" in headers or "if-modified-since" in headers


@pytest.mark.parametrize("validator", [{"ETag": TAG}, {"ETag": 'W/"x"'}, {"Last_Modified": DATE}])
def test_a_page_that_did_not_change_is_not_sent_again_and_counts_as_the_same_bytes(site, validator):
    source = make_source(url=site.publish("/terms", "<p>Terms.</p>", **validator))
    first = read(source, day(0))
    again = read(source, day(1))
    assert (again.outcome, again.status, again.snapshot) == (Outcome.UNCHANGED, 304, first.snapshot)
    assert was_conditional(site)
    assert Snapshot.objects.count() == 1
    source.document.refresh_from_db()
    assert source.document.read_at == day(1)


def test_both_validators_go_along_as_they_came(site):
    source = make_source(url=site.publish("/terms", "<p>Terms.</p>", ETag=TAG, Last_Modified=DATE))
    read(source, day(0))
    read(source, day(1))
    asked = site.asked("/terms")[-1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == (TAG, DATE)


def test_a_changed_page_comes_whole_and_is_looked_at_whole_again_before_it_is_believed(site):
    source = make_source(url=site.publish("/terms", "<p>One.</p>", ETag=TAG))
    read(source, day(0))
    site.publish("/terms", "<p>Two.</p>", ETag='"two"')
    assert read(source, day(1)).outcome == Outcome.CANDIDATE
    assert read(source, day(1) + HOUR).outcome == Outcome.CONFIRMED
    assert not was_conditional(site)
    assert read(source, day(2)).status == 304
    assert texts_of(source) == ["One.", "Two."]


def test_a_304_nobody_asked_for_is_a_failure(site):
    source = make_source(url=site.publish("/terms", "<p>One.</p>"))
    read(source, day(0))
    site.answer("/terms", 304)
    fetch = read(source, day(1))
    assert (fetch.outcome, fetch.status) == (Outcome.HTTP_ERROR, 304)


def broken(main, **headers):
    return lambda site: site.publish("/terms", main, ETag='"two"', **headers)


AFTER_WHICH_ALL_IS_ASKED = {
    "no text": broken(""),
    "an error": lambda site: site.answer("/terms", 503, b"busy", ETag='"two"'),
    "a binary body": lambda site: site.answer("/terms", 200, bytes(range(256)) * 50, ETag='"two"'),
    "no such packing": broken("<p>Terms.</p>", Content_Encoding="x"),
}


@pytest.mark.parametrize("what", AFTER_WHICH_ALL_IS_ASKED)
def test_validators_are_forgotten_after_any_failure(site, what):
    source = make_source(url=site.publish("/terms", "<p>One.</p>", ETag=TAG))
    read(source, day(0))
    AFTER_WHICH_ALL_IS_ASKED[what](site)
    assert read(source, day(1)).is_problem
    source.refresh_from_db()
    assert (source.etag, source.last_modified, source.validated) == ("", "", "")
    read(source, day(2))
    assert not was_conditional(site)


def test_the_tag_of_a_page_our_own_code_failed_on_is_not_kept(site, monkeypatch):
    """urlwatch lost a change this way: the tag was saved, the text was not, and the next answer was a 304."""
    source = make_source(url=site.publish("/terms", "<p>One.</p>", ETag=TAG))
    read(source, day(0))
    site.publish("/terms", "<p>Two.</p>", ETag='"two"')
    with monkeypatch.context() as broken_reading:
        broken_reading.setattr("monitor.tracking.read", lambda *_: 1 // 0)
        assert read(source, day(1)).outcome == Outcome.UNREADABLE
    assert read(source, day(2)).outcome == Outcome.CANDIDATE
    read(source, day(3))
    assert texts_of(source) == ["One.", "Two."]


@pytest.mark.parametrize(
    "change",
    [
        {"select": ["p"]},
        {"remove": [".ad"]},
        {"request_headers": {"Accept-Language": "de"}},
        {"render": Render.TEXT},
        {"last_good": None},
    ],
)
def test_validators_hold_for_one_address_read_in_one_way(site, change):
    from monitor import conditional

    source = make_source(url=site.publish("/terms", "<p>One.</p>", ETag=TAG))
    read(source, day(0))
    source.refresh_from_db()
    assert conditional.asking(source, day(1)).validators
    Source.objects.filter(pk=source.pk).update(**change)
    source.refresh_from_db()
    assert not conditional.asking(source, day(1)).validators


def test_another_address_is_asked_anew(site):
    source = make_source(url=site.publish("/terms", "<p>One.</p>", ETag=TAG))
    read(source, day(0))
    Source.objects.filter(pk=source.pk).update(url=site.publish("/new", "<p>Two.</p>", ETag=TAG))
    source.refresh_from_db()
    assert read(source, day(1)).outcome == Outcome.CANDIDATE


def test_once_a_week_a_page_is_read_whole_for_a_tag_may_never_change(site):
    source = make_source(url=site.publish("/terms", "<p>One.</p>", ETag=TAG))
    for number in range(7):
        read(source, day(number))
    site.publish("/terms", "<p>Two.</p>", ETag=TAG)
    assert read(source, day(6.5)).status == 304
    assert read(source, day(7)).outcome == Outcome.CANDIDATE


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": '"' + "x" * 10_000 + '"'},
        {"ETag": "no quotes"},
        {"ETag": '"a" "b"'},
        {"ETag": '"ünïcode"'},
        {"Last_Modified": "yesterday"},
        {"Last_Modified": "Sat, 01 Mar 2025 06:00:00 GMT" + " " * 9000 + "x"},
        {"ETag": '"a\r\n X-Folded: 1"'},
    ],
)
def test_a_hostile_validator_is_not_kept(site, headers):
    source = make_source(url=site.publish("/terms", "<p>One.</p>", **headers))
    assert read(source, day(0)).outcome == Outcome.FIRST
    source.refresh_from_db()
    assert (source.etag, source.last_modified) == ("", "")
    read(source, day(1))
    assert not was_conditional(site)


def test_validators_go_to_the_very_address_that_gave_them(site):
    target = site.publish("/terms/en", "<p>English.</p>", ETag=TAG)
    site.publish("/terms/de", "<p>Deutsch.</p>", ETag=TAG)
    source = make_source(url=site.answer("/terms", 302, Location=target))
    read(source, day(0))
    assert read(source, day(1)).status == 304
    assert ["if-none-match" in headers for headers in site.asked("/terms")] == [False, False]
    site.answer("/terms", 302, Location=site.url + "/terms/de")
    assert read(source, day(2)).status == 200
    assert not was_conditional(site)


def test_headers_of_a_source_go_along_and_stay_with_its_host(site):
    with answering_site() as other:
        other.publish("/terms", "<p>Terms.</p>")
        site.answer("/b", 302, Location=other.url + "/terms")
        source = make_source(
            url=site.answer("/a", 302, Location="/b"),
            request_headers={"Accept-Language": "de", "Referer": "https://example.org/"},
        )
        read(source, day(0))
    for path in ("/a", "/b"):
        (asked,) = site.asked(path)
        assert (asked["accept-language"], asked["referer"]) == ("de", "https://example.org/")
    (asked,) = other.asked("/terms")
    assert asked["accept-language"] == "en"
    assert "referer" not in asked


def test_a_304_completes_a_round_and_confirms_what_another_source_shows(site):
    document = make_document()
    one = make_source(document, url=site.publish("/one", "<p>One.</p>", ETag=TAG))
    two = make_source(document, url=site.publish("/two", "<p>Two.</p>"), position=1)
    list(fetch_document(document, day(0)))
    site.publish("/two", "<p>Changed.</p>")
    list(fetch_document(document, day(1)))
    list(fetch_document(document, day(2)))
    assert outcomes_of(one) == [Outcome.FIRST, Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert texts_of(two)[-1] == "One.\nChanged."
    assert not Candidate.objects.exists()


def test_an_import_and_a_sample_leave_no_validators():
    from monitor.models import Origin
    from monitor.tracking import record
    from tests.builders import page

    source = make_source()
    for origin, at in ((Origin.IMPORT, START), (Origin.SAMPLE, START + HOUR)):
        record(source, page("<p>One.</p>"), {"content-type": "text/html", "etag": TAG}, at, origin=origin)
        source.refresh_from_db()
        assert source.etag == ""
    record(source, page("<p>One.</p>"), {"content-type": "text/html", "etag": TAG}, day(1))
    source.refresh_from_db()
    assert source.etag == TAG
    assert Fetch.objects.count() == 3
    assert site_settings.CONFIRM_AFTER_MINUTES <= 60

"""The rules of a source at the desk: how it is read, how often, what is sent along, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from monitor.models import Document, Fetch, Render, Source
from tests.builders import capture, day, fail, make_platform, make_source, make_user, page
from tests.monitor.answering_site import AnsweringSite, answering_site
from tests.monitor.desk_forms import document_form, existing_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_user(role="administrator"))
    return client


@pytest.fixture
def site(settings) -> Iterator[AnsweringSite]:
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = 5
    with answering_site() as running:
        yield running


RULES = {
    "sources-0-render": "browser",
    "sources-0-interval_minutes": 10_080,
    "sources-0-request_headers": "Accept-Language: de\n\nReferer: https://hollowreed.example/",
    "sources-0-ignores_robots": "on",
    "sources-0-robots_reason": "They agreed in writing",
}


def save(client: Client, source: Source, **values: object) -> str:
    path = reverse("admin:monitor_document_change", args=[source.document_id])
    return client.post(path, existing_form(source, **values), follow=True).content.decode()


def test_the_rules_of_a_source_are_kept_and_shown(administrator: Client) -> None:
    form = document_form(make_platform(), "https://hollowreed.example/privacy", is_paused="on", **RULES)
    administrator.post(reverse("admin:monitor_document_add"), form)
    source = Source.objects.get()
    assert (source.render, source.interval_minutes, source.ignores_robots) == (Render.BROWSER, 10_080, True)
    assert source.request_headers == {"Accept-Language": "de", "Referer": "https://hollowreed.example/"}
    path = reverse("admin:monitor_document_change", args=[source.document_id])
    body = administrator.get(path).content.decode()
    assert "Accept-Language: de\nReferer: https://hollowreed.example/</textarea>" in body
    assert "They agreed in writing" in body


def test_a_form_that_says_nothing_of_the_rules_leaves_a_plain_source(administrator: Client) -> None:
    source = make_source(url="https://hollowreed.example/privacy")
    save(administrator, source)
    source.refresh_from_db()
    assert (source.render, source.interval_minutes, source.request_headers) == (Render.HTTP, None, {})


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("request_headers", "Cookie: session=1", "cannot be sent along"),
        ("request_headers", "Authorization: Bearer x", "cannot be sent along"),
        ("request_headers", "Accept-Language", "not a line of plain characters"),
        ("request_headers", "Accept-Language: d\u00e9", "not a line of plain characters"),
        ("interval_minutes", "5", "greater than or equal to 10"),
        ("render", "curl", "Select a valid choice"),
        ("ignores_robots", "on", "Say why robots.txt is set aside"),
        ("robots_reason", "They agreed", "Kept only where robots.txt is set aside"),
        ("interval_minutes", "60", "lower the interval of the document instead"),
        ("url", "http://169.254.169.254/latest", "one of the addresses that are never fetched"),
        ("url", "https:\\\\site.example\\terms", "Leave out backslashes"),
        ("select", '{"startBefore": "#a"}', "A range has one of"),
        ("select", '{"startBefore": ', "A range is written like"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_in_words(
    administrator: Client, field: str, value: str, words: str
) -> None:
    source = make_source()
    assert words in save(administrator, source, **{f"sources-0-{field}": value})
    source.refresh_from_db()
    assert (source.request_headers, source.interval_minutes, source.ignores_robots) == ({}, None, False)


def test_the_address_of_captures_stays_and_the_form_says_what_to_do(administrator: Client) -> None:
    source, fresh = make_source(), make_source()
    capture(source, "<p>Terms.</p>", day(0))
    fail(fresh, day(0))
    for one in (source, fresh):
        body = save(administrator, one, **{"sources-0-url": "https://hollowreed.example/new"})
        assert ("add the new address as another source" in body) == (one == source)
        before = one.url
        one.refresh_from_db()
        assert (one.url == before) == (one == source)


def test_a_range_is_edited_as_a_line(administrator: Client) -> None:
    chosen = {"startBefore": "#terms", "endBefore": "#footer"}
    source = make_source(select=["main", chosen])
    path = reverse("admin:monitor_document_change", args=[source.document_id])
    assert "main\n{&quot;startBefore&quot;: &quot;#terms&quot;" in administrator.get(path).content.decode()
    save(administrator, source, **{"sources-0-select": '{"startAfter": "h1", "endBefore": "#footer"}\np'})
    source.refresh_from_db()
    assert source.select == [{"startAfter": "h1", "endBefore": "#footer"}, "p"]


def preview(client: Client, url: str, **values: object) -> str:
    form = document_form(
        make_platform(), url, **{"sources-0-preview": "1", "sources-0-select": "main", **values}
    )
    return client.post(reverse("admin:monitor_document_preview"), form).content.decode()


def test_a_preview_is_read_as_the_source_would_be(administrator: Client, site: AnsweringSite) -> None:
    url = site.publish("/terms", "<p>Our text.</p>")
    body = preview(administrator, url, **{"sources-0-request_headers": "Accept-Language: de"})
    assert "Our text." in body
    (asked,) = site.asked("/terms")
    assert asked["accept-language"] == "de"
    assert not any(model.objects.exists() for model in (Document, Source, Fetch))


def test_a_preview_keeps_robots_txt_unless_it_is_set_aside(
    administrator: Client, site: AnsweringSite
) -> None:
    url = site.publish("/terms", "<p>Our text.</p>")
    site.answer("/robots.txt", 200, b"User-agent: *\nDisallow: /\n")
    assert "robots.txt asks not to read this page" in preview(administrator, url)
    assert site.asked("/terms") == []
    aside = {"sources-0-ignores_robots": "on"}
    assert "Say why robots.txt is set aside" in preview(administrator, url, **aside)
    assert site.asked("/terms") == []
    aside["sources-0-robots_reason"] = "They agreed"
    assert "Our text." in preview(administrator, url, **aside)


def test_an_imported_text_is_not_fetched_and_the_desk_says_so(
    administrator: Client, site: AnsweringSite
) -> None:
    url = site.publish("/terms", "<p>Our text.</p>")
    imported = {"sources-0-render": "text"}
    assert "Imported text is never fetched" in preview(administrator, url, **imported)
    form = document_form(make_platform(), url, **imported)
    body = administrator.post(reverse("admin:monitor_document_add"), form, follow=True).content.decode()
    assert "reading of" not in body
    assert "is imported" in body
    path = reverse("admin:monitor_document_fetch", args=[Document.objects.get().pk])
    assert "Nothing is fetched: the text of" in administrator.post(path, follow=True).content.decode()
    assert site.requests == []


def test_a_preview_says_that_a_page_would_be_held_back(administrator: Client, site: AnsweringSite) -> None:
    url = site.answer("/gone", 200, page("<h1>404 Page not found</h1><p>The page does not exist.</p>"))
    assert "It would be held back" in preview(administrator, url)
    url = site.publish("/terms", "<p>Our text.</p>")
    assert "It would be held back" not in preview(administrator, url)

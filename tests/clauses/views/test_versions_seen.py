"""The page of a version as evidence: captures, outline, the text of a day, the ways to other texts."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from clauses.analysis import analyze_pending
from monitor.models import Document, Version
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    make_document,
    make_source,
    publish,
    versions_of,
)

pytestmark = pytest.mark.django_db


def _address(version: Version, name: str = "version") -> str:
    document = version.document
    return reverse(name, args=[document.platform.slug, document.slug, version.number])


def _on(client: Client, document: Document, on: str, name: str = "document-on") -> str:
    answer = client.get(reverse(name, args=[document.platform.slug, document.slug]), {"on": on})
    return str(answer.url) if answer.status_code == 302 else answer.content.decode()


def _words(page: str) -> str:
    return " ".join(unescape(strip_tags(page)).split())


@pytest.fixture
def texts() -> list[Version]:
    """Three texts, 40 days apart."""
    source = make_source()
    for number, years in enumerate((1, 2, 7)):
        publish(source, f"<h2>Data</h2><p>We keep your feedback for {years} years.</p>", day(40 * number))
    return versions_of(source)


def test_the_captures_that_showed_a_text_are_named(client: Client, texts: list[Version]) -> None:
    page = client.get(_address(texts[1]))
    captures = page.context["captures"]
    assert captures.count == 2
    shown = page.content.decode()
    for fetch in (captures.first, captures.confirmation):
        assert reverse("snapshot", args=[fetch.snapshot.number]) in shown
    assert "2 showed it" in shown
    twin = client.get(_address(texts[1], "version-json")).json()
    assert (twin["captures"], twin["first_capture"]["outcome"]) == (2, "candidate")
    assert twin["confirmation"]["snapshot"] == captures.confirmation.snapshot.public_id
    assert twin["last_capture"] == twin["confirmation"]
    strip = page.context["strip"]
    assert strip.total == 2
    assert [kind for kind, _, _ in strip.counts] == ["new", "sight"]


def test_the_strip_of_a_text_ends_where_the_next_one_was_seen(client: Client, texts: list[Version]) -> None:
    for version, expected in zip(texts, (2, 2, 2), strict=True):
        strip = client.get(_address(version)).context["strip"]
        assert strip.total == expected
        assert strip.begins_at == version.first_seen_at


def test_the_outline_counts_clauses_and_names_what_they_are_about(client: Client) -> None:
    version = publish(
        make_source(),
        "<h2>Data</h2><p>We keep your feedback for 30 days.</p><h3>Backups</h3><p>You can write to us.</p>",
        day(0),
    )
    page = client.get(_address(version)).content.decode()
    outline = page[page.index('class="outline"') : page.index("<article")]
    words = _words(outline)
    assert "Data 2 clauses" in words
    assert "Backups 1 clause" in words
    assert "Data retention" in words
    assert outline.count("<ol") == 2


def test_a_day_leads_to_the_text_that_stood_then_with_its_witnesses(
    client: Client, texts: list[Version]
) -> None:
    document = texts[0].document
    address = _on(client, document, day(50).date().isoformat())
    assert address == f"{_address(texts[1])}?on={day(50).date().isoformat()}"
    words = _words(client.get(address).content.decode())
    assert "On 20 April 2025 this was the text. It was first seen 10 Apr 2025, 06:00 UTC." in words
    assert (
        "The last capture by the end of that day that showed it is of 10 Apr 2025, 07:00 UTC, in S-" in words
    )
    assert "The next text was first seen 20 May 2025, 06:00 UTC." in words
    twin = _on(client, document, day(50).date().isoformat(), "document-on-json")
    assert twin == _address(texts[1], "version-json")


def test_on_the_day_of_a_change_the_text_before_is_named_too(client: Client, texts: list[Version]) -> None:
    page = client.get(_on(client, texts[0].document, day(40).date().isoformat())).content.decode()
    assert "It was first seen on that very day" in page
    assert f">{texts[0].public_id}</a>) stood" in page


def test_before_the_first_text_nothing_is_claimed(client: Client, texts: list[Version]) -> None:
    document = texts[0].document
    page = _on(client, document, "2024-12-31")
    assert "Nothing recorded by" in page
    assert "The first text was seen" in page
    assert _address(texts[0]) in page
    missing = reverse("document-on-json", args=[document.platform.slug, document.slug])
    assert client.get(missing, {"on": "2024-12-31"}).status_code == 404
    assert "No text of this document has been read yet." in _on(client, make_document(), "2025-01-01")


@pytest.mark.parametrize("on", ["", "yesterday", "2025-02-30", "0000-01-01"])
def test_a_day_that_is_not_understood_is_asked_for_again(client: Client, on: str) -> None:
    assert "On which day?" in _on(client, make_document(), on)


def test_a_day_to_come_shows_the_text_of_now_and_says_so(client: Client, texts: list[Version]) -> None:
    page = client.get(_on(client, texts[0].document, "2999-01-01")).content.decode()
    assert "as far as is known now" in page
    assert _address(texts[2]) in _on(client, texts[0].document, "2999-01-01")


def test_a_day_the_text_did_not_stand_on_is_not_claimed_for_it(client: Client, texts: list[Version]) -> None:
    assert 'id="on-day"' not in client.get(_address(texts[0]), {"on": str(date(2030, 1, 1))}).content.decode()


def test_an_older_text_is_compared_with_the_latest_in_one_click(client: Client, texts: list[Version]) -> None:
    first, second, third = texts
    document = first.document
    latest = reverse("compare", args=[document.platform.slug, document.slug, first.number, third.number])
    assert latest in client.get(_address(first)).content.decode()
    for version in (second, third):
        assert "Compare with the latest" not in client.get(_address(version)).content.decode()


def test_more_captures_and_headings_cost_no_more_queries(client: Client) -> None:
    source = make_source()
    version = publish(source, KEPT_30_DAYS, day(0))
    with CaptureQueriesContext(connection) as few:
        client.get(_address(version))
    for number in range(2, 30):
        capture(source, KEPT_30_DAYS, day(number), furniture=number)
    long = "".join(f"<h2>Part {n}</h2><p>We keep record {n} for {n} days.</p>" for n in range(2, 50))
    other = make_source()
    capture(other, KEPT_5_YEARS + long, day(0))
    analyze_pending()
    for address in (_address(version), _address(versions_of(other)[0])):
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) <= len(few)

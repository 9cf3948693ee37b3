"""The page of a version, its text and its twin."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from clauses.models import Clause
from monitor.models import Version
from tests.builders import capture, day, make_change_set, make_document, make_source, publish, versions_of

pytestmark = pytest.mark.django_db

TEXT = (
    "<h1>Terms</h1><h2>Data</h2><p>We keep your feedback for 30 days.</p><ul><li>ratings you give us</li>"
    "<li>ideas you send us</li></ul><table><tr><th>What</th><th>How long</th></tr>"
    "<tr><td>Calls with support</td><td>13 months</td></tr></table>"
)


def _address(version: Version, name: str = "version") -> str:
    document = version.document
    return reverse(name, args=[document.platform.slug, document.slug, version.number])


def test_every_clause_has_its_anchor_and_the_link_to_its_record(client: Client) -> None:
    version = publish(make_source(), TEXT, day(0))
    page = client.get(_address(version)).content.decode()
    clauses = Clause.objects.filter(document=version.document)
    assert clauses.count() > 3
    for clause in clauses:
        assert page.count(f'id="{clause.public_id.lower()}"') == 1
        assert reverse("record", args=[clause.number]) in page


def test_the_reading_view_shows_all_words_of_the_text_once_and_in_order(client: Client) -> None:
    version = publish(make_source(), TEXT, day(0))
    passages = client.get(_address(version)).context["page"].passages
    shown = "".join("".join(passage.text.split()) for passage in passages)
    assert shown == "".join(version.text.split())


def test_a_long_text_has_pages_and_every_address_leads_to_its_words(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clauses.queries.version_pages._LEAST_BYTES", 700)
    monkeypatch.setattr("clauses.queries.version_pages.MOST_BYTES", 700)
    version = publish(make_source(), TEXT, day(0))
    last = Clause.objects.filter(document=version.document).order_by("-number")[0]
    page = client.get(_address(version)).content.decode()
    assert "13 months" not in page
    assert f'<li id="{last.public_id.lower()}"><a href="?page=' in page
    found = client.get(f"{_address(version)}?clause={last.public_id}")
    assert "13 months" in client.get(found["Location"]).content.decode()
    assert found["Location"].endswith(f"#{last.public_id.lower()}")
    assert "13 months" in client.get(f"{_address(version)}?all=1").content.decode()
    assert client.get(f"{_address(version)}?clause=X").status_code == 404


def test_the_plain_text_has_the_hash_that_the_page_states(client: Client) -> None:
    version = publish(make_source(), TEXT, day(0))
    response = client.get(_address(version, "version-text"))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert hashlib.sha256(response.content).hexdigest() == version.text_sha256
    assert version.text_sha256 in client.get(_address(version)).content.decode()


def test_an_effective_date_that_is_not_stated_stays_unknown(client: Client) -> None:
    version = publish(make_source(), TEXT, day(0))
    assert version.effective_on is None
    assert (
        "The text does not state when it comes into force." in client.get(_address(version)).content.decode()
    )


def test_a_version_links_to_its_neighbors(client: Client) -> None:
    change_set = make_change_set()
    page = client.get(_address(change_set.old_version)).content.decode()
    assert _address(change_set.new_version) in page
    assert "No earlier text" in page


def test_a_text_that_is_not_analyzed_yet_can_be_read_already(client: Client) -> None:
    source = make_source()
    capture(source, TEXT, day(0))
    response = client.get(_address(versions_of(source)[0]))
    assert "We keep your feedback for 30 days." in response.content.decode()
    assert "their records appear in a moment" in response.content.decode()


def test_markup_in_the_words_is_shown_and_never_run(client: Client) -> None:
    hostile = "&lt;img src=x onerror=alert(1)&gt;"
    version = publish(make_source(), f"<h2>{hostile}</h2><p>We keep {hostile} for 30 days.</p>", day(0))
    page = client.get(_address(version)).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_offsets_of_the_twin_cut_the_clauses_out_of_the_text(client: Client) -> None:
    twin = client.get(_address(publish(make_source(), TEXT, day(0)), "version-json")).json()
    assert twin["clauses"]
    for clause in twin["clauses"]:
        assert twin["text"][clause["start"] : clause["end"]] == clause["text"]


def test_a_version_of_another_document_is_not_found(client: Client) -> None:
    one, other = publish(make_source(), TEXT, day(0)), publish(make_source(), TEXT, day(0))
    document = one.document
    address = reverse("version", args=[document.platform.slug, document.slug, other.number])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("wrong", ["V-1", "v-000001", "V-abc", "P-000001", "V-0000000000001"])
def test_a_misspelt_id_is_not_found(client: Client, wrong: str) -> None:
    version = publish(make_source(), TEXT, day(0))
    assert client.get(_address(version).replace(version.public_id, wrong)).status_code == 404


def test_a_longer_text_costs_no_more_queries(client: Client) -> None:
    short = publish(make_source(), TEXT, day(0))
    more = "".join(f"<p>We may suspend account number {number} at any time.</p>" for number in range(60))
    long = publish(make_source(), TEXT + more, day(0))
    with CaptureQueriesContext(connection) as few:
        client.get(_address(short))
    with CaptureQueriesContext(connection) as many:
        client.get(_address(long))
    assert len(many) <= len(few)


DATED = (
    "<h1>Terms</h1><p>Last updated: 3 March 2025. Effective date: 5 May 2025</p><p>We keep your ideas.</p>"
)


def test_the_days_a_text_states_of_itself_are_shown_apart_from_the_day_we_saw_it(client: Client) -> None:
    version = publish(make_source(), DATED, day(0))
    document = version.document
    page = strip_tags(client.get(_address(version)).content.decode())
    assert "In force 5 May 2025 by its own words." in page
    assert "Last updated 3 March 2025, as the text says." in page
    row = client.get(reverse("document", args=[document.platform.slug, document.slug])).content.decode()
    assert "last updated 3 Mar 2025, as the text says" in strip_tags(row)
    twin = client.get(_address(version, "version-json")).json()
    assert (twin["updated_on"], twin["effective_on"]) == ("2025-03-03", "2025-05-05")
    assert twin["first_seen_at"].startswith("2025-03-01")


def test_a_text_that_does_not_state_its_last_revision_has_none(client: Client) -> None:
    version = publish(make_source(), TEXT, day(0))
    assert "Last updated" not in client.get(_address(version)).content.decode().replace(
        "<dt>Last updated", ""
    )
    assert client.get(_address(version, "version-json")).json()["updated_on"] is None


def test_a_long_text_in_another_language_than_its_page_states_is_shown_as_what_it_is(client: Client) -> None:
    german = "<p>Wir bewahren Ihre Rückmeldungen so lange auf, wie Sie bei uns angemeldet sind.</p>"
    version = publish(make_source(make_document(language="")), german * 9, day(0))
    assert version.language == "de"
    address = reverse("document", args=[version.document.platform.slug, version.document.slug])
    assert "de, by its text" in client.get(address).content.decode()

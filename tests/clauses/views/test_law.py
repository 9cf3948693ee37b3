"""The page of all notes on the law."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.core.regulation import shipped_regulation
from tests.clauses.amended_site import own_type, put_in_force

pytestmark = pytest.mark.django_db
SHIPPED = shipped_regulation()


@pytest.fixture
def page(client: Client) -> str:
    response = client.get(reverse("law"))
    assert response.status_code == 200
    return response.content.decode()


def test_every_law_stands_once_with_its_address_and_every_place_leads_to_it(page: str) -> None:
    for law in SHIPPED.laws.values():
        assert page.count(f'id="law-{law.slug}"') == 1
        assert f'href="{law.url.replace("&", "&amp;")}"' in page
        assert f'href="#law-{law.slug}"' in page
    assert set(re.findall(r'href="#law-(\w+)"', page)) == set(SHIPPED.laws)


def test_every_type_and_every_office_is_there_and_nothing_is_promised(page: str) -> None:
    for slug, notes in SHIPPED.types.items():
        assert page.count(f'<h3 id="{slug}">') == 1
        assert not notes.none or notes.none in page
    for office in SHIPPED.agencies.values():
        assert office.url in page
    assert "Not reviewed by a lawyer." in page


def test_a_type_of_this_site_says_that_it_has_no_notes(client: Client) -> None:
    put_in_force({"types": {"kites": own_type(name="Kites", plain_phrases=["kite"])}})
    assert "No notes are written for this type." in client.get(reverse("law")).content.decode()


def test_the_twin_says_what_the_page_says(client: Client) -> None:
    twin = client.get(reverse("law-json")).json()
    assert [law["slug"] for law in twin["laws"]] == list(SHIPPED.laws)
    assert len(twin["agencies"]) == len(SHIPPED.agencies)
    noted = {row["type"]: row for row in twin["types"]}
    assert set(noted) == set(SHIPPED.types)
    assert sum(len(row["notes"]) for row in twin["types"]) == sum(
        len(n.notes) for n in SHIPPED.types.values()
    )
    assert noted["other"]["none"]


def test_the_page_asks_the_database_for_nothing_but_the_types_in_force(client: Client) -> None:
    client.get(reverse("law"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("law"))
    assert len(queries) <= 3

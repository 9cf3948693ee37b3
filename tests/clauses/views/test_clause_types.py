"""The page of a clause type: its extremes, figures, table, filter and twin."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/clauses/data_retention/"


def test_a_type_shows_its_extremes_figures_changes_and_table(client: Client) -> None:
    make_change_set(make_platform(slug="harbor", name="Harbor"))
    publish(make_source(), "<p>We keep your feedback for 7 days.</p>", day(0))
    page = client.get(ADDRESS).content.decode()
    for words in (
        "Most adverse wordings",
        "Most favorable wordings",
        "From 7 days to 5 years",
        "Latest changes",
        'id="on-harbor"',
        "Found on 2 of 2 platforms (100 %)",
    ):
        assert words in page


def test_only_like_documents_are_counted_where_asked(client: Client) -> None:
    for kind in ("privacy_policy", "terms_of_service"):
        publish(make_source(make_document(type=kind)), KEPT_30_DAYS, day(0))
    publish(make_source(make_document(type="privacy_policy")), "<p>The courts of Lisbon decide.</p>", day(0))
    page = client.get(ADDRESS, {"document_type": "privacy_policy"}).content.decode()
    assert "Found on 1 of 2 platforms (50 %) with such documents" in page
    assert client.get(ADDRESS, {"document_type": "nonsense"}).context["adoption"].counted == 3


def test_the_twin_says_what_the_page_says(client: Client) -> None:
    make_change_set()
    twin = client.get("/clauses/data_retention.json").json()
    assert twin["adoption"] == {"having": 1, "counted": 1}
    assert twin["most_adverse"][0]["points"] == sum(
        row["points"] for row in twin["most_adverse"][0]["reasons"]
    )
    assert twin["figures"][0]["bars"][0]["words"] == "5 years"
    assert len(twin["changes"]) == 1
    assert client.get("/clauses/nothing.json").status_code == 404


@pytest.mark.parametrize("address", [ADDRESS, "/clauses/data_retention.json"])
def test_twice_the_rows_cost_no_more_queries(client: Client, address: str) -> None:
    def grow(start: int) -> None:
        for at in range(start, start + 4):
            publish(make_source(), KEPT_30_DAYS if at % 2 else KEPT_5_YEARS, day(0))
            make_change_set(at=day(at))

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    grow(0)
    few = queries()
    grow(4)
    assert queries() <= few


def test_every_platform_is_on_one_of_the_pages(client: Client) -> None:
    for _ in range(22):
        publish(make_source(), KEPT_30_DAYS, day(0))
    shown = {
        row.platform.pk for page in (1, 2) for row in client.get(ADDRESS, {"page": page}).context["rows"]
    }
    assert len(shown) == 22
    assert reverse("clause-type", args=["data_retention"]) == ADDRESS


def test_the_way_to_alerts_about_a_type_begins_the_form_with_it(client: Client) -> None:
    address = f"{reverse('subscriptions')}?type=arbitration"
    assert address in client.get(reverse("clause-type", args=["arbitration"])).content.decode()
    client.force_login(make_user())
    assert client.get(address).context["form"]["type"].value() == "arbitration"
    assert client.get(f"{reverse('subscriptions')}?type=nothing&platform=none").status_code == 200

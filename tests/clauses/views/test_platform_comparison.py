"""Platforms compared as wholes: the page, its twin, what is unlike, and the picker."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clauses.views import platform_comparison
from monitor.models import Platform
from tests.builders import (
    KEPT_30_DAYS,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    publish,
)

pytestmark = pytest.mark.django_db
BOTH = {"platform": ["anchor", "beacon"]}


@pytest.fixture
def pair() -> None:
    make_change_set(make_platform(slug="anchor", name="Anchor"))
    beacon = make_platform(slug="beacon", name="Beacon")
    publish(make_source(make_document(beacon, language="de")), KEPT_30_DAYS, day(0))


@pytest.mark.usefixtures("pair")
def test_platforms_stand_side_by_side(client: Client) -> None:
    page = client.get("/compare/", BOTH).content.decode()
    for words in (
        "Anchor and Beacon",
        "5 years",
        "30 days",
        "Changes in 90 days",
        "Not all is like",
        "Clauses by type",
    ):
        assert words in page


@pytest.mark.usefixtures("pair")
def test_a_clause_without_a_figure_is_found_as_the_page_of_its_platform_says(client: Client) -> None:
    platform = Platform.objects.get(slug="anchor")
    publish(make_source(make_document(platform)), "<p>You agree to binding arbitration.</p>", day(0))
    for address, query in (("/compare/", BOTH), ("/platforms/anchor/", {})):
        assert "clause found" in client.get(address, query).content.decode()


@pytest.mark.usefixtures("pair")
def test_the_twin_says_the_same(client: Client) -> None:
    twin = client.get("/compare.json", BOTH).json()
    assert [row["platform"] for row in twin["platforms"]] == ["anchor", "beacon"]
    assert {row["value"] for row in twin["unlike"]} == {"de", "en"}
    retention = next(row for row in twin["facts"] if row["question"] == "Retention")
    assert [answer["value"] for answer in retention["answers"]] == ["5 years", "30 days"]


@pytest.mark.usefixtures("pair")
def test_like_documents_alone_can_be_compared(client: Client) -> None:
    twin = client.get("/compare.json", BOTH | {"language": "en"}).json()
    assert [len(row["documents"]) for row in twin["platforms"]] == [1, 0]
    by_type = client.get("/compare.json", BOTH | {"type": "data_retention", "language": "en"}).json()
    assert {row["platform"] for row in by_type["figures"]} == {"anchor"}
    assert [len(rows) for rows in by_type["documents"].values()] == [1, 0]
    assert by_type["unlike"]


@pytest.mark.usefixtures("pair")
def test_with_many_platforms_names_are_typed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        'type="checkbox" name="platform" value="anchor" checked'
        in client.get("/compare/", BOTH).content.decode()
    )
    monkeypatch.setattr(platform_comparison, "_MOST_BOXES", 1)
    page = client.get("/compare/", BOTH | {"platform": ["anchor", "", "beacon"]}).content.decode()
    assert '<datalist id="platforms">' in page
    assert "Anchor and Beacon" in page


@pytest.mark.usefixtures("pair")
def test_more_clauses_cost_no_more_queries(client: Client) -> None:
    def queries() -> int:
        client.get("/compare/", BOTH)
        with CaptureQueriesContext(connection) as captured:
            client.get("/compare/", BOTH)
        return len(captured)

    few = queries()
    for slug in ("anchor", "beacon") * 2:
        source = make_source(make_document(platform_comparison.Platform.objects.get(slug=slug)))
        publish(source, KEPT_30_DAYS, day(0))
    assert queries() <= few

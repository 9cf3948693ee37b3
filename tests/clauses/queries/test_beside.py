"""One clause type on several platforms, on the page and in its twin."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.models import Clause
from clauses.models.choices import SeverityLevel
from clauses.queries.adoption import rows_of
from clauses.queries.beside import type_comparison
from monitor.models import Platform
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, day, make_document, make_platform, make_source, publish

pytestmark = pytest.mark.django_db
ASKED = {"type": "data_retention", "platform": ["anchor", "beacon"]}


def make(slug: str, text: str) -> Platform:
    """A platform with one document."""
    platform = make_platform(slug=slug, name=slug.capitalize())
    publish(make_source(make_document(platform)), text, day(0))
    return platform


@pytest.fixture
def two() -> list[Platform]:
    """One platform keeps 30 days, the other five years."""
    return [make("anchor", KEPT_30_DAYS), make("beacon", KEPT_5_YEARS)]


def test_figures_stand_in_one_table_and_like_clauses_in_a_redline(
    client: Client, two: list[Platform]
) -> None:
    found = type_comparison("data_retention", two)
    (row,) = found.figures
    assert [[figure.fact.amount for figure in cell] for cell in row.cells] == [["30 days"], ["5 years"]]
    (held,) = found.against
    assert (held.same_count, held.like_count, held.only_first, held.only_here) == (0, 1, 0, 0)
    page = client.get(reverse("compare-type"), ASKED).content.decode()
    assert "Anchor and Beacon" in page
    assert "30 days at Anchor, <strong>5 years</strong> at Beacon" in page
    assert "Adverse" not in page
    assert "Favorable" not in page


def test_the_twin_says_what_the_page_says(client: Client, two: list[Platform]) -> None:
    twin: dict[str, Any] = client.get(reverse("compare-type-json"), ASKED).json()
    assert (twin["type"], twin["platforms"]) == ("data_retention", ["anchor", "beacon"])
    assert [(row["platform"], row["fact"]["normalized"]) for row in twin["figures"]] == [
        ("anchor", 30.0),
        ("beacon", 1825.0),
    ]
    (held,) = twin["against"]
    assert (held["first"], held["platform"], held["alike"]) == ("anchor", "beacon", 1)
    (pair,) = held["pairs"]
    first = Clause.objects.get(document__platform=two[0], labels__type="data_retention")
    assert pair["first"] == first.public_id
    assert first.current
    assert "".join(text for op, text in pair["redline"] if op != "+") == first.current.wording.text


def test_a_third_platform_is_held_against_the_first(two: list[Platform]) -> None:
    third = make("cedar", KEPT_30_DAYS)
    found = type_comparison("data_retention", [*two, third])
    assert [(held.first.slug, held.platform.slug, held.same_count) for held in found.against] == [
        ("anchor", "beacon", 0),
        ("anchor", "cedar", 1),
    ]


def test_the_reader_chooses_which_platform_the_others_are_held_against(
    client: Client, two: list[Platform]
) -> None:
    make("cedar", KEPT_30_DAYS)
    asked: dict[str, Any] = {
        "type": "data_retention",
        "platform": ["anchor", "beacon", "cedar"],
        "first": "cedar",
    }
    page = client.get(reverse("compare-type"), asked).content.decode()
    assert "Cedar and Beacon" in page
    assert "Anchor and Beacon" not in page
    assert "<strong>Cedar</strong>" in page
    assert "first=beacon" in page
    twin = client.get(reverse("compare-type-json"), asked).json()
    assert [(held["first"], held["platform"]) for held in twin["against"]] == [
        ("cedar", "anchor"),
        ("cedar", "beacon"),
    ]
    page = client.get(reverse("compare-type"), {**asked, "first": "dune"}).content.decode()
    assert "“dune” is none of the platforms compared." in page
    assert "Anchor and Beacon" in page


def test_a_fifth_platform_is_named_as_left_out(client: Client, two: list[Platform]) -> None:
    more = [make(slug, KEPT_30_DAYS).slug for slug in ("cedar", "dune", "elm")]
    asked = {"type": "data_retention", "platform": ["anchor", "beacon", *more]}
    page = client.get(reverse("compare-type"), asked).content.decode()
    assert "At most 4 platforms are compared; left out: Elm." in page


def test_clauses_that_have_nothing_in_common_are_counted_and_not_paired(
    client: Client, two: list[Platform]
) -> None:
    make("dune", "<p>Backups made by contractors of ours in Ireland are deleted within 90 days.</p>")
    page = client.get(
        reverse("compare-type"), {"type": "data_retention", "platform": ["anchor", "dune"]}
    ).content.decode()
    assert "0 in the same words, 0 in like words." in page
    assert "No clause of the one has half of its words in common" in page


def test_more_clauses_cost_no_more_queries(two: list[Platform]) -> None:
    with CaptureQueriesContext(connection) as few:
        type_comparison("data_retention", two)
    for platform in two:
        for number in range(3):
            text = KEPT_30_DAYS.replace("feedback", f"letters of kind {number}")
            publish(make_source(make_document(platform)), text, day(1))
    with CaptureQueriesContext(connection) as many:
        type_comparison("data_retention", two)
    assert len(many) == len(few)


def test_of_few_clauses_the_last_place_is_for_one_that_says_it_is_not_done() -> None:
    ours = "".join(
        f"<p>We use your {what} to train our AI models.</p>"
        for what in ("messages", "files", "photos", "voice")
    )
    platform = make("anchor", f"{ours}<p>We do not use your drafts to train our AI models.</p>")
    (row,) = rows_of("ai_training", [platform])
    assert row.total == 5
    assert [bool(clause.severity) for clause in row.clauses] == [True, True, False]
    assert row.clauses[-1].severity == SeverityLevel.NONE
    assert row.clauses[-1].current
    assert "We do not use your drafts" in row.clauses[-1].current.wording.text

"""The registry, one type, and one type side by side."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.analysis import analyze_pending
from clauses.core.taxonomy import shipped_taxonomy
from clauses.models import Clause
from tests.builders import (
    KEPT_30_DAYS,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_version,
    publish,
)

pytestmark = pytest.mark.django_db


def _listed(client: Client, **asked: str) -> list[str]:
    response = client.get(reverse("clauses"), asked)
    assert response.status_code == 200
    return [clause.current.wording.text for clause in response.context["page"]]


def test_an_empty_registry_says_what_will_stand_there(client: Client) -> None:
    assert "No clause yet" in client.get(reverse("clauses")).content.decode()


def test_filters_and_words_narrow_the_list(client: Client) -> None:
    source = make_source(make_document(make_platform(slug="harbor", name="Harbor")))
    publish(source, KEPT_30_DAYS, day(0))
    publish(make_source(), "<p>The courts of Lisbon decide all disputes.</p>", day(0))
    assert len(_listed(client)) == 3
    assert len(_listed(client, platform="harbor")) == 2
    assert _listed(client, type="data_retention") == ["We keep your feedback for 30 days after you send it."]
    assert _listed(client, q="COURTS of lisbon") == ["The courts of Lisbon decide all disputes."]
    severity = Clause.objects.get(labels__type="data_retention").get_severity_display().lower()
    assert "We keep your feedback for 30 days after you send it." in _listed(client, severity=severity)


def test_samples_are_in_no_figure_of_the_page_once_a_real_platform_is_there(client: Client) -> None:
    sample = make_platform(slug="invented", is_sample=True)
    publish(make_source(make_document(sample)), KEPT_30_DAYS, day(0))
    assert len(_listed(client)) == 2, "alone they are shown"
    assert client.get(reverse("clauses-json")).json()["types"]["data_retention"]["clauses"] == 1
    publish(make_source(), KEPT_30_DAYS, day(0))
    kept = "We keep your feedback for 30 days after you send it."
    for asked in ({}, {"q": "keep"}, {"type": "data_retention"}, {"q": "keep", "type": "data_retention"}):
        assert _listed(client, **asked).count(kept) == 1, asked
    body = client.get(reverse("clauses")).content.decode()
    assert "2 clauses, most severe first. Samples are in no count" in body
    assert '<span class="quiet">1 · 1 of 1</span>' in body
    assert _listed(client, platform="invented", type="data_retention") == [kept]


FEES = "<h2>Résumé of fees</h2><p>We charge 5 euros in 7 years.</p><p>Nothing is owed for 5 years.</p>"


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("résumé", 2),
        ("OF FEES", 2),
        ("5 years", 2),
        ('"5 years"', 1),
        ("“5 years”", 1),
        ('"5 years', 2),
        ("charge owed", 0),
        ("years euros", 1),
        ("retention", 1),
        ("retention feedback", 1),
        ("retention euros", 0),
        ("100%", 0),
        ('""', 4),
    ],
)
def test_words_are_looked_for_in_wordings_headings_and_type_names(
    client: Client, words: str, count: int
) -> None:
    publish(make_source(), FEES, day(0))
    publish(make_source(), KEPT_30_DAYS, day(0))
    assert len(_listed(client, q=words)) == count


@pytest.mark.parametrize(
    "asked", [{"severity": "huge"}, {"platform": "nobody"}, {"type": "x' or 1=1"}, {"page": "zz"}]
)
def test_what_cannot_be_read_counts_as_not_asked_for(client: Client, asked: dict[str, str]) -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    assert len(_listed(client, **asked)) == 2


def test_a_search_without_a_hit_says_how_to_go_on(client: Client) -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    page = client.get(reverse("clauses"), {"q": "<script>zebra"}).content.decode()
    assert "No clause matches" in page
    assert "<script>zebra" not in page


def test_a_removed_clause_is_not_listed(client: Client) -> None:
    make_change_set(old=KEPT_30_DAYS, new="<h2>Data</h2><p>You can write to us.</p>")
    assert _listed(client) == ["You can write to us."]


def test_a_typed_id_leads_to_its_record(client: Client) -> None:
    change_set = make_change_set()
    clause = Clause.objects.order_by("number").first()
    assert clause is not None
    document = change_set.document
    where = {
        clause.public_id: reverse("record", args=[clause.number]),
        f'"{clause.public_id}"': reverse("record", args=[clause.number]),
        clause.public_id.lower(): reverse("record", args=[clause.number]),
        change_set.public_id: reverse("change-set", args=[change_set.number]),
        change_set.new_version.public_id: reverse(
            "version", args=[document.platform.slug, document.slug, change_set.new_version.number]
        ),
        document.public_id: reverse("document", args=[document.platform.slug, document.slug]),
    }
    for words, address in where.items():
        assert client.get(reverse("clauses"), {"q": words}).url == address
    assert client.get(reverse("clauses"), {"q": "P-999999"}).status_code == 200


def test_more_clauses_cost_no_more_queries(client: Client) -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    client.get(reverse("clauses"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("clauses"))
    for _ in range(5):
        publish(make_source(), KEPT_30_DAYS, day(0))
    # What is worked out of all counts is kept until the next change of them.
    client.get(reverse("clauses"))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("clauses"))
    assert len(many) <= len(few)


def test_a_type_states_its_adoption_and_who_has_no_such_clause(client: Client) -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    publish(
        make_source(make_document(make_platform(name="Quiet"))), "<p>The courts of Lisbon decide.</p>", day(0)
    )
    page = client.get(reverse("clause-type", args=["data_retention"])).content.decode()
    assert "Found on 1 of 2 platforms (50 %)" in page
    assert "No such clause found" in page
    assert "Quiet" in page


def test_a_type_nobody_has_says_so(client: Client) -> None:
    page = client.get(reverse("clause-type", args=["arbitration"])).content.decode()
    assert "No platform has it" in page


def test_every_type_of_the_taxonomy_has_a_page(client: Client) -> None:
    for slug in shipped_taxonomy().types:
        assert client.get(reverse("clause-type", args=[slug])).status_code == 200
    assert client.get(reverse("clause-type", args=["unheard-of"])).status_code == 404


def test_more_platforms_cost_a_type_page_no_more_queries(client: Client) -> None:
    address = reverse("clause-type", args=["data_retention"])
    publish(make_source(), KEPT_30_DAYS, day(0))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(5):
        publish(make_source(), KEPT_30_DAYS, day(0))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)


def test_two_platforms_stand_side_by_side_in_the_order_asked_for(client: Client) -> None:
    for slug in ("anchor", "beacon"):
        publish(make_source(make_document(make_platform(slug=slug))), KEPT_30_DAYS, day(0))
    asked = {"type": "data_retention", "platform": ["beacon", "anchor"]}
    columns = client.get(reverse("compare-type"), asked).context["columns"]
    assert [(row.platform.slug, row.total) for row in columns] == [("beacon", 1), ("anchor", 1)]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"type": "data_retention"}, "Choose at least two platforms."),
        (
            {"type": "<b>nothing</b>", "platform": ["anchor", "beacon"]},
            "There is no clause type “&lt;b&gt;nothing&lt;/b&gt;”.",
        ),
        (
            {"type": "data_retention", "platform": ["anchor", "cedar"]},
            "There is no platform “cedar”. Choose at least two platforms.",
        ),
    ],
)
def test_what_cannot_be_compared_is_said(client: Client, asked: dict[str, object], says: str) -> None:
    for slug in ("anchor", "beacon"):
        make_platform(slug=slug)
    page = client.get(reverse("compare-type"), asked).content.decode()
    assert "Not enough to compare" in page
    assert says in page
    assert client.get(reverse("compare-type-json"), asked).status_code == 404


def test_without_a_question_nothing_is_said_to_be_wrong(client: Client) -> None:
    page = client.get(reverse("compare-type")).content.decode()
    assert "Not enough to compare" not in page
    assert "Choose at least two platforms." not in page


def test_a_text_that_is_not_analyzed_is_named_where_clauses_are_listed(client: Client) -> None:
    make_version()
    text = client.get(reverse("clauses")).content.decode()
    assert "1 document is being analyzed" in text
    assert "No clause yet" not in text
    analyze_pending()
    assert "being analyzed" not in client.get(reverse("clauses")).content.decode()


def test_a_platform_whose_text_is_not_analyzed_is_not_said_to_lack_a_type(client: Client) -> None:
    have = make_change_set().document.platform
    waiting = make_version(main_html="<p>The courts of Lisbon decide.</p>").document.platform
    address = reverse("clause-type", args=["data_retention"])
    response = client.get(address)
    assert [row.platform for row in response.context["rows"]] == [have]
    assert "Being analyzed" in response.content.decode()
    assert list(response.context["without"]) == []
    assert list(response.context["waiting"]) == [waiting]
    assert response.context["adoption"].counted == 1
    analyze_pending()
    response = client.get(address)
    assert list(response.context["without"]) == [waiting]
    assert response.context["adoption"].counted == 2


def test_what_was_found_is_marked_and_escaped(client: Client) -> None:
    publish(make_source(), "<p>We keep &lt;b&gt;chats&lt;/b&gt; for 30 days.</p>", day(0))
    page = client.get(reverse("clauses"), {"q": "CHATS"}).content.decode()
    assert "&lt;b&gt;<mark>chats</mark>&lt;/b&gt;" in page


@pytest.mark.parametrize(
    "typed", ['"', "-", "* OR", "a AND (b", "NEAR/2", "'; --", "{x}:y", "%", "\\", "<->", ":*"]
)
@pytest.mark.parametrize("address", ["clauses", "clauses-json"])
def test_no_words_are_an_error(client: Client, typed: str, address: str) -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    for sort in ("", "relevance", "newest", "platform"):
        assert client.get(reverse(address), {"q": typed, "sort": sort}).status_code == 200


def test_the_twin_of_the_registry_says_what_the_page_says(client: Client) -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    twin = client.get(reverse("clauses-json"), {"q": "feedback"}).json()
    assert (twin["count"], twin["is_cut"], len(twin["clauses"])) == (1, False, 1)
    assert twin["clauses"][0]["text"] == "We keep your feedback for 30 days after you send it."
    assert twin["types"]["data_retention"] == {"clauses": 1, "having": 1, "counted": 1}


def test_the_registry_states_the_adoption_of_the_type_asked_for(client: Client) -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    publish(make_source(), "<p>The courts of Lisbon decide.</p>", day(0))
    assert "1 of 2 platforms" in client.get(reverse("clauses"), {"type": "data_retention"}).content.decode()

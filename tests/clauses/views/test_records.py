"""The record of a clause."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clauses.curation import decide
from clauses.models import Clause
from clauses.models.choices import SeverityLevel
from clauses.queries.records import record_page, records
from monitor.models import Blob, Snapshot, Version
from monitor.storage import put_text
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db


def _retention(source=None) -> Clause:
    """The clause about feedback of a document whose text changed once."""
    source = source or make_source()
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, KEPT_5_YEARS, day(30))
    return records().get(document=source.document, labels__type="data_retention")


def _page(client: Client, clause: Clause) -> str:
    response = client.get(reverse("record", args=[clause.number]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_record_states_words_facts_reasons_proof_and_citation(client: Client) -> None:
    clause = _retention()
    page = _page(client, clause)
    for words in (
        "We keep your feedback for 5 years after you send it.",
        "5 years",
        "Data retention, by itself",
        "Checked now",
        "Why it matters",
        "What one can do",
        "takes no view on whether the clause is enforceable",
        f"Proviso record {clause.public_id}",
    ):
        assert words in page
    assert "Does not hold" not in page


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Any dispute is settled by binding arbitration.", "its words leave little doubt"),
        ("If a part of these terms is void, the rest remains in force.", "surely of no type"),
        ("The looms of the weavers hum beside the river.", "no type was found, one may fit"),
    ],
)
def test_the_confidence_says_what_it_means(text: str, means: str) -> None:
    publish(make_source(), f"<p>{text}</p>", day(0))
    assert record_page(records().get(), timezone.now()).confidence_means == means


def test_the_wordings_stand_newest_first_with_the_redline_between_them() -> None:
    page = record_page(_retention(), timezone.now())
    new, first = page.wordings
    assert [row.since.ordinal for row in page.wordings] == [2, 1]
    assert ("-", "30 days") in new.runs
    assert first.runs == []
    assert first.stood == "30 days"
    assert new.ended_at is None


def test_the_place_of_the_quote_cuts_it_out_of_the_stored_text() -> None:
    proof = record_page(_retention(), timezone.now()).proof
    assert proof is not None
    assert (
        proof.version.text[proof.start : proof.end] == "We keep your feedback for 5 years after you send it."
    )
    assert proof.part is not None
    assert proof.is_sound


def test_bytes_that_rotted_are_stated_on_the_record(client: Client) -> None:
    clause = _retention()
    Blob.objects.update(packed=b"rotten")
    assert "Does not hold" in _page(client, clause)


def test_a_stored_text_that_was_tampered_with_is_stated_on_the_record(client: Client) -> None:
    clause = _retention()
    version = Version.objects.order_by("-ordinal").first()
    assert version is not None
    tampered = put_text(version.text.replace("5 years", "9 years").encode())
    Version.objects.filter(pk=version.pk).update(packed_text=tampered)
    checks = client.get(reverse("record-json", args=[clause.number])).json()["proof"]["checks"]
    assert [check["holds"] for check in checks] == [False, False, True]


def test_a_removed_clause_keeps_its_page_and_says_when_it_went(client: Client) -> None:
    source = make_source()
    clause = _retention(source)
    publish(source, "<h2>Data</h2><p>You can write to us.</p>", day(60))
    page = _page(client, clause)
    assert "No longer in the text." in page
    assert "We keep your feedback for 5 years after you send it." in page
    twin = client.get(reverse("record-json", args=[clause.number])).json()
    assert twin["removed_in"]
    assert twin["wordings"][0]["ended_at"].startswith("2025-04-30")


def test_a_clause_that_comes_back_goes_on_with_its_record(client: Client) -> None:
    source = make_source()
    clause = _retention(source)
    publish(source, "<h2>Data</h2><p>You can write to us.</p>", day(60))
    publish(source, KEPT_5_YEARS, day(100))
    assert "It came back after 40 days without it." in _page(client, clause)


def test_an_absorbed_record_leads_to_the_one_that_stands_for_it_for_good(client: Client) -> None:
    make_change_set()
    first, second, *_ = Clause.objects.order_by("number")
    Clause.objects.filter(pk=first.pk).update(superseded_by=second)
    response = client.get(reverse("record", args=[first.number]))
    standing = reverse("record", args=[second.number])
    assert (response.status_code, response.url) == (301, f"{standing}?merged={first.public_id}")
    assert f"{first.public_id}</span> is merged into this record" in client.get(response.url).content.decode()
    assert client.get(reverse("record-json", args=[first.number])).status_code == 301


def test_records_that_absorb_each_other_do_not_turn_in_circles(client: Client) -> None:
    make_change_set()
    first, second, *_ = Clause.objects.order_by("number")
    Clause.objects.filter(pk=first.pk).update(superseded_by=second)
    Clause.objects.filter(pk=second.pk).update(superseded_by=first)
    assert client.get(reverse("record", args=[first.number])).status_code == 301


def test_a_decision_is_shown_with_who_when_and_why_and_rules_the_badges(client: Client) -> None:
    clause = _retention()
    curator = make_user("ines", "curator", first_name="Ines", last_name="Roca")
    decide(clause, ["feedback_rights"], SeverityLevel.LOW, "It is about <b>feedback</b>.", curator)
    page = _page(client, clause)
    assert "It is about &lt;b&gt;feedback&lt;/b&gt;." in page
    assert "Ines Roca" in page
    assert "In force for this wording." in page
    twin = client.get(reverse("record-json", args=[clause.number])).json()
    assert (twin["types"], twin["basis"], twin["severity"]) == (["feedback_rights"], "curator", "low")


def test_a_decision_on_an_earlier_wording_does_not_bind(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    clause = Clause.objects.get(document=source.document, labels__type="data_retention")
    decide(clause, [], SeverityLevel.NONE, "Of no type.", make_user(role="curator"))
    publish(source, KEPT_5_YEARS, day(30))
    page = _page(client, clause)
    assert "does not bind them" in page
    assert "In force for this wording." not in page


def test_other_platforms_are_quoted_once_each_and_never_the_own_one() -> None:
    clause = _retention()
    for _ in range(4):
        publish(make_source(), KEPT_30_DAYS.replace("feedback", "photos"), day(0))
    publish(make_source(make_document(clause.document.platform)), KEPT_30_DAYS, day(0))
    found = record_page(clause, timezone.now()).elsewhere
    platforms = [row.clause.document.platform_id for row in found]
    assert len(platforms) == len(set(platforms)) == 3
    assert clause.document.platform_id not in platforms


def test_samples_count_only_while_there_is_no_real_platform() -> None:
    sample = make_source(make_document(make_platform(is_sample=True)))
    clause = _retention(sample)
    alone = record_page(clause, timezone.now()).adoption
    assert alone is not None
    assert (alone.having, alone.counted) == (1, 1)
    publish(make_source(), "<p>You can write to us.</p>", day(0))
    beside = record_page(clause, timezone.now()).adoption
    assert beside is not None
    assert (beside.having, beside.counted) == (0, 1)


def test_a_source_address_that_is_no_web_address_is_no_link(client: Client) -> None:
    clause = _retention()
    Snapshot.objects.update(final_url="javascript:alert(1)//x")
    page = _page(client, clause)
    assert "javascript:alert(1)" in page
    assert 'href="javascript:' not in page


def test_markup_in_heading_and_words_is_shown_and_never_run(client: Client) -> None:
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt;"
    publish(make_source(), f"<h2>{hostile}</h2><p>We keep {hostile} for 30 days.</p>", day(0))
    page = _page(client, Clause.objects.get())
    assert "<script>alert" not in page
    assert "<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>" in page


def test_citations_are_downloads_with_the_record_and_the_hash(client: Client) -> None:
    clause = _retention()
    bibtex = client.get(reverse("record-bibtex", args=[clause.number]))
    assert bibtex["Content-Disposition"] == f'attachment; filename="{clause.public_id}.bib"'
    csl = client.get(reverse("record-csl", args=[clause.number]))
    (item,) = json.loads(csl.content)
    proof = record_page(clause, timezone.now()).proof
    assert proof is not None
    assert proof.part is not None
    assert proof.part.snapshot.blob_id in item["note"]
    assert proof.part.snapshot.blob_id in bibtex.content.decode()


def test_the_twin_says_what_the_page_says(client: Client) -> None:
    clause = _retention()
    page = client.get(reverse("record", args=[clause.number])).context["page"]
    twin = client.get(reverse("record-json", args=[clause.number])).json()
    assert len(twin["wordings"]) == len(page.wordings)
    assert len(twin["facts"]) == len(page.facts) == 1
    assert twin["points"] == sum(reason["points"] for reason in twin["reasons"])
    assert (twin["adoption"]["platforms"], twin["adoption"]["counted"]) == (
        page.adoption.having,
        page.adoption.counted,
    )


def test_more_wordings_cost_no_more_queries(client: Client) -> None:
    source = make_source()
    clause = _retention(source)
    address = reverse("record", args=[clause.number])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for years in (6, 7, 8, 9):
        publish(source, KEPT_5_YEARS.replace("5 years", f"{years} years"), day(20 * years))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)


@pytest.mark.parametrize(
    "path", ["/records/P-1/", "/records/p-000001/", "/records/P-00000x/", "/records/P-999999/"]
)
def test_an_id_that_is_misspelt_or_unknown_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_record_is_not_called_unchanged_while_a_newer_text_is_being_analyzed(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    clause = Clause.objects.order_by("number")[0]
    address = reverse("record", args=[clause.number])
    assert "last read unchanged" in client.get(address).content.decode()
    capture(source, KEPT_5_YEARS, day(1))
    capture(source, KEPT_5_YEARS, day(2), furniture="again")
    text = client.get(address).content.decode()
    assert "last read unchanged" not in text
    assert "the present text of the document is being analyzed" in text

"""What a record says beside its words: law, complaints, others, references, and the long and empty cases."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses.curation import decide
from clauses.models import ChangeSet, Clause, ReferenceKind
from clauses.models.choices import SeverityLevel
from clauses.queries.records import record_page, records
from clauses.referring import Page, attach
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    day,
    make_change_set,
    make_document,
    make_source,
    make_user,
    publish,
)
from tests.clauses.amended_site import own_type, put_in_force

pytestmark = pytest.mark.django_db


def _retention() -> Clause:
    """The clause about feedback of a document whose text changed once."""
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, KEPT_5_YEARS, day(30))
    return records().get(document=source.document, labels__type="data_retention")


def _page(client: Client, clause: Clause) -> str:
    response = client.get(reverse("record", args=[clause.number]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_record_names_the_law_where_to_complain_and_how_sure_that_is(client: Client) -> None:
    page = _page(client, _retention())
    for words in (
        "Institutional analysis",
        "Arts. 5(1)(e), 13(2)(a), 17",
        'href="https://eur-lex.europa.eu/eli/reg/2016/679/oj"',
        "General information on clauses of this type",
        "Not reviewed by a lawyer.",
        "Contract and vendor points",
        "Compliance steps",
        'href="https://reportfraud.ftc.gov/"',
    ):
        assert words in page
    assert page.count("not legal advice") == 1


def test_every_link_of_the_contents_leads_to_a_place_of_the_page(client: Client) -> None:
    for text in ("<p>We keep your feedback for 30 days.</p>", "<p>The looms hum beside the river.</p>"):
        publish(make_source(), text, day(0))
        page = _page(client, Clause.objects.latest("number"))
        contents = page.split('class="record-contents"')[1].split("</nav>")[0]
        targets = re.findall(r'href="#(\w+)"', contents)
        assert {"words", "facts", "reasons", "history", "provenance", "cite"} <= set(targets)
        for target in targets:
            assert page.count(f'id="{target}"') == 1, target


def test_a_clause_of_no_type_says_that_no_law_is_named(client: Client) -> None:
    publish(make_source(), "<p>The looms of the weavers hum beside the river.</p>", day(0))
    page = _page(client, Clause.objects.get())
    assert "no law is named" in page
    assert "Institutional analysis" not in page


def test_a_type_of_this_site_says_that_no_notes_are_written(client: Client) -> None:
    clause = _retention()
    put_in_force({"types": {"kites": own_type(name="Kites", plain_phrases=["kite"])}})
    decide(clause, ["kites"], SeverityLevel.LOW, "About kites.", make_user(role="curator"))
    page = _page(client, clause)
    assert "No notes are written for this type." in page
    assert "Where to complain" not in page


def test_a_long_clause_is_folded_and_none_of_its_words_is_lost(client: Client) -> None:
    text = " ".join(
        f"We keep letter {number} of the lighthouse for {number} days." for number in range(2, 90)
    )
    publish(make_source(), f"<p>{text}</p>", day(0))
    page = _page(client, Clause.objects.get())
    assert "The rest of this clause" in page
    lead, rest = re.findall(r'<blockquote class="legal record-words[^>]*>(.*?)</blockquote>', page, re.S)
    assert lead + rest == text
    assert len(rest) > len(lead)


def test_a_note_about_a_merger_is_shown_for_records_that_were_merged_here_only(client: Client) -> None:
    make_change_set()
    make_change_set()
    first, second, third, *_ = Clause.objects.order_by("number")
    Clause.objects.filter(pk=first.pk).update(superseded_by=second)
    address = reverse("record", args=[second.number])
    told = "is merged into this record"
    assert told in client.get(address, {"merged": first.public_id}).content.decode()
    for other in (third.public_id, second.public_id, "P-999999", "P-", "1" * 40, "²", "<b>"):
        assert told not in client.get(address, {"merged": other}).content.decode()


def test_the_twin_has_law_ways_and_stability(client: Client) -> None:
    twin = client.get(reverse("record-json", args=[_retention().number])).json()
    (kept,) = [row for row in twin["law"]["types"] if row["type"] == "data_retention"]
    assert {place["law"] for note in kept["notes"] for place in note["places"]} >= {"GDPR", "CCPA", "LGPD"}
    assert all(note["fits"] for note in kept["notes"])
    assert twin["law"]["questions"][0]["facts"] == twin["facts"]
    assert twin["law"]["checked_on"] == "2026-11-29"
    assert {"name", "jurisdiction", "what_for", "url"} == set(twin["law"]["agencies"][0])
    assert twin["stability"]["rewordings"] == 1
    assert set(twin["what_one_can_do"]) >= {"times", "mailboxes", "begins_on", "law_and_courts"}
    assert twin["direction"] == "adverse"
    (texts, *_) = twin["type_texts"]
    assert (texts["type"], texts["name"]) == ("data_retention", "Data retention")
    assert texts["what_one_can_do"]
    assert len(twin["elsewhere_in_document"]["changes"]) == 1
    assert twin["proof"]["extractor_version"]


def test_references_to_its_changes_are_on_the_record(client: Client) -> None:
    clause = _retention()
    change_set = ChangeSet.objects.get(document=clause.document)
    seen = Page(ReferenceKind.NEWS, "https://news.example/5", "Kept for years", "The Courier", day(31).date())
    attach(seen, clause.document.platform, change_set, by=None, at=day(32))
    page = _page(client, clause)
    assert 'href="https://news.example/5"' in page
    assert "The Courier" in page
    (row,) = client.get(reverse("record-json", args=[clause.number])).json()["references"]
    assert row["title"] == "Kept for years"


def test_other_platforms_are_shown_with_severity_and_figures(client: Client) -> None:
    clause = _retention()
    publish(make_source(), KEPT_30_DAYS.replace("feedback", "photos"), day(0))
    (row,) = client.get(reverse("record-json", args=[clause.number])).json()["elsewhere"]
    assert [fact["value"] for fact in row["facts"]] == ["30"]
    assert row["severity"]
    assert "Retention period: <strong>30 days</strong>" in _page(client, clause)


def test_a_document_that_states_another_language_is_no_other(client: Client) -> None:
    clause = _retention()
    publish(make_source(make_document(language="de")), KEPT_30_DAYS, day(0))
    publish(make_source(make_document(language="en-GB")), KEPT_30_DAYS, day(0))
    publish(make_source(make_document(language="")), KEPT_30_DAYS, day(0))
    found = record_page(clause, timezone.now()).elsewhere
    assert sorted(row.clause.document.language for row in found) == ["", "en-GB"]

"""The institutional analysis of a record: notes that fit, questions its words answer, agencies."""

from __future__ import annotations

import pytest
from django.utils import timezone

from clauses.models import Clause
from clauses.queries.record_law import RecordLaw
from clauses.queries.records import record_page
from monitor.models import DocumentType
from tests.builders import day, make_document, make_source, publish

pytestmark = pytest.mark.django_db

KEPT = "<p>We keep your feedback for 5 years after you send it.</p>"
CHANGED = "<p>We may change these terms at any time, with notice at least 30 days before the change.</p>"


def law_of(main_html: str, **document: object) -> RecordLaw:
    source = make_source(make_document(**document))
    publish(source, main_html, day(0))
    clause = Clause.objects.filter(document=source.document).order_by("number").last()
    assert clause
    return record_page(clause, timezone.now()).law


def places(law: RecordLaw, fitting: bool = True) -> set[str]:
    rows = law.types[0].fitting if fitting else law.types[0].folded
    return {one.slug for row in rows for one in row.jurisdictions}


def laws(law: RecordLaw, fitting: bool = True) -> set[str]:
    rows = law.types[0].fitting if fitting else law.types[0].folded
    return {place.law.slug for row in rows for place in row.note.places}


def test_a_text_that_states_no_place_has_the_notes_of_all_places() -> None:
    law = law_of(KEPT)
    assert {"eu", "uk", "us", "us-ca", "br", "au", "jp"} <= places(law)
    assert law.types[0].folded == []
    assert law.scope.stated == ()


def test_a_text_for_one_place_has_its_notes_open_and_the_others_folded() -> None:
    law = law_of(KEPT, jurisdiction="United States")
    assert places(law) == {"us", "us-ca"}
    assert {"eu", "br", "jp"} <= places(law, fitting=False)
    assert {office.slug for office in law.agencies} == {"us_ftc", "us_ca_cppa", "us_ca_ag"}
    assert "eu_dpa" in {office.slug for office in law.other_agencies}
    assert not set(law.agencies) & set(law.other_agencies)


def test_a_heading_for_the_people_of_a_place_narrows_the_notes_and_one_about_a_place_does_not() -> None:
    narrowed = law_of(f"<h2>Notice to California residents</h2>{KEPT}")
    assert places(narrowed) == {"us", "us-ca"}
    assert narrowed.scope.is_by_heading
    assert "eu" in places(law_of(f"<h2>Data centers in California</h2>{KEPT}"))


def test_what_the_document_states_goes_before_its_headings() -> None:
    law = law_of(f"<h2>Notice to California residents</h2>{KEPT}", jurisdiction="EEA")
    assert "eu" in places(law)
    assert "us-ca" not in places(law)
    assert not law.scope.is_by_heading


@pytest.mark.parametrize(
    ("document", "is_for_business"),
    [
        ({}, False),
        ({"type": DocumentType.COMMERCIAL}, True),
        ({"audience": "Business customers"}, True),
        ({"type": DocumentType.COMMERCIAL, "audience": "everybody"}, False),
    ],
)
def test_notes_for_consumers_and_for_business_users_fit_documents_for_them(
    document: dict[str, object], is_for_business: bool
) -> None:
    law = law_of(CHANGED, **document)
    assert law.types[0].type.slug == "unilateral_change"
    assert ("p2b" in laws(law)) is is_for_business
    assert ("dcd" in laws(law)) is not is_for_business
    assert "dsa" in laws(law)


def test_a_question_is_answered_by_the_figures_of_the_words_alone() -> None:
    (retention,) = [row for row in law_of(KEPT).answered if "periods" in row.ask]
    assert [fact.amount for fact in retention.facts] == ["5 years"]
    (notice,) = [row for row in law_of(CHANGED).answered if "notice" in row.ask]
    assert [fact.kind for fact in notice.facts] == ["notice_period"]
    silent = law_of("<p>We delete your data from our backups.</p>")
    assert all(row.facts == [] for row in silent.answered)


def test_a_question_without_a_figure_is_left_to_the_reader() -> None:
    law = law_of(KEPT)
    assert law.open_questions
    assert not set(law.open_questions) & {row.ask for row in law.answered}


def test_the_status_of_a_law_is_told_once_a_list() -> None:
    rows = law_of(CHANGED).types[0].fitting
    told = [one.slug for row in rows for one in row.statuses]
    assert len(told) == len(set(told))
    assert "uctd" in told


def test_a_clause_of_no_type_has_no_notes() -> None:
    law = law_of("<p>The looms of the weavers hum beside the river.</p>")
    assert (law.types, law.questions, law.agencies, law.is_noted) == ([], [], [], False)

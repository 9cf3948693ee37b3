"""Decisions: append-only, stronger than the rules, bound to the words they were taken on."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clauses.analysis import analyze_pending
from clauses.curation import DecisionError, binding_decision, decide, put_in_force
from clauses.models import Classification, Clause, Decision, Label
from clauses.models.choices import SeverityLevel
from clauses.models.decision import DecisionIsFinal
from clauses.queries.review import doubtful_clauses
from monitor.models import Source
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, capture, day, make_source, make_user, publish
from tests.clauses.edited_documents import KEEPS, LAW, RATES, Edited

pytestmark = pytest.mark.django_db
TYPES = ["arbitration", "governing_law"]


def watched(text: str = KEPT_30_DAYS) -> tuple[Source, Clause]:
    source = make_source()
    publish(source, text, day(0))
    return source, Clause.objects.select_related("current__wording").get(
        current__wording__text__contains="feedback"
    )


def in_force(clause: Clause) -> tuple[list[str], int, str, float]:
    row = Clause.objects.get(pk=clause.pk)
    labels = Label.objects.filter(clause=clause).order_by("rank").values_list("type", flat=True)
    return list(labels), row.severity, row.confidence, row.doubt


def ruled(clause: Clause) -> Decision:
    return decide(clause, TYPES, SeverityLevel.HIGH, "It binds to arbitration.", make_user(role="curator"))


def test_a_decision_wins_over_the_rules() -> None:
    _, clause = watched()
    assert "data_retention" in in_force(clause)[0]
    ruled(clause)
    assert in_force(clause) == (TYPES, SeverityLevel.HIGH, "high", 0.0)
    assert set(Label.objects.filter(clause=clause).values_list("basis", flat=True)) == {"curator"}


def test_a_type_named_twice_is_decided_once_at_its_first_place() -> None:
    _, clause = watched()
    types = ["governing_law", "arbitration", "governing_law"]
    made = decide(clause, types, SeverityLevel.HIGH, "It binds.", make_user(role="curator"))
    assert made.types == ["governing_law", "arbitration"] == in_force(clause)[0]


def test_the_latest_decision_is_in_force_and_the_earlier_stays() -> None:
    _, clause = watched()
    first = ruled(clause)
    second = decide(clause, [], SeverityLevel.NONE, "No: boilerplate.", make_user(role="curator"))
    assert in_force(clause)[:2] == ([], SeverityLevel.NONE)
    assert list(clause.decisions.all()) == [second, first]
    assert binding_decision(clause) == second


def test_a_decision_survives_another_reading_of_the_same_words() -> None:
    _, clause = watched()
    ruled(clause)
    Label.objects.all().delete()
    Clause.objects.update(severity=SeverityLevel.LOW)
    put_in_force(list(Clause.objects.select_related("current__classification", "current__wording")))
    assert in_force(clause)[:2] == (TYPES, SeverityLevel.HIGH)


def test_a_decision_survives_a_new_version_that_keeps_the_wording() -> None:
    source, clause = watched()
    ruled(clause)
    publish(source, KEPT_30_DAYS + "<p>You may not resell the service to anybody.</p>", day(1))
    assert in_force(clause)[:2] == (TYPES, SeverityLevel.HIGH)


def test_a_decision_survives_a_cosmetic_edit_and_another_heading() -> None:
    source, clause = watched()
    ruled(clause)
    edited = KEPT_30_DAYS.replace("<h2>Data</h2>", "<h2>Your data</h2>").replace(
        "your feedback", "your  feedback"
    )
    publish(source, edited, day(1))
    assert Clause.objects.get(pk=clause.pk).current_id != clause.current_id, "the clause was read anew"
    assert in_force(clause)[:2] == (TYPES, SeverityLevel.HIGH)


def test_a_decision_survives_a_new_extraction() -> None:
    source, clause = watched()
    ruled(clause)
    source.select = ["main h2", "main p"]
    source.save()
    capture(source, KEPT_30_DAYS + "<div>More of it.</div>", day(1), furniture="x")
    analyze_pending()
    assert in_force(clause)[:2] == (TYPES, SeverityLevel.HIGH)


@pytest.mark.parametrize(
    ("words", "edit"),
    [
        ("We keep", "4.2 We keep"),
        ("after you send it.", "after you send it;"),
        ("your feedback", "the feedback"),
        ("feedback", "Feedback"),
    ],
)
def test_a_decision_binds_cosmetic_variants_of_its_words(words: str, edit: str) -> None:
    source, clause = watched()
    decision = ruled(clause)
    publish(source, KEPT_30_DAYS.replace(words, edit), day(1))
    present = Clause.objects.get(pk=clause.pk)
    assert present.current.wording_id != clause.current.wording_id
    assert in_force(clause) == (TYPES, SeverityLevel.HIGH, "high", 0.0)
    assert (present.decision, present.proposal) == (decision, None)
    assert binding_decision(present) == decision


@pytest.mark.parametrize("edit", ["5 years", "31 days"])
def test_a_changed_wording_is_no_longer_bound_and_waits_for_a_look_at_the_proposal(edit: str) -> None:
    source, clause = watched()
    decision = ruled(clause)
    publish(source, KEPT_30_DAYS.replace("30 days", edit), day(1))
    present = Clause.objects.get(pk=clause.pk)
    assert edit in present.current.wording.text
    assert "data_retention" in in_force(clause)[0]
    assert binding_decision(present) is None
    assert list(clause.decisions.all()) == [decision], "but it is kept"
    assert (present.decision, present.proposal) == (None, decision)
    assert present in doubtful_clauses()


def test_a_changed_wording_that_is_read_as_was_decided_needs_no_second_look() -> None:
    source, clause = watched()
    read = clause.current.classification
    decide(clause, read.slugs, SeverityLevel(read.severity), "Read, agrees.", make_user(role="curator"))
    publish(source, KEPT_30_DAYS.replace("30 days", "31 days"), day(1))
    present = Clause.objects.get(pk=clause.pk)
    assert present.proposal is not None
    assert present.doubt == present.current.classification.doubt


def test_a_proposal_ends_with_the_next_decision() -> None:
    source, clause = watched()
    ruled(clause)
    publish(source, KEPT_5_YEARS, day(1))
    present = Clause.objects.get(pk=clause.pk)
    decision = decide(present, ["arbitration"], SeverityLevel.LOW, "Looked again.", make_user(role="curator"))
    present.refresh_from_db()
    assert (present.decision, present.proposal) == (decision, None)
    assert present not in doubtful_clauses()


WHOLE = (
    "We keep the photos of your parcels for 30 days after they arrive, and we delete the recordings of your calls "
    "to our support team within two weeks of the last answer."
)
PIECES = (
    "We keep the photos of your parcels for 30 days after they arrive.",
    "We delete the recordings of your calls to our support team within two weeks of the last answer.",
)


def test_a_decision_on_a_clause_that_is_split_is_proposed_for_every_piece() -> None:
    edited = Edited(RATES, WHOLE, LAW)
    decision = ruled(Clause.objects.get(current__wording__text=WHOLE))
    edited.publish(RATES, *PIECES, LAW)
    for piece in PIECES:
        clause = Clause.objects.get(current__wording__text=piece)
        assert (clause.decision, clause.proposal) == (None, decision)
        assert clause in doubtful_clauses()


def test_a_decision_on_an_absorbed_clause_is_proposed_for_the_one_that_absorbed_it() -> None:
    edited = Edited(RATES, *PIECES, LAW)
    decision = ruled(Clause.objects.get(current__wording__text=PIECES[0]))
    edited.publish(RATES, WHOLE, LAW)
    clause = Clause.objects.get(current__wording__text=WHOLE)
    assert (clause.decision, clause.proposal) == (None, decision)
    assert clause.decisions.count() == 0, "it was made on the other record, which redirects here"


def test_an_edit_of_a_ruled_clause_shows_no_change_of_type_that_its_words_do_not_show() -> None:
    edited = Edited(RATES, KEEPS, LAW)
    clause = Clause.objects.get(current__wording__text=KEEPS)
    decide(clause, ["arbitration"], SeverityLevel.HIGH, "For the test.", make_user(role="curator"))
    edited.publish(RATES, KEEPS.replace("30 days", "5 years"), LAW)
    change = edited.change_set().changes.get()
    assert change.types == ["arbitration"]
    assert not [reason for reason in change.reasons if reason["code"].startswith("arbitration")]
    assert change.severity == SeverityLevel.HIGH, "the figure counts as before"


def test_a_ruled_clause_that_goes_is_rated_by_the_types_of_the_ruling() -> None:
    edited = Edited(RATES, KEEPS, LAW)
    clause = Clause.objects.get(current__wording__text=KEEPS)
    decide(clause, ["arbitration"], SeverityLevel.HIGH, "For the test.", make_user(role="curator"))
    edited.publish(RATES, LAW)
    change = edited.change_set().changes.get()
    assert change.types == ["arbitration"]
    assert change.reasons[0]["code"] == "arbitration_dropped"


def test_record_page_and_twin_say_that_the_text_changed_since_the_decision(client: Client) -> None:
    source, clause = watched()
    ruled(clause)
    publish(source, KEPT_5_YEARS, day(1))
    page = client.get(reverse("record", args=[clause.number])).content.decode()
    assert "Text changed since this decision." in page
    twin = client.get(reverse("record-json", args=[clause.number])).json()
    (row,) = twin["decisions"]
    assert (row["is_binding"], row["is_proposal"], row["text_changed_since"]) == (False, True, True)
    assert row["made_on"] == clause.public_id


def test_the_desk_proposes_the_decision_and_shows_what_changed_since(client: Client) -> None:
    source, clause = watched()
    ruled(clause)
    publish(source, KEPT_5_YEARS, day(1))
    client.force_login(make_user(role="curator", is_staff=True))
    page = client.get(reverse("admin:clauses_clause_change", args=[clause.pk])).content.decode()
    assert "Text changed since the decision" in page
    assert '<input type="checkbox" name="types" value="arbitration" checked>' in page
    listed = client.get(reverse("admin:clauses_clause_changelist"), {"decided": "changed"}).content.decode()
    assert clause.public_id in listed
    assert "text changed since" in listed


def test_the_wording_coming_back_is_bound_again() -> None:
    source, clause = watched()
    ruled(clause)
    publish(source, KEPT_5_YEARS, day(1))
    publish(source, KEPT_30_DAYS, day(20))
    assert in_force(clause)[:2] == (TYPES, SeverityLevel.HIGH)


def test_the_same_words_in_another_document_are_not_bound() -> None:
    _, clause = watched()
    ruled(clause)
    other = make_source()
    publish(other, KEPT_30_DAYS, day(0))
    twin = Clause.objects.get(document=other.document, current__wording=clause.current.wording)
    assert twin.pk != clause.pk
    assert TYPES[0] not in in_force(twin)[0]


def test_the_header_row_of_a_table_needs_no_look() -> None:
    table = (
        "<h2>Data</h2><table><tr><th>Data we share</th><th>Kept for</th></tr>"
        "<tr><td>Your feedback</td><td>30 days</td></tr></table>"
    )
    watched(table)
    row = {"slug": "data_retention", "score": 0.2, "basis": "rule", "evidence": []}
    Classification.objects.update(types=[row])
    put_in_force(list(Clause.objects.select_related("current__classification", "current__wording")))
    doubts = dict(Clause.objects.values_list("current__wording__text", "doubt"))
    assert doubts == {"Data we share | Kept for": 0.0, "Your feedback | 30 days": 0.8}


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_decision_needs_a_reason(reason: str) -> None:
    _, clause = watched()
    with pytest.raises(DecisionError, match="reason"):
        decide(clause, TYPES, SeverityLevel.HIGH, reason, make_user(role="curator"))
    assert not Decision.objects.exists()


def test_a_decision_is_never_changed_or_deleted() -> None:
    decision = ruled(watched()[1])
    decision.reason = "Other words"
    with pytest.raises(DecisionIsFinal):
        decision.save()
    with pytest.raises(DecisionIsFinal):
        decision.delete()
    assert Decision.objects.get().reason == "It binds to arbitration."


def test_a_decision_on_words_that_have_changed_meanwhile_is_refused() -> None:
    source, clause = watched()
    publish(source, KEPT_5_YEARS, day(10))
    with pytest.raises(DecisionError, match="has changed since"):
        ruled(clause)
    assert not Decision.objects.exists()

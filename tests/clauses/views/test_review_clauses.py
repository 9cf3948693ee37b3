"""The review queue by its pages: ruling, skipping, taking back, ruling the same of others."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.curation import decide
from clauses.models import Clause, Decision
from clauses.models.choices import SeverityLevel
from tests.builders import make_user
from tests.clauses.queries.test_review import ADDRESS, DEBT, SOLD, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client: Client) -> User:
    """A curator, signed in."""
    user = make_user("carla", role="curator")
    client.force_login(user)
    return user


def _given(client: Client, query: str = "") -> Clause:
    answer = client.post(reverse("review-clauses") + query, follow=True)
    clause: Clause = answer.context["clause"]
    return clause


def _rule(client: Client, clause: Clause, **values: object) -> str:
    assert clause.current
    sent = {"wording": clause.current.wording_id, "reason": "", **values}
    answer = client.post(reverse("review-clause", args=[clause.number]), sent, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_opens_a_clause_that_was_ruled_on_reads_by_whom_and_why(client: Client, curator: User) -> None:
    published(DEBT)
    clause = _given(client)
    page = reverse("review-clause", args=[clause.number])
    assert "ruled on it" not in client.get(page).content.decode()
    decide(clause, [], SeverityLevel.NONE, "Nothing is settled.", make_user("cora", role="curator"))
    assert "cora ruled on it, " in (body := client.get(page).content.decode())
    assert "“Nothing is settled.”" in body


@pytest.mark.parametrize("name", ["review-clauses", "review-undo", "review-skipped"])
def test_only_curators_work_through_the_queue(client: Client, name: str) -> None:
    client.force_login(make_user())
    assert client.post(reverse(name)).status_code == 403


def test_accepting_rules_what_the_machine_read_and_keeps_what_it_said(client: Client, curator: User) -> None:
    published(ADDRESS, DEBT, SOLD)
    clause = _given(client)
    before = [label.type for label in clause.labels.all()]
    _rule(client, clause, action="accept")
    decision = Decision.objects.get()
    assert (decision.clause, decision.types, decision.decided_by) == (clause, before, curator)
    assert [row["slug"] for row in decision.said["types"]] == before
    assert decision.said["severity"] == SeverityLevel(decision.severity).word
    assert _given(client) != clause


def test_a_ruling_of_other_types_needs_a_reason_and_loses_nothing_without_one(
    client: Client, curator: User
) -> None:
    published(DEBT)
    clause = _given(client)
    text = _rule(client, clause, action="decide", types=["arbitration"], severity="3")
    assert "A decision needs a reason" in text
    assert not Decision.objects.exists()
    assert 'value="arbitration" checked' in text
    _rule(client, clause, action="decide", types=["arbitration"], severity="3", reason="It says so.")
    assert Decision.objects.get().types == ["arbitration"]


def test_what_states_nothing_is_ruled_to_be_of_no_type(client: Client, curator: User) -> None:
    published(ADDRESS)
    _rule(client, _given(client), action="none")
    decision = Decision.objects.get()
    assert (decision.types, decision.severity) == ([], SeverityLevel.NONE)


def test_taking_back_is_a_row_of_its_own_and_the_machine_is_in_force_again(
    client: Client, curator: User
) -> None:
    published(DEBT)
    clause = _given(client)
    before = (clause.severity, clause.confidence, clause.doubt)
    _rule(client, clause, action="none")
    made = Decision.objects.get()
    assert client.post(reverse("review-undo"), {"decision": made.pk + 1}).status_code == 302
    assert Decision.objects.count() == 1, "another decision is not the last one"
    answer = client.post(reverse("review-undo"), {"decision": made.pk}, follow=True)
    assert answer.context["clause"] == clause
    clause.refresh_from_db()
    assert (clause.severity, clause.confidence, clause.doubt) == before
    back, _ = Decision.objects.all()
    assert back.reverts == made
    (told,) = client.get(reverse("record-json", args=[clause.number])).json()["decisions"]
    assert (told["is_binding"], told["taken_back"]["by"]) == (False, "carla")
    assert told["machine_said"]["severity"] == SeverityLevel(clause.severity).word
    page = client.get(reverse("record", args=[clause.number])).content.decode()
    assert "<strong>Taken back</strong> by carla" in page
    client.post(reverse("review-undo"), {"decision": made.pk})
    assert Decision.objects.count() == 2, "a form sent twice takes back once"


def test_a_ruling_on_words_that_changed_meanwhile_is_refused(client: Client, curator: User) -> None:
    source = published(DEBT)
    clause = _given(client)
    published(DEBT.replace("30 days", "90 days"), source=source, at=9)
    text = _rule(client, clause, action="accept")
    assert "has a new wording since you opened this page" in text
    assert not Decision.objects.exists()


def test_clauses_in_the_same_words_are_offered_with_their_count_and_ruled_in_one_go(
    client: Client, curator: User
) -> None:
    for _ in range(3):
        published(DEBT)
    text = _rule(client, _given(client), action="none")
    assert "2 more clauses say the same or nearly so" in text
    decision = Decision.objects.get()
    offered = [
        f"{clause.number}-{clause.current.wording_id}"
        for clause in Clause.objects.exclude(pk=decision.clause_id)
        if clause.current
    ]
    alike = reverse("review-alike", args=[decision.pk])
    client.post(alike, {"clauses": offered[:1]})
    assert Decision.objects.count() == 2
    assert client.post(alike, {"clauses": ["999-1"]}).status_code == 200
    assert Decision.objects.count() == 2, "a choice that is not offered rules nothing"


def test_who_did_not_see_what_another_curator_ruled_is_told_and_rules_nothing(
    client: Client, curator: User
) -> None:
    published(DEBT)
    clause = _given(client)
    assert clause.current
    page = client.get(reverse("review-clause", args=[clause.number]))
    seen = page.context["form"]["seen"].value()
    decide(clause, [], SeverityLevel.NONE, "Meanwhile.", make_user(role="curator"))
    text = _rule(client, clause, action="accept", seen=seen)
    assert "What stands for this clause changed since you opened this page" in text
    assert Decision.objects.count() == 1


def test_skipping_rules_nothing_and_gives_another(client: Client, curator: User) -> None:
    published(ADDRESS, DEBT)
    clause = _given(client)
    _rule(client, clause, action="skip")
    assert not Decision.objects.exists()
    following = _given(client)
    assert following != clause
    _rule(client, following, action="skip")
    text = client.post(reverse("review-clauses"), follow=True).content.decode()
    assert "No clause is left that fits and is open to you" in text
    assert "All of them are with other curators, or skipped by you" in text
    client.post(reverse("review-skipped"))
    assert _given(client) == clause


def test_somebody_who_opens_a_clause_that_another_curator_looks_at_is_told(
    client: Client, curator: User
) -> None:
    published(DEBT)
    clause = _given(client)
    other = Client()
    other.force_login(make_user("cora", role="curator"))
    text = other.get(reverse("review-clause", args=[clause.number])).content.decode()
    assert "carla looks at this clause, too" in text


def test_filters_stay_from_clause_to_clause(client: Client, curator: User) -> None:
    source = published(ADDRESS, DEBT)
    published(SOLD)
    query = f"?platform={source.document.platform.slug}"
    clause = _given(client, query)
    assert clause.document == source.document
    assert clause.current
    address = reverse("review-clause", args=[clause.number]) + query
    answer = client.post(address, {"wording": clause.current.wording_id, "action": "skip"})
    assert answer["Location"].endswith(query)


def test_more_clauses_need_no_more_queries(client: Client, curator: User) -> None:
    published(ADDRESS, DEBT)
    address = reverse("review-clause", args=[_given(client).number])
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(4):
        published(DEBT, SOLD)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)

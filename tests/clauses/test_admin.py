"""The review queue and the page on which a curator decides; accounts on the desk."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.curation import decide
from clauses.models import Clause, Decision, Label
from clauses.models.choices import SeverityLevel
from monitor.models import Platform
from monitor.roles import is_curator
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    day,
    make_change_set,
    make_source,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db
LIST = "admin:clauses_clause_changelist"


@pytest.fixture
def curator() -> Client:
    client = Client()
    client.force_login(make_user("curator", role="curator"))
    return client


def page_of(clause: Clause) -> str:
    return reverse("admin:clauses_clause_change", args=[clause.pk])


def a_clause(text: str = KEPT_30_DAYS) -> Clause:
    publish(make_source(), text, day(0))
    return Clause.objects.get(current__wording__text__contains="feedback")


def decision_form(clause: Clause, **values: object) -> dict[str, object]:
    wording = clause.current.wording_id if clause.current else None
    form = {
        "types": ["arbitration"],
        "severity": 3,
        "reason": "It arbitrates.",
        "wording": wording,
        "stay": "1",
    }
    return form | values


def test_the_most_doubtful_clause_comes_first(curator: Client) -> None:
    publish(make_source(), KEPT_30_DAYS + "<p>Nobody may resell it.</p><p>We may end it.</p>", day(0))
    for number, clause in enumerate(Clause.objects.order_by("number")):
        Clause.objects.filter(pk=clause.pk).update(doubt=0.1 * (number + 1))
    body = curator.get(reverse(LIST)).content.decode()
    listed = [int(number) for number in re.findall(r">P-0*(\d+)</a>", body)]
    assert listed == list(Clause.objects.order_by("-doubt").values_list("number", flat=True))
    assert len(listed) >= 3


def test_a_removed_clause_is_not_in_the_queue(curator: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, "<h2>Data</h2><p>You can write to us.</p>", day(1))
    assert "keep your feedback" not in curator.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "type=data_retention",
        "confidence__exact=high",
        "decided=yes",
        "decided=no",
        "severity__exact=0",
        "q=feedback",
    ],
)
def test_the_queue_filters(curator: Client, query: str) -> None:
    clause = a_clause()
    expected = {
        "type=data_retention": clause.labels.filter(type="data_retention").exists(),
        "confidence__exact=high": clause.confidence == "high",
        "decided=yes": False,
        "decided=no": True,
        "severity__exact=0": clause.severity == 0,
        "q=feedback": True,
    }[query]
    body = curator.get(f"{reverse(LIST)}?{query}").content.decode()
    assert (clause.public_id in body) == expected


def test_a_decided_clause_is_found_by_its_decision(curator: Client) -> None:
    clause = a_clause()
    curator.post(page_of(clause), decision_form(clause))
    assert clause.public_id in curator.get(f"{reverse(LIST)}?decided=yes").content.decode()


def test_the_page_shows_quote_context_evidence_and_decisions(curator: Client) -> None:
    clause = a_clause()
    decide(clause, [], SeverityLevel.LOW, "Read and rejected.", User.objects.get(username="curator"))
    body = curator.get(page_of(clause)).content.decode()
    assert "<mark>" in body
    assert "We keep your feedback" in re.sub(r"</?mark>", "", body)
    assert "Data" in body
    assert "Read and rejected." in body
    assert "in force" in body


def test_a_curator_overrules_types_and_severity(curator: Client) -> None:
    clause = a_clause()
    curator.post(page_of(clause), decision_form(clause))
    decision = Decision.objects.get()
    assert (decision.types, decision.severity, decision.reason) == (["arbitration"], 3, "It arbitrates.")
    assert decision.decided_by.username == "curator"
    assert list(Label.objects.filter(clause=clause).values_list("type", "basis")) == [
        ("arbitration", "curator")
    ]


def test_the_form_begins_with_what_is_in_force(curator: Client) -> None:
    clause = a_clause()
    body = curator.get(page_of(clause)).content.decode()
    checked = re.findall(r'name="types" value="(\w+)" checked', body)
    assert sorted(checked) == sorted(clause.labels.values_list("type", flat=True))


def test_confirming_keeps_the_order_of_types(curator: Client) -> None:
    clause = a_clause()
    Label.objects.filter(clause=clause).delete()
    for rank, slug in enumerate(["governing_law", "arbitration"]):
        Label.objects.create(clause=clause, type=slug, rank=rank, basis="rule")
    slugs = ["arbitration", "data_retention", "governing_law"]
    curator.post(page_of(clause), decision_form(clause, types=slugs))
    assert Decision.objects.get().types == ["governing_law", "arbitration", "data_retention"]


@pytest.mark.parametrize(
    "values",
    [{"reason": "  "}, {"severity": ""}, {"severity": 9}, {"types": ["made_up"]}, {"reason": "x" * 501}],
)
def test_an_incomplete_decision_is_not_taken(curator: Client, values: dict[str, object]) -> None:
    clause = a_clause()
    response = curator.post(page_of(clause), decision_form(clause, **values))
    assert "Please correct" in response.content.decode()
    assert not Decision.objects.exists()


def test_a_decision_on_words_that_changed_meanwhile_is_not_taken(curator: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    clause = Clause.objects.get(current__wording__text__contains="feedback")
    form = decision_form(clause)
    publish(source, KEPT_5_YEARS, day(1))
    assert "new wording since you opened" in curator.post(page_of(clause), form).content.decode()
    assert not Decision.objects.exists()


def test_deciding_leads_to_the_next_doubtful_clause(curator: Client) -> None:
    clause = a_clause()
    other = Clause.objects.exclude(pk=clause.pk).first()
    assert other
    Clause.objects.filter(pk=other.pk).update(doubt=0.9)
    form = decision_form(clause)
    del form["stay"]
    assert curator.post(page_of(clause), form | {"next": "1"}).url == page_of(other)


def test_words_of_a_page_are_shown_as_text(curator: Client) -> None:
    hostile = (
        "<h2>&lt;b onclick=x&gt;</h2><p>We keep &lt;script&gt;your feedback&lt;/script&gt; for 30 days.</p>"
    )
    clause = a_clause(hostile)
    for path in (page_of(clause), reverse(LIST)):
        body = curator.get(path).content.decode()
        assert "<script>your" not in body
        assert "<b onclick" not in body


def test_the_queue_asks_no_more_of_the_database_for_more_rows(curator: Client) -> None:
    counts = []
    for _ in range(2):
        a_clause_each = [make_source() for _ in range(3)]
        for source in a_clause_each:
            publish(source, KEPT_30_DAYS, day(0))
        with CaptureQueriesContext(connection) as queries:
            curator.get(reverse(LIST))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_review_leads_to_the_doubtful_clauses_that_count(curator: Client) -> None:
    clause = a_clause()
    other = Clause.objects.exclude(pk=clause.pk).first()
    assert other
    Clause.objects.filter(pk=clause.pk).update(doubt=0.7)
    Clause.objects.filter(pk=other.pk).update(doubt=0.2)
    doubtful = reverse(LIST) + "?doubt=yes"
    assert doubtful in curator.get(reverse("review")).content.decode()
    body = curator.get(doubtful).content.decode()
    assert clause.public_id in body
    assert other.public_id not in body
    Platform.objects.update(is_sample=True)
    make_source()
    assert clause.public_id not in curator.get(doubtful).content.decode()
    assert "No clause is in doubt." in curator.get(reverse("review")).content.decode()


def test_a_record_leads_curators_to_the_decision(curator: Client, client: Client) -> None:
    clause = a_clause()
    record = reverse("record", args=[clause.number])
    assert page_of(clause) in curator.get(record).content.decode()
    assert page_of(clause) not in client.get(record).content.decode()


def test_an_empty_queue_says_so(curator: Client) -> None:
    assert "0 clauses" in curator.get(reverse(LIST)).content.decode()


def test_lists_of_changes_and_decisions_are_shown(curator: Client) -> None:
    change_set = make_change_set()
    decide(a_clause_of(change_set), [], SeverityLevel.LOW, "Seen.", User.objects.get(username="curator"))
    assert change_set.public_id in curator.get(reverse("admin:clauses_changeset_changelist")).content.decode()
    assert "Seen." in curator.get(reverse("admin:clauses_decision_changelist")).content.decode()
    path = reverse("admin:clauses_decision_change", args=[Decision.objects.get().pk])
    assert "5 years" in curator.get(path).content.decode()


def a_clause_of(change_set) -> Clause:
    return change_set.changes.order_by("-severity").first().clause


@pytest.mark.parametrize("name", ["auth_user", "clauses_alert", "clauses_subscription"])
def test_rows_that_name_people_are_for_administrators(curator: Client, client: Client, name: str) -> None:
    client.force_login(make_user(role="administrator"))
    assert curator.get(reverse(f"admin:{name}_changelist")).status_code == 403
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200


def test_an_administrator_makes_a_curator_who_finds_the_desk(client: Client) -> None:
    client.force_login(make_user(role="administrator"))
    form = {
        "username": "cleo",
        "usable_password": "true",
        "password1": "meadow-orchard-61",
        "password2": "meadow-orchard-61",
        "groups": [Group.objects.get(name="curator").pk],
    }
    client.post(reverse("admin:auth_user_add"), form)
    user = User.objects.get(username="cleo")
    assert is_curator(user)
    client.force_login(user)
    assert reverse("review") in client.get(reverse("dashboard")).content.decode()
    assert client.get(reverse("review"), follow=True).status_code == 200
    assert not user.is_superuser


def test_an_account_is_never_deleted(client: Client) -> None:
    client.force_login(make_user(role="administrator"))
    other = make_user()
    assert client.post(reverse("admin:auth_user_delete", args=[other.pk]), {"post": "yes"}).status_code == 403


def test_a_decision_of_no_type_is_an_explicit_choice(curator: Client) -> None:
    clause = a_clause()
    page = curator.post(page_of(clause), decision_form(clause, types=[])).content.decode()
    assert "Tick a type, or “of no type”." in page
    both = curator.post(page_of(clause), decision_form(clause, no_type="on")).content.decode()
    assert "Untick “of no type”, or the types." in both
    assert not Decision.objects.exists()
    curator.post(page_of(clause), decision_form(clause, types=[], no_type="on"))
    assert Decision.objects.get().types == []
    assert re.search(r'name="no_type"[^>]* checked', curator.get(page_of(clause)).content.decode())


def test_the_record_says_that_a_curator_ruled_no_type_and_rates_the_wording_once(curator: Client) -> None:
    clause = a_clause()
    read = clause.severity
    curator.post(page_of(clause), decision_form(clause, types=[], no_type="on", severity=3))
    assert read != SeverityLevel.HIGH
    path = reverse("record", args=[clause.number])
    page = curator.get(path).content.decode()
    assert "A curator ruled that these words are of no type" in page
    assert "No type of the taxonomy was found" not in page
    assert "Of no type." in page
    twin = curator.get(reverse("record-json", args=[clause.number])).json()
    assert (twin["severity"], twin["wordings"][0]["severity"]) == ("high", "high")

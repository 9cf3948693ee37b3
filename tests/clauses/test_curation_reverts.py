"""Decisions that are taken back, and those that somebody took meanwhile."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clauses.curation import DecisionError, binding_decision, decide, revert
from clauses.models.choices import SeverityLevel
from tests.builders import make_user
from tests.clauses.test_curation import TYPES, in_force, ruled, watched

pytestmark = pytest.mark.django_db


def test_a_decision_taken_back_rules_no_more_and_the_one_before_does() -> None:
    _, clause = watched()
    curator = make_user(role="curator")
    first, second = ruled(clause), decide(clause, [], SeverityLevel.NONE, "No: boilerplate.", curator)
    revert(second, "Misread.", curator)
    assert binding_decision(clause) == first
    assert in_force(clause)[:2] == (TYPES, SeverityLevel.HIGH)
    with pytest.raises(DecisionError, match="taken back already"):
        revert(second, "Again.", curator)
    revert(first, "Misread, too.", curator)
    assert "data_retention" in in_force(clause)[0]
    assert clause.decisions.count() == 4, "nothing leaves the record"


def test_a_decision_that_another_one_preceded_unseen_is_refused() -> None:
    _, clause = watched()
    first = ruled(clause)
    with pytest.raises(DecisionError, match="somebody decided"):
        decide(clause, [], SeverityLevel.NONE, "Unseen.", make_user(role="curator"), latest=0)
    assert decide(clause, [], SeverityLevel.NONE, "Seen.", make_user(role="curator"), latest=first.pk)


def test_a_curator_takes_a_decision_back_where_it_was_made_and_the_page_says_so(client: Client) -> None:
    _, clause = watched()
    first = ruled(clause)
    second = decide(clause, [], SeverityLevel.NONE, "No: boilerplate.", make_user(role="curator"))
    client.force_login(make_user("carla", role="curator"))
    page = reverse("admin:clauses_clause_change", args=[clause.pk])
    for key, reason in ((first.pk, "Misread."), (second.pk, " ")):
        client.post(page, {"take_back": key, "reason": reason})
        assert binding_decision(clause) == second, "only what is in force, and only with a reason"
    client.post(page, {"take_back": second.pk, "reason": "Misread."})
    assert binding_decision(clause) == first
    body = " ".join(client.get(page).content.decode().split())
    assert "of no type · taken back" in body
    assert "Taken back: <strong>None</strong>" in body
    assert f'name="take_back" value="{first.pk}"' in body

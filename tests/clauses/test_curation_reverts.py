"""Decisions that are taken back, and those that somebody took meanwhile."""

from __future__ import annotations

import pytest

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

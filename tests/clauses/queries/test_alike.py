"""Clauses that say the same as one."""

from __future__ import annotations

import pytest

from clauses.curation import decide
from clauses.models import Clause
from clauses.models.choices import SeverityLevel
from clauses.queries.alike import decided_alike, undecided_alike
from clauses.queries.review import clauses_to_review
from tests.builders import day, make_source, make_user, publish

pytestmark = pytest.mark.django_db
TELLS = (
    "If you owe us money for more than 30 days, we may collect it from payments that you get from buyers, and we tell "
    "you before we do so in a message to the address that your account has at that time."
)
NEARLY = TELLS.replace("buyers", "clients")
OTHERWISE = "If you do not pay, we may charge interest of 5 percent a month."


def _clause(text: str) -> Clause:
    publish(make_source(), f"<h2>Paying</h2><p>{text}</p>", day(0))
    clause = clauses_to_review().filter(current__wording__text=text).order_by("-number").first()
    assert clause
    return clause


def test_the_same_words_come_first_then_nearly_the_same_and_no_others():
    first, same, near, _ = _clause(TELLS), _clause(TELLS), _clause(NEARLY), _clause(OTHERWISE)
    found = undecided_alike(first)
    assert [row.clause for row in found] == [same, near]
    assert [row.is_same for row in found] == [True, False]
    assert found[0].percent == 100
    assert 90 <= found[1].percent < 100


def test_what_is_decided_is_not_offered_again_and_stands_beside_the_next_one():
    first, same = _clause(TELLS), _clause(TELLS)
    decide(same, ["fees_refunds"], SeverityLevel.LOW, "Collects debts.", make_user())
    assert undecided_alike(first) == []
    (beside,) = decided_alike(first)
    assert beside.clause == same

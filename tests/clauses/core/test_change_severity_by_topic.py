"""A clause that comes or goes costs by what it says, and little by what it is about."""

import pytest

from tests.clauses.core.test_compare_signed import rated
from tests.clauses.core.test_compare_true_statements import codes


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        # A purpose that is named, and one that somebody pursues.
        ("## Purposes\n\nInterests in marketing and in targeted advertising by post.", "low"),
        ("## Purposes\n\nWe may share your address with advertisers for targeted advertising.", "medium"),
        ("## Warranty\n\nThe service comes “as is”, without all warranties, express or implied.", "medium"),
    ],
)
def test_the_topic_of_a_clause_is_no_cost_of_weight(text, severity):
    assert rated("", text)[0] == severity
    assert rated(text, "")[0] == severity


def test_a_penalty_costs_though_nobody_will_or_must_pay_it():
    penalty = "## Fees\n\nA fee and a penalty of 500 euros are due for each late order."
    assert "costly_clause_removed" in codes(penalty, "")
    assert rated(penalty, "") == ("medium", "favorable")

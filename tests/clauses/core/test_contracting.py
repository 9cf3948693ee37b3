"""The companies that a text is an agreement with."""

import pytest

from clauses.core.contracting import parties, replaced_party
from tests.clauses.core.test_change_severity_directions import compared


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("This is a contract with Northlight Ltd in Leeds.", ["Northlight Ltd"]),
        ("Your contract is with Northlight Post, L.L.C.", ["Northlight Post, L.L.C."]),
        ("The platform is operated by Northlight Ireland Limited, Dublin.", ["Northlight Ireland Limited"]),
        (
            "“Northlight Contracting Party” means: (a) Northlight OpCo, LLC, for riders.",
            ["Northlight OpCo, LLC"],
        ),
        ("Payments are provided by Tollgate, Inc.", []),
        ("We signed a contract with you.", []),
    ],
)
def test_the_company_of_a_contract_is_read_and_no_other(text, names):
    assert list(parties(text).values()) == names


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("The contract is made with Northlight Ltd.", "The contract is made with Southlight Ltd.", "low"),
        ("The contract is made with Northlight, LLC.", "The contract is made with Northlight LLC.", "none"),
        (
            "The contract is made with Northlight Ltd.",
            "The contract is made with Northlight Limited.",
            "none",
        ),
        (
            "The contract is made with Northlight Corp.",
            "The contract is made with Northlight Corporation.",
            "none",
        ),
        ("Stamps are printed by Northlight Ltd.", "Stamps are printed by Southlight Ltd.", "none"),
    ],
)
def test_another_company_to_contract_with_is_low_and_any_other_name_is_none(old, new, severity):
    found = compared(old, new)
    assert (found.severity, found.direction) == (severity, "neutral")
    assert bool(replaced_party(old, new)) == (severity == "low")


def test_another_company_hides_nothing_else_that_came_or_went():
    old = "The contract is made with Northlight Ltd. We never read your letters or open your parcels."
    found = compared(old, "The contract is made with Southlight Ltd. We never read your letters.")
    codes = {reason.code for change in found.changes for reason in change.reasons}
    assert codes == {"benefit_narrowed", "company_replaced"}
    assert found.direction == "adverse"

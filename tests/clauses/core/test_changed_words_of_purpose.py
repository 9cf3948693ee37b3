"""Purposes that came, in sentences and in the cells of a table."""

import pytest

from tests.clauses.core.test_change_phrases import told

REST = "Where it is necessary to carry your letters, as our contract with you provides for every rider and each horse"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (f"To write to you | {REST}", f"To write to you and to promote our services | {REST}", True),
        ("You may use our seal.", "You may use our seal to promote our services.", False),
    ],
    ids=["a cell", "what the user does"],
)
def test_the_promotion_of_services_is_a_purpose_of_the_provider(old, new, found):
    if "|" in new:
        old, new = (f"| Purpose | Basis |\n|---|---|\n| {row} |" for row in (old, new))
    change = told(old, new).changes[0]
    assert ("promotion_added" in {reason.code for reason in change.reasons}) == found


def test_who_vouches_for_something_is_bound_by_saying_so():
    old = "You may post parcels."
    change = told(old, f"{old} You represent that you own them.").changes[0]
    assert [(reason.code, reason.direction) for reason in change.reasons] == [("duty_added", "adverse")]

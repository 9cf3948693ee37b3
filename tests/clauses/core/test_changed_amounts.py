"""Numbers that changed and are no figure of a kind of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core import changed_amounts
from tests.clauses.core.test_change_severity_directions import compared


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        ("The pass costs 60 euros a year.", "The pass costs 45 euros a year.", "favorable"),
        ("The commission is 6%.", "The commission is 6.25%.", "adverse"),
        ("The first 30 letters of a month are free.", "The first 20 letters of a month are free.", "adverse"),
        ("You may send 50 letters a day.", "You may send 80 letters a day.", "favorable"),
        (
            "We will not raise the price by more than 5% a year.",
            "We will not raise the price by more than 9% a year.",
            "adverse",
        ),
    ],
)
def test_a_number_that_grew_is_good_or_bad_by_what_it_counts(old, new, direction):
    assert compared(old, new).direction == direction


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("Stamps are good for 36 months.", "Stamps are good for three years.", "none"),
        ("Stamps are good for 30 days.", "Stamps are good for one month.", "none"),
        ("Stamps are good for 360 days.", "Stamps are good for 365 days.", "low"),
        ("Stamps are good for 36 months.", "Stamps are good for two years.", "low"),
    ],
)
def test_one_period_in_another_unit_is_no_change(old, new, severity):
    assert compared(old, new).severity == severity


@given(st.from_regex(changed_amounts._FREE))
def test_whatever_is_free_holds_what_it_is_looked_for_by(text):
    assert any(need in text for need in changed_amounts._FREE_NEEDS)

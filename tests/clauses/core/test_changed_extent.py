"""How far a statement reaches after words were added to it or cut from it."""

import pytest

from tests.clauses.core.test_change_phrases import told


def codes(old, new):
    return {reason.code for change in told(old, new).changes for reason in change.reasons}


@pytest.mark.parametrize(
    ("added", "code"),
    [
        (", or parcels in places where horses sleep", "burden_extended"),
        (" where horses sleep", "burden_limited"),
        (", but only if horses sleep", "burden_limited"),
        (" and only if horses sleep", "burden_limited"),
    ],
)
def test_one_more_case_limits_nothing_whatever_it_is_limited_to_itself(added, code):
    old = "You must stamp letters with red seals."
    assert code in codes(old, f"{old[:-1]}{added}.")


@pytest.mark.parametrize(
    ("new", "is_benefit"),
    [
        ("Saddles do not store letters like a shelf.", False),
        ("Our carriers do not store letters.", True),
        ("We do not store letters.", True),
    ],
)
def test_what_things_do_is_no_promise(new, is_benefit):
    assert bool(codes("", new) & {"benefit_added", "ban_added"}) == is_benefit

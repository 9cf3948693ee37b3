"""Which way the terms of a platform moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.drift import drift
from clauses.core.values import SEVERITIES

SIDES = st.lists(st.tuples(st.sampled_from(SEVERITIES), st.sampled_from(SEVERITIES)), max_size=12)


@pytest.mark.parametrize(
    ("sides", "word", "balance"),
    [
        ([], "steady", 0),
        ([("none", "none")], "steady", 0),
        ([("high", "none")], "adverse", -1),
        ([("none", "low")], "favorable", 1),
        ([("medium", "low")], "adverse", -1 / 3),
        ([("low", "medium")], "favorable", 1 / 3),
        ([("high", "high")], "both", 0),
        ([("high", "medium"), ("none", "low")], "both", -1 / 7),
        ([("low", "none"), ("low", "none"), ("none", "medium")], "both", 0),
    ],
)
def test_one_side_with_twice_the_weight_says_which_way(sides, word, balance):
    found = drift(sides)
    assert found.word == word
    assert found.balance == pytest.approx(balance)


@given(SIDES)
def test_swapping_the_sides_swaps_the_way(sides):
    turned = drift((favorable, adverse) for adverse, favorable in sides)
    there_and_back = {"adverse": "favorable", "favorable": "adverse"}
    word = drift(sides).word
    assert turned.word == there_and_back.get(word, word)


@given(SIDES)
def test_a_further_adverse_change_never_makes_the_balance_better(sides):
    assert drift([*sides, ("low", "none")]).balance <= drift(sides).balance

"""Which figures changed, and what a figure that comes is for the user."""

from __future__ import annotations

import pytest

from clauses.core.change_facts import fact_changes, fact_effects
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.values import Fact


@pytest.mark.parametrize(
    ("words", "code", "direction"),
    [
        ("as long as needed", "retention_stated", "neutral"),
        ("indefinitely", "retention_stated", "adverse"),
        ("for 30 days", "retention_stated", "favorable"),
    ],
)
def test_only_a_figure_or_its_lack_is_for_or_against_the_user(words, code, direction):
    normalized = 30.0 if "30" in words else None
    stated = Fact("retention", words, "", normalized, "notes", "", words, 0, len(words))
    (effect,) = fact_effects(fact_changes((), (stated,)), shipped_change_rubric())
    assert (effect.reason.code, effect.direction) == (code, direction)


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [("dollar", "USD", 0), ("USD", "dollar", 0), ("dollar", "CAD", 1), ("USD", "EUR", 1)],
)
def test_a_sum_whose_dollar_gets_its_country_is_the_same_sum(old, new, count):
    before, after = (Fact("liability_cap", "70", unit, 70.0, "", "", "70", 0, 2) for unit in (old, new))
    assert len(fact_changes((before,), (after,))) == count

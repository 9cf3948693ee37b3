"""A text may state one age for all and another for some."""

from __future__ import annotations

import pytest

from tests.clauses.core.texts import facts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "You must be 17 or older, or 14 with a guardian's consent.",
            [("17", ""), ("14", "with a guardian's consent")],
        ),
        ("It is not for children under 12 (under 15 in Utopia).", [("12", ""), ("15", "in Utopia")]),
        ("You must be at least 18 years old, or at least 20 in total.", [("18", "")]),
    ],
)
def test_a_second_age_says_for_whom_it_is(text, found):
    assert [(fact.value, fact.condition) for fact in facts(text)] == found

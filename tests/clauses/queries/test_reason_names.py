"""What the lines of a rating are called."""

from __future__ import annotations

import pytest

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.taxonomy import shipped_taxonomy
from clauses.queries.reason_names import reason_name


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("retention_raised", "retention period: longer or higher"),
        ("notice_period_dropped", "notice period: no longer stated"),
        ("ai_training_allowed", "AI training: now allowed"),
        ("ai_training_ban_dropped", "AI training: no longer ruled out"),
        ("clause_added", "a clause of substance is new"),
        ("base:arbitration", "Arbitration, by itself"),
        ("some_new_code", "some new code"),
    ],
)
def test_a_code_has_words(code: str, words: str):
    assert reason_name(code) == words


def test_every_rule_of_the_rubrics_has_words():
    rubric, changes = shipped_taxonomy().rubric, shipped_change_rubric()
    codes = [factor.code for factor in rubric.factors] + [factor.code for factor in rubric.fact_factors]
    codes += [f"{kind}_lowered" for kind in changes.facts] + [f"{slug}_added" for slug in changes.types]
    codes += [f"{rule.code}_dropped" for rule in changes.words]
    assert [code for code in codes if "_" in reason_name(code)] == []

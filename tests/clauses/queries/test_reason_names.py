"""What the lines of a rating are called."""

from __future__ import annotations

import pytest

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.taxonomy import shipped_taxonomy
from clauses.queries.reason_names import reason_name

# Codes that read as words once their strokes are spaces: "promise dropped".
_SPELT_OUT = ("_added", "_dropped", "_limited", "_widened", "_firmed", "_weakened")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("retention_raised", "retention period: longer or higher"),
        ("notice_period_dropped", "notice period: no longer stated"),
        ("ai_training_allowed", "AI training: now allowed"),
        ("ai_training_ban_dropped", "AI training: no longer ruled out"),
        ("data_sale_excepted", "Sale of data: ruled out, with exceptions"),
        ("governing_law_replaced", "governing law: another one"),
        ("burden_limit_dropped", "what costs the user has one limit less"),
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
    codes += [f"{kind}_replaced" for kind in changes.places.names]
    codes += [code for code in changes.phrases if not code.endswith(_SPELT_OUT)]
    assert [code for code in codes if "_" in reason_name(code)] == []

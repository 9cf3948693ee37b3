"""The rubric's words that came or went."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauses.core.change_rubric_file import shipped_change_rubric

PATTERNS = [(rule, pattern) for rule in shipped_change_rubric().words for pattern in rule.patterns]


@pytest.mark.parametrize(("rule", "pattern"), PATTERNS, ids=lambda value: getattr(value, "code", ""))
@settings(max_examples=40)
@given(st.data())
def test_whatever_a_pattern_finds_holds_one_of_the_strings_its_rule_needs(rule, pattern, data):
    found = pattern.search(data.draw(st.from_regex(pattern)))
    assert found
    assert any(need in found.group() for need in rule.needs)

"""The rubric's words that came or went."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauses.core.change_rubric_file import shipped_change_rubric

RUBRIC = shipped_change_rubric()
SEARCHES = [(rule, search) for rule in RUBRIC.words for search in rule.searches]


@pytest.mark.parametrize(("rule", "search"), SEARCHES, ids=lambda value: getattr(value, "code", ""))
@settings(max_examples=40)
@given(st.data())
def test_whatever_a_search_finds_holds_one_of_the_strings_it_needs_and_so_it_is_made(rule, search, data):
    text = data.draw(st.from_regex(search.pattern))
    found = search.pattern.search(text)
    assert found
    assert any(need in found.group() for need in search.needs)
    assert search in RUBRIC.searches.worth_making(text)

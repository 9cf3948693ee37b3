"""What is asked of the user, and what the provider obtains."""

import pytest

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.norms import norms

RULES = shipped_change_rubric().statements


@pytest.mark.parametrize(
    ("text", "bearer", "worth"),
    [
        ("We kindly ask that you refrain from racing.", "user", "adverse"),
        ("We may ask you to show your seal.", "user", "adverse"),
        ("We ask all riders not to race.", "user", "adverse"),
        ("We will ask you for your consent.", "provider", "favorable"),
        ("We will ask you to agree first.", "provider", "favorable"),
        ("We may obtain personal data from other posts.", "provider", "adverse"),
        ("We will obtain your consent first.", "provider", "favorable"),
        ("We may obtain your data without your consent.", "provider", "adverse"),
        ("We may obtain data with your permission.", "provider", "adverse"),
        ("We will never ask you to show your seal.", "provider", "favorable"),
        ("We do not ask you for your seal.", "provider", "favorable"),
        ("We will not ask for your consent again.", "provider", "adverse"),
        ("We will ask you to choose a horse.", "provider", "favorable"),
        ("We ask that our partners burn letters.", "provider", "favorable"),
    ],
)
def test_what_is_asked_of_the_user_binds_the_user_and_data_that_are_obtained_serve_nobody(
    text, bearer, worth
):
    assert [(norm.bearer, norm.worth) for norm in norms(text, RULES)] == [(bearer, worth)]


@pytest.mark.parametrize(
    "text",
    ["This page explains how numbers of letters are assigned.", "It says why wet stamps are rejected."],
)
def test_an_indirect_question_states_nothing(text):
    assert norms(text, RULES) == []


@pytest.mark.parametrize(
    "text",
    [
        "It says how letters are sorted and we may read them.",
        "It says why horses rest, but we may read letters.",
        "Regardless of how letters are sent we may read them.",
    ],
)
def test_what_follows_an_indirect_question_is_stated(text):
    assert [(norm.bearer, norm.verb) for norm in norms(text, RULES)] == [("provider", "read")]

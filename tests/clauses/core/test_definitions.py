"""Clauses that only say what a term means."""

import pytest

from clauses.core.definitions import is_definition


@pytest.mark.parametrize(
    "text",
    [
        "“Harbor” means the place of our boats.",
        "(a) “Boats” includes rafts.",
        '2.1 "Losses" (all of them): what is lost.',
    ],
)
def test_a_term_in_quotes_that_is_told_is_a_definition(text):
    assert is_definition(text)


@pytest.mark.parametrize("text", ["“Harbor” is ours.", "We call it “Harbor”, which means much.", ""])
def test_other_words_in_quotes_are_none(text):
    assert not is_definition(text)

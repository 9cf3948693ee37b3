"""The beginning of a long text."""

from __future__ import annotations

import pytest

from clauses.core.lead import lead_and_rest

SENTENCE = "We keep the letters you send to the lighthouse for as long as the lamp burns. "


def test_a_text_that_is_not_much_longer_is_shown_whole() -> None:
    text = SENTENCE * 3
    assert lead_and_rest(text, len(text) - 10) == (text, "")


def test_a_long_text_is_cut_behind_a_sentence() -> None:
    lead, rest = lead_and_rest(SENTENCE * 50)
    assert lead.rstrip().endswith("burns.")
    assert len(lead) <= 1200
    assert rest.lstrip().startswith("We keep")


@pytest.mark.parametrize("text", [SENTENCE * 50, "word " * 2000, "x" * 9000, "no end\n" * 900, "a. " * 2000])
def test_both_parts_join_to_the_text(text: str) -> None:
    lead, rest = lead_and_rest(text)
    assert lead + rest == text
    assert lead
    assert len(lead) <= 1200


def test_a_text_without_sentences_is_cut_between_words() -> None:
    lead, rest = lead_and_rest("word " * 2000)
    assert (lead[-1], rest[:4]) == (" ", "word")

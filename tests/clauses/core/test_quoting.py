"""Sentences around words: exact slices, and short."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauses.core.quoting import longest_sentence, sentence_around


def test_the_sentence_that_holds_the_words_is_given_whole() -> None:
    text = "We changed it. You have until May 1, 2025 to decide. Thank you."
    at = text.index("May 1, 2025")
    assert sentence_around(text, at, at + 11) == "You have until May 1, 2025 to decide."


def test_a_long_sentence_is_cut_at_words_around_them() -> None:
    text = f"{'before ' * 80}NOW {'after ' * 80}".strip()
    at = text.index("NOW")
    found = sentence_around(text, at, at + 3)
    assert "NOW" in found
    assert len(found) <= 280
    assert set(found.split()) == {"before", "NOW", "after"}


@given(st.text(alphabet="ab .\n", max_size=900), st.data())
def test_what_is_quoted_is_a_short_slice_that_holds_the_words_or_begins_with_them(text: str, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = sentence_around(text, start, end)
    assert found in text
    assert len(found) <= 280
    words = text[start:end].strip()
    assert words in found or found.startswith(words[:200])


def test_of_sentences_that_hold_the_words_the_longest_is_told():
    text = "11.4 Class action waiver. You waive any class action; you may opt out. Write to us."
    words = ["Class action waiver", "waive any class action"]
    assert longest_sentence(text, words, 180) == "You waive any class action; you may opt out."
    assert longest_sentence(text, [], 180) == "11.4 Class action waiver."
    assert longest_sentence(text, words, 20) == "You waive any class …"

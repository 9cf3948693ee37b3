"""The words of a text that carry content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.change_rubric import IRREGULAR, stem
from clauses.core.content_words import cannot_hold, content_stems
from clauses.core.folding import folded
from clauses.core.redline import LIGHT_WORDS, words

PIECES = st.sampled_from(
    [
        "We",
        "sell",
        "sold",
        " ",
        "\n",
        "\u00a0",
        "30",
        "10\u00a0000",
        "opt-out",
        "don’t",
        ".",
        ",",
        "5%",
        "é",
        "数据",
        "$9",
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("we sell your letters, and sold letters.", {"sell", "letter"}),
        ("we **sell** _letters_.", {"sell", "letter"}),
        ("read https://harbor.example/sale for letters", {"read", "letter"}),
        ("opt-out of it", set()),
        ("", set()),
    ],
)
def test_words_of_content_count_by_their_stems(text, found):
    assert content_stems(text) == found


@given(st.lists(PIECES).map("".join))
def test_they_are_those_of_all_words_of_a_redline(text):
    told = folded(text)
    content = {word for word in words(told) if word.isalnum() and len(word) > 1 and word not in LIGHT_WORDS}
    assert content_stems(told) == {*map(stem, content)}


@given(
    st.lists(PIECES),
    PIECES | st.sampled_from([*IRREGULAR]) | st.from_regex("[a-z]{1,4}(ies|ied|ing|ed|es|y)"),
)
def test_a_text_that_cannot_hold_a_stem_does_not(pieces, piece):
    text = folded("".join(pieces) + piece)
    assert not any(cannot_hold(text, root) for root in content_stems(text))


def test_a_text_cannot_hold_a_stem_that_no_word_begins_with():
    assert cannot_hold("we sell your letters", "parcel")
    assert not cannot_hold("we carried it", "carry")
    assert not cannot_hold("we sold it", "sell")

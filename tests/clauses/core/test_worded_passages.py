"""Words are compared as single characters, and what is compared is as if they were words."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from clauses.core import worded_passages
from clauses.core.worded_passages import Placed, worded, worth_comparing

WORDS = ["a", "an", "we", "we've", "may", "keep", "keeps", "boat", "boats", "Boat", "30", "ÄRGER", "ärger"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=5)


def placed(texts):
    return [Placed(at, text, 0, (), 0) for at, text in enumerate(texts)]


@given(TEXTS, TEXTS)
def test_equal_words_are_one_character_on_both_sides_and_their_order_is_that_of_the_words(old, new):
    sides = worded(placed(old), placed(new))
    characters = "".join(passage.words for side in sides for passage in side)
    written = " ".join((*old, *new)).casefold().split()
    assert len(characters) == len(written)
    for (word, sign), (following, next_sign) in pairwise(sorted(zip(written, characters, strict=True))):
        assert (sign < next_sign) if word < following else (sign == next_sign)


@given(TEXTS)
def test_a_pair_of_words_stands_among_the_keys_where_its_text_would(texts):
    passages, _ = worded(placed(texts), [])
    told = {
        sign: word
        for passage, text in zip(passages, texts, strict=True)
        for sign, word in zip(passage.words, text.casefold().split(), strict=True)
    }
    keys = {key for passage in passages for key in passage.keys}
    assert [" ".join(map(told.get, key)) for key in sorted(keys)] == sorted(
        " ".join(map(told.get, key)) for key in keys
    )


def test_texts_of_more_words_than_there_are_characters_are_compared_all_the_same(monkeypatch):
    monkeypatch.setattr(worded_passages.sys, "maxunicode", 3)
    ((one,), (other,)) = worded(placed(["one two three four five six"]), placed(["six five"]))
    assert len(one.words) == 6
    assert set(other.words) <= set(one.words)


def test_clauses_equal_but_for_figures_are_held_against_eight_others_each_at_most():
    text = "We keep file {} of every boat in the harbor for {} days after it sails and burn it then."
    old, new = (
        [text.format(first + at, at % days) for at in range(600)] for first, days in ((0, 37), (20_000, 41))
    )
    assert len(list(worth_comparing(*worded(placed(old), placed(new))))) <= 8 * 600


@given(st.text(st.sampled_from("aAzZ09_ -.,;'\x1c\x1f\x7f\n\t")))
def test_words_of_plain_letters_are_parted_as_all_others_are(text):
    expected = [word.casefold() for word in worded_passages._WORD.findall(text)]
    assert worded_passages._words(text) == expected

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from clauses.core import likeness
from clauses.core.likeness import kept_words

WORDS = st.lists(st.sampled_from(["we", "may", "not", "keep", "data", "for", "30", "days"]), max_size=30)


@given(WORDS, WORDS)
def test_the_words_kept_in_order_are_counted_exactly_in_clauses_of_usual_length(old, new):
    assert kept_words(old, new) == LCSseq.similarity(old, new)


@given(WORDS, WORDS)
def test_the_estimate_for_large_clauses_is_the_same_from_both_sides_and_all_words_of_equal_ones(old, new):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "_EXACT", -1)
        assert kept_words(old, new) == kept_words(new, old)
        assert kept_words(old, old) == (len(old) if len(old) > 2 else 0)


@pytest.mark.parametrize("edited", [0.02, 0.1, 0.2])
def test_the_estimate_for_large_clauses_stays_near_the_exact_count(edited, monkeypatch):
    chance = random.Random(1)
    old = [f"w{chance.randrange(500)}" for _ in range(2_000)]
    new = ["new" if chance.random() < edited else word for word in old]
    exact = kept_words(old, new)
    monkeypatch.setattr(likeness, "_EXACT", 0)
    assert kept_words(old, new) == pytest.approx(exact, rel=0.15)


def test_a_word_counts_as_kept_in_large_clauses_where_it_stands_among_three_of_the_other_side(monkeypatch):
    monkeypatch.setattr(likeness, "_EXACT", -1)
    assert kept_words("abcdxyefgz", "abcd-efg-xy") == len("abcd") + len("efg")
    assert kept_words("ab", "ab") == 0

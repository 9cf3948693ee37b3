"""The changed words with a little around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauses.core.excerpt import excerpt

RUNS = st.lists(st.tuples(st.sampled_from("=-+"), st.text("ab ", min_size=1, max_size=300)), max_size=8)


def test_a_short_redline_stays_whole():
    runs = [("=", "We keep it "), ("-", "30 days"), ("+", "5 years"), ("=", " here.")]
    assert excerpt(runs) == runs


def test_kept_text_far_from_a_change_is_left_out():
    runs = [("=", "word " * 100), ("+", "new"), ("=", " word" * 100)]
    found = excerpt(runs, around=20)
    assert [op for op, _ in found] == ["…", "=", "+", "=", "…"]
    assert all(len(text) <= 20 for op, text in found if op == "=")


def test_long_changed_text_is_cut_and_says_so():
    found = excerpt([("+", "word " * 400)], longest=50)
    assert len(found[0][1]) <= 50
    assert found[-1] == ("…", "")


@given(RUNS)
def test_every_word_shown_stands_in_the_redline(runs: list[tuple[str, str]]):
    for op, text in excerpt(runs):
        assert op == "…" or any(op == whole_op and text in whole for whole_op, whole in runs)

import random
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from clauses.core import word_diff
from clauses.core.word_diff import changed_words

WORDS = st.lists(
    st.sampled_from(["we", "may", "not", "keep", "the", "data", "for", "30", "days", ",", "."]), max_size=40
)


def numbered(start, end):
    return [f"w{number}" for number in range(start, end)]


def spans(old, new):
    return [(gap.i1, gap.i2, gap.j1, gap.j2) for gap in changed_words(old, new)]


def kept(old, new):
    """The words left on each side when the changed ones are out."""
    left, right = list(old), list(new)
    for gap in reversed(changed_words(old, new)):
        del left[gap.i1 : gap.i2], right[gap.j1 : gap.j2]
    return left, right


@given(WORDS, WORDS)
def test_the_words_outside_the_changes_are_the_same_on_both_sides(old, new):
    left, right = kept(old, new)
    assert left == right


@given(WORDS, WORDS)
def test_no_other_comparison_keeps_more_words(old, new):
    changed = sum(gap.i2 - gap.i1 + gap.j2 - gap.j1 for gap in changed_words(old, new))
    assert changed == Indel.distance(old, new)


@given(WORDS, WORDS)
def test_the_way_back_changes_the_same_words(old, new):
    assert spans(new, old) == [(j1, j2, i1, i2) for i1, i2, j1, j2 in spans(old, new)]


@given(WORDS, WORDS)
def test_a_large_text_cut_at_its_single_phrases_is_still_exact(old, new):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_diff, "_LARGE", 4)
        left, right = kept(old, new)
    assert left == right


def test_a_few_edits_in_a_very_large_text_stay_small():
    old = numbered(0, 30_000)
    new = [*old[:9_000], "new", *old[9_000:20_000], *old[20_002:]]
    assert spans(old, new) == [(9_000, 9_000, 9_000, 9_001), (20_000, 20_002, 20_001, 20_001)]


def test_a_stretch_too_large_to_compare_is_one_replacement_and_small_ones_beside_it_stay_exact():
    old = [*"ab" * 3_000, *numbered(0, 9), "old", "end"]
    new = [*"ba" * 4_000, *numbered(0, 9), "new", "end"]
    assert spans(old, new) == [(0, 6_000, 0, 8_000), (6_009, 6_010, 8_009, 8_010)]


def test_one_word_repeated_twenty_thousand_times_takes_one_insertion():
    old = ["again"] * 20_000
    assert spans(old, [*old[:9_000], "new", *old[9_000:]]) == [(9_000, 9_000, 9_000, 9_001)]
    assert spans(old, [*old, "again"]) == [(20_000, 20_000, 20_000, 20_001)]


@pytest.mark.parametrize(("length", "vocabulary"), [(2_000, 2), (2_000, 50), (20_000, 50), (20_000, 20_000)])
def test_large_shuffled_texts_stay_far_from_the_recursion_limit(length, vocabulary):
    chance = random.Random(7)
    old, new = ([f"w{chance.randrange(vocabulary)}" for _ in range(length)] for _ in range(2))
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    try:
        left, right = kept(old, new)
    finally:
        sys.setrecursionlimit(limit)
    assert left == right


def test_lone_surrogates_are_words_like_any_other():
    assert spans(["\ud83e", "\udd8a", "x"], ["\ud83e", "\udd8a", "y"]) == [(2, 3, 2, 3)]


def test_more_distinct_words_than_surrogates_begin_at_never_pair_up():
    old = numbered(0, 60_000)
    assert spans(old, ["first", *old[:55_500], "new", *old[55_500:]]) == [
        (0, 0, 0, 1),
        (55_500, 55_500, 55_501, 55_502),
    ]


@given(WORDS, WORDS, WORDS, WORDS)
def test_words_that_both_begin_or_end_with_change_nothing_between_them(start, old, new, end):
    """But for where equal words may stand in one place or in another."""
    alone = sum(gap.i2 - gap.i1 + gap.j2 - gap.j1 for gap in changed_words(old, new))
    found = spans([*start, *old, *end], [*start, *new, *end])
    assert sum(i2 - i1 + j2 - j1 for i1, i2, j1, j2 in found) == alone


def test_the_same_words_have_no_changes():
    assert spans(numbered(0, 9), numbered(0, 9)) == []
    assert spans([], []) == []


@pytest.mark.parametrize("side", ["old", "new"])
def test_words_that_only_came_or_went_are_one_change(side):
    longer, shorter = numbered(0, 9), [*numbered(0, 3), *numbered(5, 9)]
    expected = [(3, 5, 3, 3)] if side == "old" else [(3, 3, 3, 5)]
    assert spans(*((longer, shorter) if side == "old" else (shorter, longer))) == expected

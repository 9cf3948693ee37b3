"""The share of words two clauses share, as a reader would count it."""

import pytest

from clauses.core.shared_words import content_words, shared_share


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("We keep your mail.", "We KEEP the mail!", 1.0),
        ("We keep mail.", "We burn mail.", 1 / 3),
        ("We keep mail.", "Ships sink.", 0.0),
        ("", "", 1.0),
    ],
)
def test_shared_are_the_words_in_both_of_those_in_either(one, other, expected):
    assert shared_share(content_words(one), content_words(other)) == pytest.approx(expected)

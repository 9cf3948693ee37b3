"""Which removed clauses came back."""

from __future__ import annotations

import time

from clauses.core.revival import Gone, came_back
from clauses.core.values import Passage


def passage(text: str, *headings: str) -> Passage:
    return Passage(0, 0, len(text), text, headings)


def test_of_equal_wordings_the_one_under_the_same_heading_comes_back() -> None:
    gone = [Gone("We keep it for a year.", ("Mail",)), Gone("We keep it for a year.", ("Photos",))]
    assert came_back(gone, [passage("We keep it for a year.", "Photos")]) == {0: 1}


def test_a_clause_comes_back_once_and_under_another_number() -> None:
    gone = [Gone("4.2 We keep it for a year.", ())]
    back = [passage("5.1 We keep it for a year."), passage("We keep it for two years.")]
    assert came_back(gone, back) == {0: 0}


def test_a_whole_text_that_comes_back_is_found_in_time_that_grows_with_its_length() -> None:
    texts = [f"We keep record {number} for {number} days." for number in range(24_000)]
    before = time.process_time()
    found = came_back([Gone(text, ()) for text in texts], [passage(text) for text in texts])
    assert time.process_time() - before < 4
    assert found == dict(enumerate(range(len(texts))))

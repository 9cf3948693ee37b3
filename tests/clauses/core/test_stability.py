"""How steady the words of a clause are."""

from __future__ import annotations

import pytest

from clauses.core.stability import Stability


@pytest.mark.parametrize(
    ("rewordings", "watched", "standing", "a_year", "word"),
    [
        (0, 89, 89, None, "Too new to say"),
        (5, 89, 1, None, "Too new to say"),
        (0, 90, 90, 0.0, "Unchanged so far"),
        (0, 365, 365, 0.0, "Steady"),
        (1, 365, 30, 1.0, "Reworded"),
        (1, 730, 400, 0.5, "Steady"),
        (2, 365, 30, 2.0, "Often reworded"),
        (3, 704, 62, 1.6, "Reworded"),
        (1, 119, 0, 3.1, "Reworded"),
        (4, 400, 370, 3.6, "Often reworded"),
    ],
)
def test_the_word_follows_the_figure(
    rewordings: int, watched: int, standing: int, a_year: float | None, word: str
) -> None:
    found = Stability(rewordings, watched, standing)
    assert (found.a_year, found.word) == (a_year, word)

"""Two platforms' clauses beside each other: every clause once, words exact, neither side first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauses.core.beside import beside
from clauses.core.read import read_clause
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage, ReadClause

KEPT = "We keep your feedback for 30 days after you send it, and delete it then."
LONGER = "We keep your feedback for 5 years after you send it, and delete it then."
OTHER = "Our servers are in Ireland, where backups are made every night by a contractor."


def read(*texts: str) -> list[ReadClause]:
    """Texts as the clauses of one side."""
    passages = [Passage(index, 0, len(text), text) for index, text in enumerate(texts)]
    return [ReadClause(passage, read_clause(passage, shipped_taxonomy())) for passage in passages]


def test_like_clauses_pair_with_the_words_and_figures_that_differ() -> None:
    found = beside(read(OTHER, KEPT), read(LONGER))
    (pair,) = found.alike
    assert (pair.left, pair.right, pair.is_same) == ((1,), (0,), False)
    assert [(run.op, run.text.strip()) for run in pair.redline if run.op != "="] == [
        ("-", "30 days"),
        ("+", "5 years"),
    ]
    (fact,) = pair.facts
    assert fact.old
    assert fact.new
    assert (fact.old.normalized, fact.new.normalized) == (30.0, 1825.0)
    assert (found.only_left, found.only_right) == ((0,), ())


def test_equal_clauses_are_the_same_and_unlike_ones_stand_alone() -> None:
    found = beside(read(KEPT), read(KEPT, OTHER))
    assert [pair.is_same for pair in found.alike] == [True]
    assert found.only_right == (1,)
    assert beside(read(KEPT), read(OTHER)).alike == ()


def test_a_lone_clause_on_each_side_is_no_pair_for_that() -> None:
    """Between two versions it would be: there, nothing else stands between the same neighbors."""
    left = "We may keep your messages for as long as we need them to provide the service to you and others."
    right = "You may delete your messages at any time, and we then remove them from all servers of ours."
    assert beside(read(left), read(right)).alike == ()


def test_the_empty_side_has_nothing() -> None:
    assert beside([], []).alike == ()
    assert beside([], read(KEPT)).only_right == (0,)


_TEXTS = st.lists(st.sampled_from([KEPT, LONGER, OTHER, "We keep it.", f"{KEPT} {OTHER}"]), max_size=5)


@given(_TEXTS, _TEXTS)
def test_every_clause_stands_once_and_the_redline_gives_both_texts(left: list[str], right: list[str]) -> None:
    found = beside(read(*left), read(*right))
    assert sorted([*found.only_left, *(i for pair in found.alike for i in pair.left)]) == list(
        range(len(left))
    )
    assert sorted([*found.only_right, *(j for pair in found.alike for j in pair.right)]) == list(
        range(len(right))
    )
    for pair in found.alike:
        assert "".join(run.text for run in pair.redline if run.op != "+") == "\n".join(
            left[i] for i in pair.left
        )
        assert "".join(run.text for run in pair.redline if run.op != "-") == "\n".join(
            right[j] for j in pair.right
        )
    assert found == beside(read(*left), read(*right))

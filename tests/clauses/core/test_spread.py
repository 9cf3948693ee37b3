"""How figures are spread: by size, with the middle one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauses.core.spread import Stated, spread_of


def test_the_same_period_in_other_words_is_one_figure() -> None:
    stated = [
        Stated(30, "30", "day", 1, 3),
        Stated(30, "1", "month", 2, 1),
        Stated(1825, "5", "year", 2, 1),
        Stated(7, "1", "week", 3, 1),
    ]
    spread = spread_of("retention", stated, 10)
    assert [(bar.words, bar.clauses, bar.platforms, bar.share) for bar in spread.bars] == [
        ("1 week", 1, 1, 25),
        ("30 days", 4, 2, 100),
        ("5 years", 1, 1, 25),
    ]
    assert (spread.shortest, spread.middle, spread.longest) == ("1 week", "30 days", "5 years")
    assert (spread.clauses, spread.platforms, spread.left_out) == (6, 3, 0)


def test_figures_without_a_number_stand_by_how_often_they_are_stated() -> None:
    stated = [Stated(None, "Ireland", "", 1, 1), Stated(None, "California", "", 2, 2)]
    spread = spread_of("governing_law", stated, 1)
    assert [bar.words for bar in spread.bars] == ["California"]
    assert (spread.left_out, spread.middle) == (1, "")


@given(
    st.lists(
        st.builds(
            Stated,
            st.one_of(st.none(), st.sampled_from([1.0, 7.0, 30.0, 365.0])),
            st.sampled_from(["1", "2", "x"]),
            st.sampled_from(["day", ""]),
            st.integers(1, 4),
            st.integers(1, 9),
        ),
        min_size=1,
    ),
    st.integers(1, 6),
)
def test_no_clause_is_lost_or_counted_twice(stated: list[Stated], most: int) -> None:
    spread = spread_of("retention", stated, most)
    assert spread.clauses == sum(one.clauses for one in stated)
    assert len(spread.bars) <= most
    if not spread.left_out:
        assert sum(bar.clauses for bar in spread.bars) == spread.clauses

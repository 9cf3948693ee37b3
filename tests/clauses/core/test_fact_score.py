"""What was read is compared with what was wanted, one fact with one."""

from __future__ import annotations

import pytest

from clauses.core.fact_score import Case, Wanted, is_same_subject, score
from clauses.core.values import Passage


def case(text, *wanted):
    return Case(Passage(0, 0, len(text), text), 0, len(text), wanted)


NOTES = "We keep notes for 30 days."


def test_a_fact_read_as_wanted_is_exact_with_its_subject():
    total = score([case(NOTES, Wanted(("retention",), "30", "day", ("your notes",)))])
    assert total.shares() == {"figures": 1, "exact": 1, "subject": 1, "false": 0, "bare_with_facts": 0}


def test_another_kind_counts_as_a_figure_only():
    total = score([case(NOTES, Wanted(("notice_period",), "30", "day"))])
    assert (total.figures, total.exact, [miss.why for miss in total.misses]) == (1, 0, ["kind"])


def test_any_of_several_kinds_is_right():
    assert score([case(NOTES, Wanted(("period", "retention"), "30", "day"))]).exact == 1


def test_a_fact_that_is_not_read_is_missed():
    total = score([case("We like notes.", Wanted(("retention",), "30", "day"))])
    assert [miss.why for miss in total.misses] == ["missed"]


def test_a_fact_where_there_is_none_is_false():
    total = score([case(NOTES)])
    assert (total.false, total.bare, total.bare_with_facts) == (1, 1, 1)


def test_an_optional_fact_is_neither_asked_for_nor_false():
    total = score([case(NOTES, Wanted(("retention",), "30", "day", is_optional=True))])
    assert (total.wanted, total.false) == (0, 0)


def test_a_wrong_number_at_the_right_place_is_one_error():
    total = score([case(NOTES, Wanted(("retention",), "31", "day", span=(18, 25)))])
    assert [miss.why for miss in total.misses] == ["figure"]


def test_words_stand_for_a_length_without_a_number():
    assert score([case("We keep notes indefinitely.", Wanted(("retention",), None, ""))]).exact == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("your notes", "Notes and drafts", True),
        ("server logs", "log of the server", True),
        ("you", "You", True),
        ("notes", "drafts", False),
        ("notes", "", False),
    ],
)
def test_subjects_are_the_same_by_their_words(one, other, same):
    assert is_same_subject(one, other) is same

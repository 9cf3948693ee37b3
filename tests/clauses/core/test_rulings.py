"""What was ruled of one wording of a clause counts for both sides of an edit."""

from __future__ import annotations

import pytest

from clauses.core.rulings import Ruling, binds, with_rulings
from clauses.core.values import Pair
from tests.clauses.core.invented import clause, document

PAIR = [Pair("modified", (0,), (0,))]


def slugs(old, new, *rulings, pairs=PAIR):
    before, after = with_rulings(document(old), document(new), pairs, {0: rulings})
    return before[0].classification.slugs, after[0].classification.slugs


OLD, NEW = "Mail is carried on foot to the quay.", "Mail is carried by horse to the quay."


def test_a_ruling_on_the_old_words_counts_for_the_new_ones_too():
    found = slugs(clause(OLD, "data_sale"), clause(NEW, "data_sale"), Ruling(OLD, ("arbitration",)))
    assert found == (("arbitration",), ("arbitration",))


def test_a_type_that_the_words_bring_or_drop_comes_or_goes_also_under_a_ruling():
    ruling = Ruling(OLD, ("arbitration", "data_sale"))
    assert slugs(clause(OLD, "data_sale"), clause(NEW, "ai_training"), ruling) == (
        ("arbitration", "data_sale"),
        ("arbitration", "ai_training"),
    )


def test_a_ruling_on_the_new_words_counts_for_the_old_ones_too():
    found = slugs(clause(OLD), clause(NEW), Ruling(NEW, ("arbitration",)))
    assert found == (("arbitration",), ("arbitration",))


def test_rulings_on_both_sides_are_taken_as_they_are():
    found = slugs(clause(OLD), clause(NEW), Ruling(NEW, ()), Ruling(OLD, ("arbitration",)))
    assert found == (("arbitration",), ())


def test_a_ruling_on_words_that_stand_on_no_side_counts_for_none():
    found = slugs(clause(OLD, "data_sale"), clause(NEW), Ruling("Ships sink.", ("arbitration",)))
    assert found == (("data_sale",), ())


def test_a_removed_clause_has_the_types_that_were_ruled():
    before, _ = with_rulings(
        document(clause(OLD)), [], [Pair("removed", (0,), ())], {0: [Ruling(OLD, ("arbitration",))]}
    )
    assert before[0].classification.slugs == ("arbitration",)


@pytest.mark.parametrize(
    ("ruled", "present", "expected"),
    [
        (OLD, OLD, True),
        (OLD, f"4.2 {OLD}", True),
        (OLD, "Mail is carried on foot, to the quay", True),
        (OLD, NEW, False),
        ("We keep it for 30 days.", "We keep it for 60 days.", False),
        ("You may opt out until 3 May 2024.", "You may opt out until 3 May 2025.", False),
        ("We sell your mail.", "We do not sell your mail.", False),
    ],
)
def test_a_ruling_binds_words_that_differ_in_nothing_of_substance(ruled, present, expected):
    assert binds(ruled, present) is expected

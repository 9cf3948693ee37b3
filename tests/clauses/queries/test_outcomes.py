"""The groups of outcomes that readers see."""

from __future__ import annotations

from collections import Counter

import pytest

from clauses.queries.outcomes import GROUPS, group_of, meaning_of, outcomes_asked_for
from monitor.models import Outcome


def test_every_outcome_is_in_one_group():
    assert Counter(outcome for group in GROUPS for outcome in group.outcomes) == Counter(Outcome)


def test_held_back_and_failed_together_are_the_problems():
    outcomes = [outcome for outcome in Outcome if group_of(outcome).slug in {"held_back", "failed"}]
    assert sorted(outcomes) == sorted(Outcome.problems())


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_says_what_it_means(outcome: Outcome):
    assert meaning_of(outcome).endswith(".")


def test_a_group_and_an_outcome_never_share_a_name():
    assert not {group.slug for group in GROUPS} & set(Outcome.values)
    assert outcomes_asked_for("failed") == GROUPS[3].outcomes
    assert outcomes_asked_for("flip") == (Outcome.FLIP,)
    assert outcomes_asked_for("'; --") == ()

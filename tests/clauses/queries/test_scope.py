"""Samples count as long as there is nothing else."""

from __future__ import annotations

import pytest

from clauses.queries.scope import counted_change_sets, counted_platforms
from tests.builders import make_change_set, make_platform

pytestmark = pytest.mark.django_db


def test_samples_count_while_they_are_alone():
    sample = make_platform(is_sample=True)
    assert list(counted_platforms()) == [sample]


def test_a_real_platform_takes_the_samples_out_of_all_counts():
    change_set = make_change_set(make_platform(is_sample=True))
    assert list(counted_change_sets()) == [change_set]
    real = make_platform()
    assert list(counted_platforms()) == [real]
    assert not counted_change_sets().exists()

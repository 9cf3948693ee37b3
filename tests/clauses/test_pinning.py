"""Baselines: one at a time for a person and for the team, earlier ones on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from clauses import pinning
from clauses.models import Baseline
from tests.builders import make_change_set, make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_a_new_baseline_ends_the_one_before_and_keeps_it():
    change_set, anna = make_change_set(), make_user()
    first = pinning.pin(change_set.old_version, anna, " Order form ", by=anna, at=AT)
    second = pinning.pin(change_set.new_version, anna, "", by=anna, at=AT + timedelta(days=1))
    first.refresh_from_db()
    assert (first.ended_by, first.ended_at, first.note) == (anna, AT + timedelta(days=1), "Order form")
    assert list(Baseline.objects.filter(ended_at__isnull=True)) == [second]


def test_the_team_and_each_person_have_their_own():
    change_set, anna, ben = make_change_set(), make_user(), make_user()
    for owner in (anna, ben, None):
        pinning.pin(change_set.old_version, owner, "", by=anna, at=AT)
    assert Baseline.objects.filter(ended_at__isnull=True).count() == 3


def test_ending_twice_keeps_the_first_moment():
    anna = make_user()
    row = pinning.pin(make_change_set().old_version, anna, "", by=anna, at=AT)
    assert pinning.end(row, by=anna, at=AT)
    assert not pinning.end(row, by=anna, at=AT + timedelta(days=1))
    row.refresh_from_db()
    assert row.ended_at == AT

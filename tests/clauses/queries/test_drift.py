"""The drift of twelve months: what is counted, and how it is written."""

from __future__ import annotations

import pytest

from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.drift import year_of_drift
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, day, make_change_set

pytestmark = pytest.mark.django_db


def test_a_longer_retention_is_counted_as_adverse_and_a_shorter_one_as_favorable():
    make_change_set()
    year = year_of_drift(ChangeSet.objects.all(), day(5), day(5))
    assert (year.words, year.drift.adverse, year.drift.favorable) == ("mostly adverse", 4, 0)
    make_change_set(old=KEPT_5_YEARS, new=KEPT_30_DAYS)
    year = year_of_drift(ChangeSet.objects.all(), day(5), day(5))
    assert (year.words, year.balance) == ("both ways", "0")
    assert year.counts[0] == (SeverityLevel.HIGH, 1, 1)


def test_only_changes_of_the_365_days_before_the_moment_count():
    make_change_set()
    changes = ChangeSet.objects.all()
    assert year_of_drift(changes, day(1), day(1)).words == "mostly adverse"
    assert year_of_drift(changes, day(0.5), day(0.5)).words == "steady"
    assert year_of_drift(changes, day(367), day(367)).words == "steady"
    assert year_of_drift(changes, day(365.9), day(365.9)).words == "mostly adverse"


def test_days_in_which_nothing_was_read_are_said_and_a_year_of_them_is_not_called_steady():
    make_change_set()
    changes = ChangeSet.objects.all()
    year = year_of_drift(changes, day(100), day(2))
    assert (year.words, year.unseen_days) == ("mostly adverse", 98)
    assert year_of_drift(changes, day(100), day(80)).unseen_days == 0
    unseen = year_of_drift(changes, day(500), day(2))
    assert (unseen.words, unseen.unseen_days) == ("not known", 365)


def test_of_a_year_that_was_hardly_seen_nobody_says_that_nothing_changed():
    make_change_set()
    changes = ChangeSet.objects.all()
    hardly_seen = year_of_drift(changes, day(380), day(20))
    assert (hardly_seen.drift.word, hardly_seen.words) == ("steady", "not known")
    assert year_of_drift(changes, day(380), day(340)).words == "steady"

"""What became of the texts that were agreed to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from clauses import pinning
from clauses.models import ChangeSet
from clauses.queries.baselines import baselines, baselines_of, earlier_baselines
from tests.builders import KEPT_30_DAYS, day, make_change_set, make_source, make_user, publish, versions_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_changes_since_are_counted_with_the_worst_of_them():
    change_set, anna = make_change_set(), make_user()
    pinning.pin(change_set.old_version, anna, "", by=anna, at=AT)
    row = baselines(anna).get()
    assert (row.changes, row.worst, row.today) == (1, change_set.severity, change_set.new_version.number)
    pinning.pin(change_set.new_version, anna, "", by=anna, at=AT)
    row = baselines(anna).get()
    assert (row.changes, row.worst) == (0, None)


def test_changes_before_of_our_own_reading_or_superseded_do_not_count():
    source, anna = make_source(), make_user()
    for at, words in enumerate(("30 days", "60 days", "90 days")):
        publish(source, KEPT_30_DAYS.replace("30 days", words), day(10 * at))
    pinning.pin(versions_of(source)[1], anna, "", by=anna, at=AT)
    assert baselines(anna).get().changes == 1
    ChangeSet.objects.update(is_technical=True)
    assert baselines(anna).get().changes == 0


def test_a_person_sees_the_own_and_the_teams_and_nobody_elses():
    change_set, anna, ben = make_change_set(), make_user(), make_user()
    own = pinning.pin(change_set.old_version, anna, "", by=anna, at=AT)
    pinning.pin(change_set.old_version, ben, "", by=ben, at=AT)
    team = pinning.pin(change_set.old_version, None, "", by=ben, at=AT)
    assert set(baselines_of(change_set.document, anna)) == {own, team}
    pinning.end(own, by=anna, at=AT)
    assert list(earlier_baselines(change_set.document, anna)) == [own]
    assert list(earlier_baselines(change_set.document, ben)) == []


def test_more_baselines_need_no_more_queries(django_assert_max_num_queries: DjangoAssertNumQueries):
    anna = make_user()
    for count in (1, 3):
        for _ in range(count):
            pinning.pin(make_change_set().old_version, anna, "", by=anna, at=AT)
        with django_assert_max_num_queries(1):
            assert [row.document.platform.name for row in baselines(anna)]

"""What is new to a person, and what is not: history that was brought in is no news."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clauses import visiting
from clauses.models import ChangeSet, Reader
from clauses.queries.unread import newest_number, since_last_visit, unread, unread_among
from monitor.models import Version
from tests.builders import make_change_set, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def reader() -> Reader:
    """Somebody to whom everything recorded later is new."""
    return visiting.reader_for(make_user(), NOW)


def test_what_was_recorded_after_is_unread_until_it_is_marked():
    person = reader()
    change_set = make_change_set()
    assert list(unread(ChangeSet.objects.all(), person)) == [change_set]
    visiting.mark(person.user, [change_set.number], is_read=True)
    assert unread_among([change_set], person) == set()


def test_what_was_marked_unread_is_unread_however_old():
    change_set = make_change_set(at=datetime(2020, 1, 1, tzinfo=UTC))
    person = reader()
    assert unread_among([change_set], person) == set()
    visiting.mark(person.user, [change_set.number], is_read=False)
    assert unread_among([change_set], person) == {change_set.pk}


def test_imported_history_is_neither_unread_nor_new_since_the_last_visit():
    person = reader()
    change_set = make_change_set()
    Version.objects.filter(pk=change_set.new_version_id).update(origin="import")
    assert unread_among([change_set], person) == set()
    assert not since_last_visit(ChangeSet.objects.all(), person).exists()


def test_the_marks_of_one_person_say_nothing_of_another():
    one, two = reader(), reader()
    change_set = make_change_set()
    visiting.mark(one.user, [change_set.number], is_read=True)
    assert unread_among([change_set], one) == set()
    assert unread_among([change_set], two) == {change_set.pk}
    assert unread_among([change_set], None) == set()


def test_new_since_the_last_visit_goes_by_the_order_of_recording_and_not_by_dates():
    person = reader()
    assert newest_number() == 0
    early = make_change_set(at=NOW)
    person.since_number = newest_number()
    late = make_change_set(at=datetime(2025, 1, 1, tzinfo=UTC))
    assert early.number == person.since_number
    assert list(since_last_visit(ChangeSet.objects.all(), person)) == [late]

"""How far a person has read: visits, breaks and marks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from clauses import visiting
from clauses.models import ChangeSet, Reader, ReadMark
from clauses.queries.unread import newest_number
from tests.builders import make_change_set, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def begin(at: datetime = NOW) -> tuple[User, Reader]:
    """Somebody who was shown everything at a moment."""
    user = make_user()
    reader = visiting.reader_for(user, at)
    visiting.note_seen(reader, at, newest_number())
    return user, Reader.objects.get(user=user)


def test_a_reload_leaves_since_when_something_is_new():
    user, _ = begin()
    for minutes in (1, 6, 20, 45):
        reader = visiting.note_page(user, NOW + minutes * MINUTE)
        assert reader
        assert reader.since_at is None, f"after {minutes} minutes"


def test_after_a_break_the_next_visit_goes_on_from_what_was_shown():
    user, _ = begin()
    change_set = make_change_set(at=NOW)
    later = NOW + timedelta(days=2)
    reader = visiting.note_page(user, later)
    assert reader
    assert (reader.since_at, reader.since_number) == (NOW, 0)
    visiting.note_seen(reader, later, newest_number())
    again = visiting.note_page(user, later + 10 * MINUTE)
    assert again
    assert (again.since_at, again.seen_number) == (NOW, change_set.number)


def test_a_break_begins_with_the_last_page_and_not_with_the_last_list():
    user, _ = begin()
    for minutes in (20, 40, 60, 80):
        reader = visiting.note_page(user, NOW + minutes * MINUTE)
    assert reader
    assert reader.since_at is None


def test_a_visit_that_showed_no_list_leaves_what_is_new():
    user, _ = begin()
    make_change_set(at=NOW)
    first = visiting.note_page(user, NOW + timedelta(days=1))
    second = visiting.note_page(user, NOW + timedelta(days=2))
    assert first
    assert second
    assert (second.since_at, second.since_number) == (first.since_at, first.since_number) == (NOW, 0)


def test_many_pages_are_one_write_in_some_minutes():
    user, _ = begin()
    visiting.note_page(user, NOW + 4 * MINUTE)
    assert Reader.objects.get().last_at == NOW
    visiting.note_page(user, NOW + 6 * MINUTE)
    assert Reader.objects.get().last_at == NOW + 6 * MINUTE


def test_somebody_who_saw_no_list_yet_is_no_reader():
    assert visiting.note_page(make_user(), NOW) is None
    assert not Reader.objects.exists()


def test_who_comes_first_finds_thirty_days_unread():
    old = make_change_set(at=NOW - timedelta(days=60))
    make_change_set(at=NOW - timedelta(days=6))
    assert begin()[1].read_up_to == old.number


def test_marking_twice_keeps_one_row_a_change_set_and_none_for_others():
    user, other = make_user(), make_user()
    marked, _ = make_change_set(), make_change_set()
    for is_read in (True, False, True):
        assert visiting.mark(user, [marked.number, 999_999], is_read=is_read) == 1
    visiting.mark(other, [marked.number], is_read=False)
    assert list(ReadMark.objects.order_by("user").values_list("user", "change_set", "is_read")) == [
        (user.pk, marked.pk, True),
        (other.pk, marked.pk, False),
    ]


def test_marking_everything_read_drops_the_marks_it_makes_needless():
    user, _ = begin()
    first, second = make_change_set(), make_change_set()
    visiting.mark(user, [first.number, second.number], is_read=False)
    visiting.mark_everything_read(user, first.number)
    assert Reader.objects.get().read_up_to == first.number
    assert list(ReadMark.objects.values_list("change_set", flat=True)) == [second.pk]


def test_nothing_that_is_still_to_come_is_marked_read():
    user, _ = begin()
    visiting.mark_everything_read(user, 10**12)
    assert Reader.objects.get().read_up_to == 0
    newest = make_change_set()
    visiting.mark_everything_read(user, 10**12)
    assert Reader.objects.get().read_up_to == newest.number == ChangeSet.objects.get().number

"""Events of change sets: numbered in the order of commits, so that a mirror passes none by."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from clauses.chronicling import put_down
from clauses.models import ChangeEvent, ChangeEventKind
from clauses.models.change_event import ChangeEventIsFinal
from clauses.queries.change_events import events_after


@pytest.mark.django_db
def test_an_event_is_neither_changed_nor_deleted() -> None:
    put_down(ChangeEventKind.RECORDED, [7])
    event = ChangeEvent.objects.get()
    for act in (event.save, event.delete):
        with pytest.raises(ChangeEventIsFinal):
            act()


@pytest.mark.django_db
def test_nothing_is_numbered_where_nothing_happened() -> None:
    put_down(ChangeEventKind.RATED, [])
    put_down(ChangeEventKind.RECORDED, [5, 6])
    assert [(row.number, row.change_set) for row in events_after(0, 9)] == [(1, 5), (2, 6)]


@pytest.mark.django_db(transaction=True)
def test_an_event_that_was_rolled_back_leaves_no_gap() -> None:
    with transaction.atomic():
        put_down(ChangeEventKind.RECORDED, [1])
        transaction.set_rollback(True)
    with transaction.atomic():
        put_down(ChangeEventKind.RECORDED, [2])
    assert [(row.number, row.change_set) for row in events_after(0, 9)] == [(1, 2)]


@pytest.mark.django_db(transaction=True)
def test_whoever_has_seen_an_event_has_seen_all_before_it() -> None:
    """The first of two transactions commits late: the second one waits for it, and is seen after it."""
    began, may_commit, seen = threading.Event(), threading.Event(), []

    def first() -> None:
        with transaction.atomic():
            put_down(ChangeEventKind.RECORDED, [1])
            began.set()
            may_commit.wait(10)
        connection.close()

    def second() -> None:
        began.wait(10)
        with transaction.atomic():
            put_down(ChangeEventKind.RECORDED, [2])
        seen.append([row.change_set for row in events_after(0, 9)])
        connection.close()

    threads = [threading.Thread(target=one) for one in (first, second)]
    for thread in threads:
        thread.start()
    began.wait(10)
    threads[1].join(1)
    # The second one has the later number: it is not to be seen while the first is not.
    assert threads[1].is_alive()
    assert events_after(0, 9) == []
    may_commit.set()
    for thread in threads:
        thread.join(20)
    assert seen == [[1, 2]]

"""A team's work: steps, what is stale, and a history that is never rewritten."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connections

from clauses import working
from clauses.models import Work, WorkEntry, WorkStatus
from clauses.models.work import EntryIsFinal
from clauses.working import Step, take
from tests.builders import make_change_set, make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_a_step_sets_status_and_assignee_and_leaves_an_entry():
    change_set, anna, ben = make_change_set(), make_user("anna"), make_user("ben")
    done = take(Step(WorkStatus.FOLLOW_UP, ben, True, "Ask legal."), {change_set.number: 0}, by=anna, at=AT)
    assert done == working.Done((change_set.number,), (), ())
    work, entry = Work.objects.get(), WorkEntry.objects.get()
    assert (work.status, work.assignee, work.revision, work.changed_by) == ("follow_up", ben, 1, anna)
    assert (entry.status, entry.assignee, entry.note, entry.by, entry.at) == (
        "follow_up",
        ben,
        "Ask legal.",
        anna,
        AT,
    )


def test_who_acts_on_a_stale_page_overwrites_nothing():
    change_set, anna, ben = make_change_set(), make_user(), make_user()
    seen = {change_set.number: 0}
    take(Step(WorkStatus.REVIEWED), seen, by=anna, at=AT)
    done = take(Step(WorkStatus.NO_ACTION, note="No."), seen, by=ben, at=AT)
    assert done == working.Done((), (), (change_set.number,))
    assert Work.objects.get().status == WorkStatus.REVIEWED
    assert WorkEntry.objects.count() == 1
    assert take(Step(WorkStatus.NO_ACTION), {change_set.number: 1}, by=ben, at=AT).changed


@pytest.mark.django_db(transaction=True)
def test_of_many_who_act_at_the_same_moment_one_is_first_and_the_others_are_told():
    change_set, people = make_change_set(), [make_user() for _ in range(6)]
    ready, won = Barrier(len(people)), []

    def act(by):
        ready.wait()
        step = Step(WorkStatus.FOLLOW_UP, by, True, "Mine.")
        won.append(bool(take(step, {change_set.number: 0}, by=by, at=AT).changed))
        connections.close_all()

    threads = [Thread(target=act, args=[by]) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 5 + [True]
    entry, work = WorkEntry.objects.get(), Work.objects.get()
    assert (work.assignee, work.revision) == (entry.by, 1)


def test_of_many_only_the_stale_ones_are_left_alone():
    first, second, anna = make_change_set(), make_change_set(), make_user()
    take(Step(note="Looked at it."), {second.number: 0}, by=anna, at=AT)
    both = {first.number: 0, second.number: 0, 999_999: 0}
    done = take(Step(WorkStatus.NO_ACTION), both, by=anna, at=AT)
    assert (done.changed, done.stale) == ((first.number,), (second.number,))


def test_a_step_that_changes_nothing_leaves_no_entry_and_no_row():
    change_set, anna = make_change_set(), make_user()
    done = take(Step(WorkStatus.NEW, None, True), {change_set.number: 0}, by=anna, at=AT)
    assert done.same == (change_set.number,)
    assert not Work.objects.exists()
    assert not WorkEntry.objects.exists()


def test_a_step_without_status_or_assignee_leaves_both():
    change_set, anna = make_change_set(), make_user()
    take(Step(WorkStatus.FOLLOW_UP, anna, True), {change_set.number: 0}, by=anna, at=AT)
    take(Step(note="Still open."), {change_set.number: 1}, by=anna, at=AT)
    work = Work.objects.get()
    assert (work.status, work.assignee, work.revision) == ("follow_up", anna, 2)
    assert list(WorkEntry.objects.values_list("status", "note")) == [
        ("follow_up", ""),
        ("follow_up", "Still open."),
    ]


def test_an_entry_is_never_changed_or_deleted():
    change_set, anna = make_change_set(), make_user()
    take(Step(note="As it was."), {change_set.number: 0}, by=anna, at=AT)
    entry = WorkEntry.objects.get()
    entry.note = "Otherwise."
    with pytest.raises(EntryIsFinal):
        entry.save()
    with pytest.raises(EntryIsFinal):
        entry.delete()
    assert WorkEntry.objects.get().note == "As it was."


def test_many_are_set_by_as_many_queries_as_few(django_assert_max_num_queries):
    anna = make_user()
    rows = [make_change_set() for _ in range(4)]
    with django_assert_max_num_queries(20) as few:
        take(Step(WorkStatus.REVIEWED), {rows[0].number: 0}, by=anna, at=AT)
    with django_assert_max_num_queries(len(few.captured_queries)):
        take(Step(WorkStatus.REVIEWED), {row.number: 0 for row in rows[1:]}, by=anna, at=AT)

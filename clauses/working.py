"""What a team does about change sets: status, assignee and notes. Nothing is overwritten unseen or forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from clauses.models import ChangeSet, Work, WorkEntry, WorkStatus


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody wants of change sets. None leaves a status as it is; `assigns` says whether the assignee is set."""

    status: WorkStatus | None = None
    assignee: User | None = None
    assigns: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step, as numbers of change sets. `stale`: others acted on them meanwhile, nothing is changed."""

    changed: tuple[int, ...]
    same: tuple[int, ...]
    stale: tuple[int, ...]


@transaction.atomic
def take(step: Step, seen: Mapping[int, int], *, by: User, at: datetime) -> Done:
    """Take a step on change sets. `seen`: by number, the revision of its work that was looked at, 0 for none.

    All that fit are changed in one transaction with one entry each; numbers that do not exist are passed over.
    """
    # Always in the same order, so that two who act on the same rows wait for each other and never deadlock.
    chosen = dict(ChangeSet.objects.filter(number__in=seen).order_by("pk").values_list("pk", "number"))
    Work.objects.bulk_create([Work(change_set_id=pk) for pk in chosen], ignore_conflicts=True)
    # The rows are locked until the end, so that the revisions compared are the ones written over.
    rows = list(Work.objects.select_for_update().filter(pk__in=chosen).order_by("pk"))
    fresh = [row for row in rows if row.revision == seen[chosen[row.pk]]]
    changed = [row for row in fresh if _apply(step, row)]
    for row in changed:
        row.revision, row.changed_by, row.changed_at = row.revision + 1, by, at
    Work.objects.bulk_update(changed, ["status", "assignee", "revision", "changed_by", "changed_at"])
    WorkEntry.objects.bulk_create(_entry(row, step.note, by, at) for row in changed)
    Work.objects.filter(pk__in=chosen, revision=0).delete()
    return Done(
        changed=tuple(chosen[row.pk] for row in changed),
        same=tuple(chosen[row.pk] for row in fresh if row not in changed),
        stale=tuple(chosen[row.pk] for row in rows if row not in fresh),
    )


def _apply(step: Step, row: Work) -> bool:
    """Whether the step changes anything; then it is in the row."""
    before = (row.status, row.assignee_id)
    if step.status:
        row.status = step.status
    if step.assigns:
        row.assignee = step.assignee
    return (row.status, row.assignee_id) != before or bool(step.note)


def _entry(row: Work, note: str, by: User, at: datetime) -> WorkEntry:
    return WorkEntry(
        change_set_id=row.pk,
        revision=row.revision,
        status=row.status,
        assignee_id=row.assignee_id,
        note=note,
        by=by,
        at=at,
    )

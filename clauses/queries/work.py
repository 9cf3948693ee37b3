"""Reads of a team's work on change sets. Whoever calls them shows the answer to signed-in people alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet

from clauses.models import ChangeSet, Reader, Work, WorkEntry, WorkStatus
from clauses.models.choices import SeverityLevel
from clauses.queries.scope import standing_change_sets
from clauses.queries.twins import Json, change_set_head, document_head, public_url, written
from clauses.queries.unread import unread

NOBODY = "nobody"
OPEN = "open"
_OPEN = (WorkStatus.NEW, WorkStatus.FOLLOW_UP)
COLUMNS = (
    "at",
    "by",
    "change_set",
    "url",
    "platform",
    "document",
    "detected_at",
    "severity",
    "direction",
    "headline",
    "step",
    "status",
    "assignee",
    "note",
)


@dataclass(frozen=True, slots=True)
class TeamFilter:
    """What a signed-in person asked to see of the work. `assignee` is a user's key, "nobody", or empty for anyone."""

    status: str = ""
    assignee: str = ""
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many standing change sets have a status; of new ones those that somebody touched."""

    status: WorkStatus
    count: int


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry with what it changed: empty words where it left that as it was. `change_set` where it is another."""

    entry: WorkEntry
    status: str
    assignee: str
    change_set: ChangeSet | None


def with_team_filter(
    found: QuerySet[ChangeSet], asked: TeamFilter, reader: Reader | None
) -> QuerySet[ChangeSet]:
    """Those of these change sets that fit, with their work at hand as `work`."""
    found = found.select_related("work__assignee", "work__changed_by")
    if asked.status == WorkStatus.NEW:
        found = found.filter(Q(work__isnull=True) | Q(work__status=WorkStatus.NEW))
    elif asked.status:
        found = found.filter(work__status=asked.status)
    if asked.assignee == NOBODY:
        found = found.filter(work__assignee__isnull=True)
    elif asked.assignee:
        found = found.filter(work__assignee=int(asked.assignee))
    return unread(found, reader) if asked.is_unread and reader else found


def worked_on(status: str, assignee: str, platforms: Collection[str]) -> QuerySet[ChangeSet]:
    """The change sets that somebody has worked on, the latest step first. What is empty asks for nothing.

    `status` is one of the words or "open": new or follow-up; `assignee` as in TeamFilter.
    """
    found = standing_change_sets().filter(work__isnull=False)
    if status == OPEN:
        found = found.filter(work__status__in=_OPEN)
    if platforms:
        found = found.filter(document__platform__slug__in=platforms)
    asked = TeamFilter(status="" if status == OPEN else status, assignee=assignee)
    return with_team_filter(found, asked, None).order_by(F("work__changed_at").desc(), "-number")


def status_counts(user: Any) -> tuple[int, list[StatusCount]]:
    """How much is open and the user's own, and how many change sets have each status, in the order of the words."""
    rows = Work.objects.filter(change_set__superseded_by__isnull=True)
    counts = dict(rows.order_by().values_list("status").annotate(count=Count("pk")))
    mine = rows.filter(assignee=user, status__in=_OPEN).count()
    return mine, [StatusCount(status, counts.get(status.value, 0)) for status in WorkStatus]


def people() -> QuerySet[User]:
    """Who can be given work: everybody who can sign in."""
    return User.objects.filter(is_active=True).order_by("username")


def work_on(change_set: ChangeSet) -> Work:
    """Where the work stands; an unsaved row of revision 0 where nobody has touched it."""
    found = Work.objects.filter(pk=change_set.pk).select_related("assignee", "changed_by").first()
    return found or Work(change_set=change_set)


def history(change_set: ChangeSet) -> list[ShownEntry]:
    """What was done on a change set and on those it took the place of, the latest first."""
    of_both = Q(change_set=change_set) | Q(change_set__superseded_by=change_set)
    rows = WorkEntry.objects.filter(of_both).select_related("change_set", "assignee", "by")
    return list(shown_entries(rows.order_by("change_set", "revision"), change_set))[::-1]


def shown_entries(rows: Iterable[WorkEntry], about: ChangeSet | None = None) -> Iterator[ShownEntry]:
    """Entries, ordered by change set and revision, with what each changed."""
    before: WorkEntry | None = None
    for row in rows:
        if before and before.change_set_id != row.change_set_id:
            before = None
        status = before.status if before else WorkStatus.NEW.value
        assignee = before.assignee_id if before else None
        yield ShownEntry(
            entry=row,
            status=row.get_status_display() if row.status != status else "",
            assignee=_name(row) if row.assignee_id != assignee else "",
            change_set=row.change_set if about and row.change_set_id != about.pk else None,
        )
        before = row


def entries_since(change_set: ChangeSet, revision: int) -> list[ShownEntry]:
    """What others did on a change set after a revision, the latest first."""
    return [row for row in history(change_set) if not row.change_set and row.entry.revision > revision]


def audit_rows(found: QuerySet[ChangeSet] | None) -> Iterator[list[object]]:
    """Every entry, oldest first, as a row of COLUMNS; of these change sets, or of all, superseded ones included."""
    rows = WorkEntry.objects.select_related("change_set__document__platform", "assignee", "by")
    if found is not None:
        rows = rows.filter(change_set__in=found.order_by().values("pk"))
    for row in rows.order_by("at", "pk").iterator(chunk_size=500):
        yield _audit_row(row)


def work_twin(page: Iterable[ChangeSet]) -> list[Json]:
    """The twin of rows of the list of work."""
    return [
        change_set_head(row)
        | {
            "document": document_head(row.document),
            "status": row.work.status,
            "assignee": row.work.assignee.get_username() if row.work.assignee else None,
            "changed_by": row.work.changed_by.get_username() if row.work.changed_by else None,
            "changed_at": written(row.work.changed_at),
        }
        for row in page
    ]


def _name(row: WorkEntry) -> str:
    return row.assignee.get_username() if row.assignee else "nobody"


def _audit_row(row: WorkEntry) -> list[object]:
    change_set = row.change_set
    return [
        written(row.at),
        row.by.get_username(),
        change_set.public_id,
        public_url("change-set", change_set.number),
        change_set.document.platform.name,
        change_set.document.name,
        written(change_set.detected_at),
        SeverityLevel(change_set.severity).word,
        change_set.direction,
        change_set.headline,
        row.revision,
        row.status,
        row.assignee.get_username() if row.assignee else "",
        row.note,
    ]

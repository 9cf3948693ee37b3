"""What happened to a record through time: recorded, edited, moved, split, merged, removed, back again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clauses.models import Change, ChangeSet, Clause, Occurrence
from clauses.models.choices import ChangeWord
from monitor.models import Version

_WORDS = {
    "recorded": "first recorded",
    "reintroduced": "back in the text",
    "split_off": "split off from another clause",
    "absorbed": "took up another clause",
    "superseded": "merged into another clause",
    "retitled": "under another heading",
    "reframed": "under another introduction or table header",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, with the version that brought it; `other` is the record it happened with.

    `kind` is a kind of change, or: recorded, reintroduced, split_off, absorbed, superseded, retitled, reframed.
    `change_set` is None for the first version; `change` is that of this record in it, None where it has none.
    """

    kind: str
    version: Version
    change_set: ChangeSet | None
    other: Clause | None = None
    change: Change | None = None

    @property
    def words(self) -> str:
        """The event as a reader names it."""
        return _WORDS.get(self.kind, self.kind)


def record_events(clause: Clause) -> list[Event]:
    """All events of a record, oldest first. A fixed number of queries."""
    change_sets = _change_sets(clause)
    found = [*_occurrences(clause, change_sets), *_ends(clause, change_sets)]
    return sorted(found, key=lambda event: event.version.ordinal)


def _change_sets(clause: Clause) -> dict[int, ChangeSet]:
    """The document's standing change sets by the version they led to."""
    rows = ChangeSet.objects.filter(document=clause.document_id, superseded_by__isnull=True)
    related = rows.select_related("document__platform", "old_version", "new_version")
    return {row.new_version_id: row for row in related}


def _occurrences(clause: Clause, change_sets: dict[int, ChangeSet]) -> Iterator[Event]:
    """What each new wording or place of it was."""
    changes = {row.change_set_id: row for row in Change.objects.filter(clause=clause)}
    rows = clause.occurrences.select_related("first_version")
    before: Occurrence | None = None
    for occurrence in rows.order_by("first_version__ordinal", "pk"):
        version = occurrence.first_version
        change_set = change_sets.get(version.pk)
        change = changes.get(change_set.pk) if change_set else None
        if before is None:
            kind = "split_off" if clause.split_from else "recorded"
            yield Event(kind, version, change_set, clause.split_from, change)
        elif change is None:
            is_retitled = occurrence.heading_path != before.heading_path
            yield Event("retitled" if is_retitled else "reframed", version, change_set)
        else:
            kind = "reintroduced" if change.kind == ChangeWord.ADDED else change.kind
            yield Event(kind, version, change_set, change=change)
        before = occurrence


def _ends(clause: Clause, change_sets: dict[int, ChangeSet]) -> Iterator[Event]:
    """Its removals, and the records that were merged with it."""
    removals = Change.objects.filter(
        clause=clause, kind=ChangeWord.REMOVED, change_set__superseded_by__isnull=True
    )
    for row in removals:
        change_set = next(one for one in change_sets.values() if one.pk == row.change_set_id)
        yield Event("removed", change_set.new_version, change_set, change=row)
    merged = clause.absorbed.filter(removed_in__isnull=False).select_related("removed_in")
    for absorbed in merged:
        assert absorbed.removed_in
        yield Event("absorbed", absorbed.removed_in, change_sets.get(absorbed.removed_in_id or 0), absorbed)
    if clause.superseded_by and clause.removed_in:
        yield Event(
            "superseded", clause.removed_in, change_sets.get(clause.removed_in.pk), clause.superseded_by
        )

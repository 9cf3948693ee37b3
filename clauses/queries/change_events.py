"""What happened to change sets since a mirror asked last."""

from __future__ import annotations

from collections.abc import Iterable

from clauses.models import ChangeEvent, ChangeSet
from clauses.queries.list_twins import change_row_twin
from clauses.queries.twins import Json, written


def events_after(number: int, most: int) -> list[ChangeEvent]:
    """So many events after a number, in the order in which they were put on record: none is added between them."""
    return list(ChangeEvent.objects.filter(number__gt=number).order_by("number")[:most])


def events_twin(events: Iterable[ChangeEvent]) -> list[Json]:
    """The twin of events, each with what its change set is now. Four queries for all."""
    listed = list(events)
    found = (
        ChangeSet.objects.filter(number__in={event.change_set for event in listed})
        .select_related("document__platform", "old_version", "new_version", "superseded_by")
        .prefetch_related("changed_types", "rulings")
    )
    rows = {row.number: row for row in found}
    return [_event(event, rows.get(event.change_set)) for event in listed]


def _event(event: ChangeEvent, row: ChangeSet | None) -> Json:
    heir = row.superseded_by if row else None
    return {
        "event": event.kind,
        "at": written(event.at),
        "id": ChangeSet(number=event.change_set).public_id,
        "change_set": change_row_twin(row) if row else None,
        "superseded_by": heir.public_id if heir else None,
        "ruling": _ruling(row) if row else None,
    }


def _ruling(row: ChangeSet) -> Json | None:
    latest = next(iter(row.rulings.all()), None)
    if latest is None:
        return None
    return {"is_real": latest.is_real, "reason": latest.reason, "ruled_at": written(latest.ruled_at)}

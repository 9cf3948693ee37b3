"""What happened since a cursor: for whoever keeps a copy of all changes."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel

from clauses.api.answers.changes import Changes
from clauses.api.answers.parts import told
from clauses.api.cursors import cursor_of, marks_of
from clauses.api.operations import reads
from clauses.api.patterns import CURSOR
from clauses.queries.change_events import events_after, events_twin
from clauses.queries.twins import Json

_TAG = "change sets"
_NAME = "changes"
_MOST = 500


class Since(BaseModel):
    """From where on."""

    since: str | None = told(
        "`next` of the answer before; without it, from the beginning",
        default=None,
        max_length=120,
        pattern=CURSOR,
    )
    limit: int = told("How many events at most", default=100, ge=1, le=_MOST)


@reads(_TAG, "/changes", Changes)
def changes(request: HttpRequest, asked: Query[Since]) -> Json:
    """Follow what happens to change sets.

    Every event in the order in which it was put on record, samples and technical changes included, none left out and
    none told twice: keep `next` and ask with it again. What a change set is now stands beside each event, so that the
    latest one of a change set decides.
    """
    behind = marks_of(_NAME, asked.since, 1, "since")[0] if asked.since else 0
    found = events_after(behind, asked.limit + 1)
    events = found[: asked.limit]
    return {
        "events": events_twin(events),
        "next": cursor_of(_NAME, events[-1].number if events else behind),
        "is_last": len(found) <= asked.limit,
    }

"""What the JSON twins of the list of changes and of the status page say. The fields are documented in docs/json.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.paginator import Page

from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.health import OutcomeCount, Queue, ReadingHealth
from clauses.queries.twins import Json, change_set_head, document_head, written
from monitor.models import Candidate


def changes_twin(page: Page[ChangeSet], counts: Iterable[tuple[SeverityLevel, int]]) -> Json:
    """The twin of a page of the list of changes."""
    return {
        "count": page.paginator.count,
        "counts": {level.word: count for level, count in counts},
        "page": page.number,
        "pages": page.paginator.num_pages,
        "changes": [
            change_set_head(row)
            | {
                "document": document_head(row.document),
                "from": row.old_version.public_id,
                "to": row.new_version.public_id,
                "types": sorted(changed.type for changed in row.changed_types.all()),
                "counts": row.counts,
            }
            for row in page
        ],
    }


def status_twin(
    now: datetime,
    health: ReadingHealth,
    outcomes: Iterable[OutcomeCount],
    candidates: Iterable[Candidate],
    queues: Iterable[Queue],
    given_up: int,
) -> Json:
    """The twin of the status page: its figures, without the table of pages."""
    return {
        "at": written(now),
        "platforms": health.platforms,
        "documents": health.documents,
        "watched": health.watched,
        "read_in_a_day": health.read_in_a_day,
        "last_read_at": written(health.last_read_at),
        "failing": health.failing,
        "being_confirmed": [
            {
                "document": document_head(row.document),
                "first_seen_at": written(row.first_seen_at),
                "is_unstable": row.is_flip,
            }
            for row in candidates
        ],
        "readings": [
            {"outcome": row.outcome.value, "is_problem": row.is_problem, "day": row.day, "week": row.week}
            for row in outcomes
        ],
        "queues": [
            {"name": row.name, "count": row.count, "oldest_at": written(row.oldest_at)} for row in queues
        ],
        "alerts_given_up": given_up,
    }

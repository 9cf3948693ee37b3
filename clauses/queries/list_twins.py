"""What the JSON twin of the list of changes says. The fields are documented in docs/json.md."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Page

from clauses.core.in_order import in_order
from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.twins import Json, change_set_head, document_head


def changes_twin(page: Page[ChangeSet], counts: Iterable[tuple[SeverityLevel, int]]) -> Json:
    """The twin of a page of the list of changes."""
    return {
        "count": page.paginator.count,
        "counts": {level.word: count for level, count in counts},
        "page": page.number,
        "pages": page.paginator.num_pages,
        "changes": [change_row_twin(row) for row in page],
    }


def change_row_twin(row: ChangeSet) -> Json:
    """The line of a change set."""
    return change_set_head(row) | {
        "document": document_head(row.document),
        "from": row.old_version.public_id,
        "to": row.new_version.public_id,
        "types": sorted(changed.type for changed in row.changed_types.all()),
        "counts": in_order(row.counts),
    }

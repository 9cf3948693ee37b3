"""What else there is in the document of a clause: its heaviest other clauses, and its latest changes."""

from __future__ import annotations

from dataclasses import dataclass

from clauses.models import ChangeSet, Clause
from clauses.models.choices import SeverityLevel
from clauses.queries.adoption import standing_clauses
from clauses.queries.scope import standing_change_sets

_CLAUSES = 5
_CHANGES = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The heaviest other clauses that stand, most severe first, and the latest changes of the publisher."""

    clauses: list[Clause]
    changes: list[ChangeSet]


def surroundings_of(clause: Clause) -> Surroundings:
    """What else there is in its document."""
    others = standing_clauses().filter(document=clause.document_id, severity__gte=SeverityLevel.MEDIUM)
    changes = standing_change_sets().filter(document=clause.document_id, is_technical=False)
    return Surroundings(
        clauses=list(others.exclude(pk=clause.pk).order_by("-severity", "number")[:_CLAUSES]),
        changes=list(changes[:_CHANGES]),
    )

"""What else there is in the document of a clause: its heaviest other clauses, and its latest changes."""

from __future__ import annotations

from dataclasses import dataclass

from clauses.models import ChangeSet, Clause, ListedClause
from clauses.models.choices import SeverityLevel
from clauses.models.listing import positions_of
from clauses.queries.adoption import clauses_at
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
    others = ListedClause.objects.filter(document=clause.document_id).exclude(clause=clause)
    _, last = positions_of(SeverityLevel.MEDIUM)
    positions = others.filter(position__lte=last).order_by("position").values_list("position", flat=True)
    clauses = clauses_at(list(positions[:_CLAUSES]))
    changes = standing_change_sets().filter(document=clause.document_id, is_technical=False)
    return Surroundings(
        clauses=[clauses[position] for position in sorted(clauses)],
        changes=list(changes[:_CHANGES]),
    )

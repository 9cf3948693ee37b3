"""What curators ruled of clauses, as curation and comparisons read it."""

from __future__ import annotations

from collections.abc import Sequence

from clauses.core.rulings import Ruling
from clauses.models import Clause, Decision

_CHUNK = 500


def decisions_on(clauses: set[int]) -> dict[int, list[Decision]]:
    """The decisions that stand on clauses, by clause, the latest first. Where there are none, one query says so."""
    found: dict[int, list[Decision]] = {}
    keys = sorted(clauses)
    for start in range(0, len(keys), _CHUNK):
        rows = Decision.objects.standing().filter(clause__in=keys[start : start + _CHUNK])
        for row in rows.select_related("wording", "clause"):
            found.setdefault(row.clause_id, []).append(row)
    return found


def latest_decision(clause: Clause) -> int:
    """The key of the latest decision that stands on a clause, whatever its words; 0 where there is none."""
    return clause.decisions.standing().values_list("pk", flat=True).first() or 0


def rulings(records: Sequence[int]) -> dict[int, list[Ruling]]:
    """What curators ruled of records, given by key: by index, the latest first."""
    made = decisions_on(set(records))
    return {
        index: [Ruling(row.wording.text, tuple(row.types)) for row in made[record]]
        for index, record in enumerate(records)
        if record in made
    }

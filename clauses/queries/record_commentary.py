"""What curators have written about a record."""

from __future__ import annotations

from dataclasses import dataclass

from clauses.core.rulings import binds
from clauses.models import Clause, Commentary


@dataclass(frozen=True, slots=True)
class RecordCommentary:
    """The latest text, and how many there were before. `is_present`: about the present words or a cosmetic variant."""

    latest: Commentary
    earlier: int
    is_present: bool


def record_commentary(clause: Clause) -> RecordCommentary | None:
    """The commentary of a record; None where there is none, or the latest one took it back."""
    rows = list(clause.commentaries.select_related("written_by", "wording"))
    if not rows or not rows[0].text:
        return None
    current = clause.current
    is_present = current is not None and binds(rows[0].wording.text, current.wording.text)
    return RecordCommentary(rows[0], len(rows) - 1, is_present)

"""What curators ruled on a record, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from clauses.core.rulings import binds
from clauses.core.taxonomy import ClauseType
from clauses.models import Clause, Decision
from clauses.models.choices import SeverityLevel
from clauses.queries.clause_types import named_types


@dataclass(frozen=True, slots=True)
class RuledDecision:
    """A curator's decision. `is_present`: on the present wording or a cosmetic variant; `is_binding`: and no later
    one is. `is_proposal`: the text changed since, and no decision is in force; `made_on` is the record it was
    made on where that is another one, absorbed by this one or the one this was split from. `taken_back` is the row
    that took it back.
    """

    decision: Decision
    types: list[ClauseType]
    severity: SeverityLevel
    is_binding: bool
    is_present: bool
    is_proposal: bool = False
    made_on: Clause | None = None
    taken_back: Decision | None = None


def record_decisions(clause: Clause) -> list[RuledDecision]:
    """All decisions, the latest first, an inherited proposal before them. The latest one that binds is in force."""
    text = clause.current.wording.text if clause.current else None
    rows = []
    is_open = True
    if clause.proposal and clause.proposal.clause_id != clause.pk:
        rows.append(_ruled(clause, clause.proposal, made_on=clause.proposal.clause))
    made = clause.decisions.filter(reverts__isnull=True)
    for decision in made.select_related("decided_by", "wording", "reverted_by__decided_by"):
        is_present = text is not None and binds(decision.wording.text, text)
        if taken_back := getattr(decision, "reverted_by", None):
            rows.append(_ruled(clause, decision, is_present=is_present, taken_back=taken_back))
            continue
        rows.append(_ruled(clause, decision, is_present=is_present, is_binding=is_present and is_open))
        is_open = is_open and not is_present
    return rows


def _ruled(
    clause: Clause,
    decision: Decision,
    *,
    is_present: bool = False,
    is_binding: bool = False,
    made_on: Clause | None = None,
    taken_back: Decision | None = None,
) -> RuledDecision:
    return RuledDecision(
        decision,
        named_types(decision.types),
        SeverityLevel(decision.severity),
        is_binding,
        is_present,
        is_proposal=decision.pk == clause.proposal_id,
        made_on=made_on,
        taken_back=taken_back,
    )

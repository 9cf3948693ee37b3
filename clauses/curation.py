"""Curators' decisions, and what is in force for a clause: a decision where there is one, else the machine's reading."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from clauses.models import Clause, Decision, Label, Occurrence
from clauses.models.choices import ConfidenceWord, SeverityLevel
from monitor.core.blocks import CELL_SEPARATOR

_CHUNK = 500


class DecisionError(ValueError):
    """A decision that cannot be taken; the message says why in one line."""


def decide(
    clause: Clause, types: Sequence[str], severity: SeverityLevel, reason: str, user: User
) -> Decision:
    """Record a decision on a clause at the wording that the caller saw, and put it in force.

    Raises DecisionError, also where the wording has changed since the clause was loaded.
    """
    if clause.current is None:
        raise DecisionError(f"{clause.public_id} has no wording to decide on")
    if not reason.strip():
        raise DecisionError("a decision needs a reason: readers of the record see it")
    with transaction.atomic():
        # Locked first: an analysis that is under way has the last word on what the present wording is.
        Clause.objects.select_for_update().get(pk=clause.pk)
        seen, clause = (
            clause.current.wording_id,
            Clause.objects.select_related("current__wording").get(pk=clause.pk),
        )
        if clause.current is None or clause.current.wording_id != seen:
            raise DecisionError(f"the wording of {clause.public_id} has changed since; look at it again")
        decision = Decision.objects.create(
            clause=clause,
            wording=clause.current.wording,
            types=list(types),
            severity=severity,
            reason=reason.strip(),
            decided_by=user,
        )
        put_in_force([clause])
    return decision


def binding_decision(clause: Clause) -> Decision | None:
    """The latest decision on the clause at its present wording, or None."""
    if clause.current is None:
        return None
    return clause.decisions.filter(wording=clause.current.wording_id).select_related("decided_by").first()


def put_in_force(clauses: Sequence[Clause]) -> None:
    """Set severity, confidence and labels of clauses from their decisions and present classifications.

    The clauses' `current` occurrences are read; the number of queries does not depend on the number of clauses.
    """
    present = [clause for clause in clauses if clause.current is not None]
    decisions = _binding_decisions(present)
    headers = _table_headers(present)
    labels: list[Label] = []
    for clause in present:
        assert clause.current
        decision, read = decisions.get(clause.pk), clause.current.classification
        is_header = (clause.document_id, clause.current.wording.text) in headers
        clause.severity = decision.severity if decision else read.severity
        clause.confidence = ConfidenceWord.HIGH if decision else read.confidence
        clause.doubt = 0.0 if decision or is_header else read.doubt
        bases = [(slug, "curator") for slug in decision.types] if decision else _read_bases(read.types)
        labels += (
            Label(clause=clause, type=t, rank=rank, basis=basis) for rank, (t, basis) in enumerate(bases)
        )
    Clause.objects.bulk_update(present, ["severity", "confidence", "doubt"], batch_size=200)
    for start in range(0, len(present), _CHUNK):
        Label.objects.filter(clause__in=present[start : start + _CHUNK]).delete()
    Label.objects.bulk_create(labels, batch_size=_CHUNK)


def _binding_decisions(clauses: Sequence[Clause]) -> dict[int, Decision]:
    """The latest decision of each clause on its present wording, where there is one."""
    found: dict[int, Decision] = {}
    wording = {clause.pk: clause.current.wording_id for clause in clauses if clause.current}
    documents = {clause.document_id for clause in clauses}
    for decision in Decision.objects.filter(clause__document__in=documents).order_by("decided_at", "pk"):
        if wording.get(decision.clause_id) == decision.wording_id:
            found[decision.clause_id] = decision
    return found


def _table_headers(clauses: Sequence[Clause]) -> set[tuple[int, str]]:
    """The header rows of the documents' tables, by document: they name columns, so nobody needs to rule on them."""
    documents = {clause.document_id for clause in clauses}
    rows = Occurrence.objects.filter(clause__document__in=documents, last_version__isnull=True)
    found = rows.exclude(header=[]).values_list("clause__document", "header")
    return {(document, CELL_SEPARATOR.join(header)) for document, header in found}


def _read_bases(types: Sequence[dict[str, str]]) -> list[tuple[str, str]]:
    return [(match["slug"], match["basis"]) for match in types]

"""Curators' decisions, and what is in force for a clause: a decision where there is one, else the machine's reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from clauses.core.rulings import binds
from clauses.listing import list_document, list_documents
from clauses.models import Classification, Clause, Decision, Label, Occurrence
from clauses.models.choices import ConfidenceWord, SeverityLevel
from clauses.queries.decided import decisions_on, latest_decision
from monitor.core.blocks import CELL_SEPARATOR
from monitor.models import Document

_CHUNK = 500
# The doubt of a clause whose text changed since a decision, and is read otherwise than was decided.
_TEXT_CHANGED = 0.75


class DecisionError(ValueError):
    """A decision that cannot be taken; the message says why in one line."""


def decide(
    clause: Clause,
    types: Sequence[str],
    severity: SeverityLevel,
    reason: str,
    user: User,
    latest: int | None = None,
) -> Decision:
    """Record a decision on a clause at the wording that the caller saw, and put it in force.

    A type that is named again is left out: each stands at its first place. `latest` is the key of the latest decision
    that the caller saw, 0 for none; None: any. Raises DecisionError, also where the wording has changed since the
    clause was loaded, or somebody decided meanwhile.
    """
    with transaction.atomic():
        decision = _decided(clause, types, severity, reason, user, latest)
        list_document(clause.document_id)
    return decision


def _decided(
    clause: Clause,
    types: Sequence[str],
    severity: SeverityLevel,
    reason: str,
    user: User,
    latest: int | None = None,
) -> Decision:
    """The decision, in force, in no list yet. Raises before anything is written."""
    if clause.current is None:
        raise DecisionError(f"{clause.public_id} has no wording to decide on")
    _need(reason)
    seen, clause = clause.current.wording_id, _locked(clause)
    if clause.current is None or clause.current.wording_id != seen:
        raise DecisionError(f"the wording of {clause.public_id} has changed since; look at it again")
    if latest is not None and latest != latest_decision(clause):
        raise DecisionError(f"somebody decided on {clause.public_id} meanwhile; look at it again")
    decision = Decision.objects.create(
        clause=clause,
        wording=clause.current.wording,
        types=list(dict.fromkeys(types)),
        severity=severity,
        reason=reason.strip(),
        decided_by=user,
        said=_said(clause.current.classification),
    )
    put_in_force([clause])
    return decision


def decide_alike(decision: Decision, clauses: Iterable[Clause], user: User) -> list[Decision]:
    """Rule the same of other clauses, each at the wording that the caller saw; those that changed since are left out.

    All or none of the rest.
    """
    made: list[Decision] = []
    reason = f"As {decision.clause.public_id}: {decision.reason}"[:500]
    chosen = list(clauses)
    with transaction.atomic():
        _lock_documents(chosen)
        for clause in chosen:
            try:
                made.append(_decided(clause, decision.types, SeverityLevel(decision.severity), reason, user))
            except DecisionError:
                continue
        list_documents([row.clause.document_id for row in made])
    return made


def revert(decision: Decision, reason: str, user: User) -> Decision:
    """Take a decision back, by a row of its own: what was in force before it is in force again.

    Raises DecisionError where it was taken back already, or takes another one back.
    """
    _need(reason)
    with transaction.atomic():
        clause = _locked(decision.clause)
        if decision.reverts_id:
            raise DecisionError(
                f"this row takes a decision on {clause.public_id} back and rules nothing itself: decide anew"
            )
        if Decision.objects.filter(reverts=decision).exists():
            raise DecisionError(f"this decision on {clause.public_id} is taken back already")
        row = Decision.objects.create(
            clause=clause,
            wording=decision.wording,
            types=decision.types,
            severity=decision.severity,
            reason=reason.strip(),
            decided_by=user,
            said=_said(clause.current.classification) if clause.current else {},
            reverts=decision,
        )
        put_in_force([clause])
        list_document(clause.document_id)
    return row


def _need(reason: str) -> None:
    if not reason.strip():
        raise DecisionError("a decision needs a reason: readers of the record see it")


def _lock_documents(clauses: Sequence[Clause]) -> None:
    """Lock the documents of all of them in one order: two batches, each from another end, would wait for each other."""
    keys = {clause.document_id for clause in clauses}
    list(Document.objects.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk"))


def _locked(clause: Clause) -> Clause:
    """The clause as it is now, locked as an analysis locks: one under way has the last word on the present wording."""
    Document.objects.select_for_update().get(pk=clause.document_id)
    Clause.objects.select_for_update().get(pk=clause.pk)
    return Clause.objects.select_related("current__wording", "current__classification").get(pk=clause.pk)


def _said(read: Classification) -> dict[str, Any]:
    return {
        "types": [{key: row[key] for key in ("slug", "score", "basis")} for row in read.types],
        "severity": SeverityLevel(read.severity).word,
        "confidence": read.confidence,
        "taxonomy_version": read.taxonomy_version,
    }


def binding_decision(clause: Clause) -> Decision | None:
    """The latest decision on the clause at its present wording or a cosmetic variant, or None."""
    if clause.current is None:
        return None
    text = clause.current.wording.text
    made = clause.decisions.standing().select_related("decided_by", "wording")
    return next((row for row in made if binds(row.wording.text, text)), None)


def put_in_force(clauses: Sequence[Clause]) -> None:
    """Set severity, confidence and labels of clauses from their decisions and present classifications.

    A decision made on other words is not in force: it is a proposal, and the clause waits for a look where the
    reading says otherwise. The clauses' `current` occurrences are read; the number of queries does not depend
    on the number of clauses.
    """
    present = [clause for clause in clauses if clause.current is not None]
    made = decisions_on(_relatives(present))
    absorbed = _absorbed(made)
    headers = _table_headers(present)
    labels: list[Label] = []
    for clause in present:
        assert clause.current
        read = clause.current.classification
        text = clause.current.wording.text
        decision = next((row for row in made.get(clause.pk, ()) if binds(row.wording.text, text)), None)
        clause.decision = decision
        clause.proposal = None if decision else _proposal(clause, made, absorbed)
        clause.severity = decision.severity if decision else read.severity
        clause.confidence = ConfidenceWord.HIGH if decision else read.confidence
        is_header = (clause.document_id, text) in headers
        clause.doubt = 0.0 if decision or is_header else max(read.doubt, _disagreement(clause.proposal, read))
        bases = [(slug, "curator") for slug in decision.types] if decision else _read_bases(read.types)
        labels += (
            Label(clause=clause, type=t, rank=rank, basis=basis) for rank, (t, basis) in enumerate(bases)
        )
    fields = ["severity", "confidence", "doubt", "decision", "proposal"]
    Clause.objects.bulk_update(present, fields, batch_size=200)
    for start in range(0, len(present), _CHUNK):
        Label.objects.filter(clause__in=present[start : start + _CHUNK]).delete()
    Label.objects.bulk_create(labels, batch_size=_CHUNK)


def _relatives(clauses: Sequence[Clause]) -> set[int]:
    """The clauses, the records they were split from and those that were merged into them."""
    own = {clause.pk for clause in clauses}
    origins = {clause.split_from_id for clause in clauses if clause.split_from_id}
    documents = {clause.document_id for clause in clauses}
    absorbed = Clause.objects.filter(document__in=documents, superseded_by__isnull=False)
    return own | origins | {pk for pk, heir in absorbed.values_list("pk", "superseded_by") if heir in own}


def _absorbed(made: Mapping[int, Sequence[Decision]]) -> dict[int, Decision]:
    """The latest decision on any of the clauses that were merged into a clause, by that clause."""
    found: dict[int, Decision] = {}
    for row in sorted(
        (row for rows in made.values() for row in rows), key=lambda row: (row.decided_at, row.pk)
    ):
        if heir := row.clause.superseded_by_id:
            found[heir] = row
    return found


def _proposal(
    clause: Clause, made: Mapping[int, Sequence[Decision]], absorbed: Mapping[int, Decision]
) -> Decision | None:
    """The latest decision on other words of the clause, else on what it was split from or absorbed."""
    own = made.get(clause.pk) or made.get(clause.split_from_id or 0)
    return own[0] if own else absorbed.get(clause.pk)


def _disagreement(proposal: Decision | None, read: Classification) -> float:
    """The doubt that comes of a decision on an earlier wording: none where the present one is read the same way."""
    if proposal is None:
        return 0.0
    return (
        0.0
        if set(proposal.types) == set(read.slugs) and proposal.severity == read.severity
        else _TEXT_CHANGED
    )


def _table_headers(clauses: Sequence[Clause]) -> set[tuple[int, str]]:
    """The header rows of the documents' tables, by document: they name columns, so nobody needs to rule on them."""
    documents = {clause.document_id for clause in clauses}
    rows = Occurrence.objects.filter(clause__document__in=documents, last_version__isnull=True)
    found = rows.exclude(header=[]).values_list("clause__document", "header")
    return {(document, CELL_SEPARATOR.join(header)) for document, header in found}


def _read_bases(types: Sequence[dict[str, str]]) -> list[tuple[str, str]]:
    return [(match["slug"], match["basis"]) for match in types]

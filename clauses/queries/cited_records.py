"""What the citation of a clause record states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clauses.core.citation import Cited
from clauses.models import Clause
from clauses.queries.clause_types import named_types
from clauses.queries.proof import Proof, proof_of
from clauses.queries.records import title_of
from clauses.queries.twins import public_url
from clauses.queries.wordings import WordingRow, wording_rows


def cited_record(clause: Clause, at: datetime) -> Cited:
    """The citation of a record of which nothing else is shown: without the rest of its page."""
    types = named_types(label.type for label in clause.labels.all())
    return cited(clause, title_of(clause, types), proof_of(clause), wording_rows(clause, at))


def cited(clause: Clause, title: str, proof: Proof | None, wordings: Sequence[WordingRow]) -> Cited:
    """The day of the wording shown, and the latest capture that proves it."""
    since = wordings[0].since if wordings else None
    version = proof.version if proof else since
    snapshot = proof.part.snapshot if proof and proof.part else None
    recorded_at = since.first_seen_at if since else clause.document.read_at
    assert recorded_at is not None
    return Cited(
        record_id=clause.public_id,
        version_id=version.public_id if version else "",
        platform=clause.document.platform.name,
        document=clause.document.name,
        title=title,
        number=proof.number if proof else "",
        recorded_on=recorded_at.date(),
        captured_at=snapshot.captured_at if snapshot else None,
        sha256=snapshot.blob_id if snapshot else "",
        url=public_url("record", clause.number),
        source_url=proof.source_url if proof else "",
        language=clause.document.language,
    )

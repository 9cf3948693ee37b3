"""The new text of a document that waits for its second sight: at most one."""

from __future__ import annotations

from datetime import datetime

from monitor.models import Candidate, Document, Fetch, Outcome
from monitor.texts import Assembled


def waiting(document: Document) -> Candidate | None:
    """The text that waits, if any."""
    return Candidate.objects.filter(document=document).first()


def keep_waiting(
    document: Document, assembled: Assembled, first_seen_at: datetime, last_seen_at: datetime
) -> None:
    """Let a text wait. None may be waiting."""
    Candidate.objects.create(
        document=document,
        fingerprint=assembled.fingerprint,
        snapshots=assembled.sightings,
        first_seen_at=first_seen_at,
        last_seen_at=last_seen_at,
    )


def dismiss(candidate: Candidate | None) -> None:
    """Take back a text that gave way to another: seen, never confirmed."""
    if candidate is None:
        return
    since = Fetch.objects.filter(source__document=candidate.document_id, at__gte=candidate.first_seen_at)
    # Of several changed sources, some may have been confirmed.
    confirmed = list(since.filter(outcome=Outcome.CONFIRMED).values_list("source", flat=True))
    taken_back = since.filter(outcome=Outcome.CANDIDATE).exclude(source__in=confirmed)
    taken_back.update(outcome=Outcome.TRANSIENT)
    candidate.delete()

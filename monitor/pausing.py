"""Stopping the reading of documents, and going on. What was recorded stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from monitor.acts import note
from monitor.models import ActKind, Document


def pause(documents: QuerySet[Document]) -> int:
    """Read these no more; how many."""
    return documents.update(is_paused=True, paused_by_import=False)


def resume(documents: QuerySet[Document], at: datetime) -> int:
    """Read these again, from now on; how many. Samples have no page to read; for what is retired, another is read."""
    return documents.filter(platform__is_sample=False, succeeded_by=None).update(
        is_paused=False, paused_by_import=False, next_fetch_at=at
    )


@transaction.atomic
def turn(document: Document, by: Any, at: datetime, *, is_on: bool) -> None:
    """Resume or pause one document, and put on record who did; what cannot be resumed stays as it is."""
    this = Document.objects.filter(pk=document.pk)
    if resume(this, at) if is_on else pause(this):
        note(by, ActKind.READING, f"document: {document}", "resumed" if is_on else "paused")

"""Stopping the reading of documents, and going on. What was recorded stays."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from monitor.models import Document


def pause(documents: QuerySet[Document]) -> int:
    """Read these no more; how many."""
    return documents.update(is_paused=True, paused_by_import=False)


def resume(documents: QuerySet[Document], at: datetime) -> int:
    """Read these again, from now on; how many. Samples have no page to read."""
    return documents.filter(platform__is_sample=False).update(
        is_paused=False, paused_by_import=False, next_fetch_at=at
    )

"""Pins the text that was agreed to, for a person or for the team."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from clauses.models import Baseline
from monitor.models import Document, Version


@transaction.atomic
def pin(version: Version, user: User | None, note: str, *, by: User, at: datetime) -> Baseline:
    """Make a version the baseline of its document for a person, or for the team where `user` is None.

    The one before ends and stays on record.
    """
    # Two who pin at once come one after the other, so neither meets the constraint.
    Document.objects.select_for_update().get(pk=version.document_id)
    earlier = Baseline.objects.filter(document=version.document_id, user=user, ended_at__isnull=True)
    earlier.update(ended_by=by, ended_at=at)
    return Baseline.objects.create(
        document_id=version.document_id,
        version=version,
        user=user,
        note=note.strip(),
        pinned_by=by,
        pinned_at=at,
    )


def end(baseline: Baseline, *, by: User, at: datetime) -> bool:
    """Unpin a baseline; its row stays. False where somebody did so before."""
    standing = Baseline.objects.filter(pk=baseline.pk, ended_at__isnull=True)
    return standing.update(ended_by=by, ended_at=at) == 1

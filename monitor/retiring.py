"""Retiring a document because another of its platform is read instead: the same terms, watched twice.

Both histories stay as they were recorded. To interleave them would be to write a record that nobody made: their
versions were confirmed, numbered and chained one after the other (docs/decisions/0021).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from monitor.models import Document


class CannotRetire(ValueError):
    """Why nothing was retired, in one line."""


def retire(document: Document, into: Document, at: datetime) -> None:
    """Read a document no more, since another is read instead. What is recorded stays there. Raises CannotRetire."""
    with transaction.atomic():
        both = Document.objects.select_for_update().order_by("pk").filter(pk__in=[document.pk, into.pk])
        rows = {row.pk: row for row in both.select_related("platform")}
        _check(rows[document.pk], rows[into.pk])
        Document.objects.filter(pk=document.pk).update(
            succeeded_by=into, retired_at=at, is_paused=True, paused_by_import=False
        )
    document.refresh_from_db()


def bring_back(document: Document, at: datetime) -> None:
    """Read a retired document again by itself, from now on."""
    Document.objects.filter(pk=document.pk).exclude(succeeded_by=None).update(
        succeeded_by=None, retired_at=None, is_paused=False, next_fetch_at=at
    )
    document.refresh_from_db()


def _check(document: Document, into: Document) -> None:
    if document.pk == into.pk:
        raise CannotRetire("A document cannot be read instead of itself")
    if document.platform_id != into.platform_id:
        raise CannotRetire("The two are documents of different platforms: merge these first")
    if document.platform.is_sample:
        raise CannotRetire("Samples are invented: nothing is read instead of one")
    if document.succeeded_by_id:
        raise CannotRetire(f"{document.name} is retired already")
    if into.succeeded_by_id:
        raise CannotRetire(f"{into.name} is retired itself")

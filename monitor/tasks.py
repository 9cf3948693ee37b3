"""What the worker does for the monitor. A task says "go look"; the rows say what there is to do."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from monitor.models import Document
from monitor.tracking import OutOfOrder
from monitor.watching import claim_due, due, fetch_document, hold, release


@shared_task
def sweep_due_documents() -> None:
    """Ask for a reading of every document that is due."""
    for document_id in due(timezone.now()).values_list("pk", flat=True):
        read_document.delay(document_id)


@shared_task
def read_document(document_id: int) -> None:
    """Read one document, unless somebody else does or it is no longer due."""
    claimed_at = timezone.now()
    if not claim_due(document_id, claimed_at):
        return
    try:
        for _ in fetch_document(Document.objects.get(pk=document_id)):
            claimed_at = hold(document_id, claimed_at)
    except OutOfOrder:
        # Somebody read it meanwhile, by command or by the desk.
        return
    finally:
        release(document_id, claimed_at)

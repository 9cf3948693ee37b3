"""Reading documents anew after an upgrade of ours: same records, same change sets, today's clauses and ratings."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from clauses import claims
from clauses.models import RereadingClaim
from clauses.queries.waiting import is_stale, stale_documents
from clauses.rewriting import Rerun, is_as_read, read_anew, write_anew
from monitor.models import Document


def reread_if_stale(document: Document) -> Rerun | None:
    """Read the analyzed versions of a document anew where another version of ours read them; else None.

    Run twice, even at the same time, it changes once. A version of ours owes no alert. Killed, it has changed
    nothing but classifications stored ahead, which the next run finds.
    """
    if not is_stale(document):
        return None
    anew = read_anew(document)
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        return write_anew(document, anew) if anew.analyses and is_as_read(document, anew) else None


def reread_next() -> Rerun | None:
    """Read one stale document anew that nobody else is at. None where there is none, or somebody was faster.

    A document that cannot be read holds up no other one: it stays claimed, so that it is tried again when the
    claim goes stale, and its error is raised.
    """
    for document in stale_documents():
        now = timezone.now()
        if claims.take(RereadingClaim, document.pk, now):
            rerun = reread_if_stale(document)
            claims.let_go(RereadingClaim, document.pk, now)
            return rerun
    return None

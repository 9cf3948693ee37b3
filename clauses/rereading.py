"""Reading documents anew after an upgrade of ours: same records, same change sets, today's clauses and ratings."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from clauses import claims
from clauses.core.change_rubric import shipped_change_rubric
from clauses.core.segment import SEGMENTER_VERSION
from clauses.models import Analysis, ChangeSet, RereadingClaim
from clauses.rewriting import Rerun, is_as_read, read_anew, write_anew
from clauses.site_taxonomy import refresh_taxonomy
from monitor.models import Document


def stale_documents() -> QuerySet[Document]:
    """The documents with an analysis or a rating that another version of ours made."""
    analyses, ratings = _of_other_versions()
    is_stale = Q(pk__in=analyses.values("version__document")) | Q(pk__in=ratings.values("document"))
    return Document.objects.filter(is_stale).select_related("platform").order_by("pk")


def reread_if_stale(document: Document) -> Rerun | None:
    """Read the analyzed versions of a document anew where another version of ours read them; else None.

    Run twice, even at the same time, it changes once. A version of ours owes no alert. Killed, it has changed
    nothing but classifications stored ahead, which the next run finds.
    """
    if not _is_stale(document):
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


def _is_stale(document: Document) -> bool:
    analyses, ratings = _of_other_versions()
    return analyses.filter(version__document=document).exists() or ratings.filter(document=document).exists()


def _of_other_versions() -> tuple[QuerySet[Analysis], QuerySet[ChangeSet]]:
    """The analyses and the ratings that are not of the segmenter, taxonomy and rubric in force."""
    analyses = Analysis.objects.exclude(
        segmenter_version=SEGMENTER_VERSION, taxonomy_version=refresh_taxonomy().version
    )
    return analyses, ChangeSet.objects.exclude(rubric_version=shipped_change_rubric().version)

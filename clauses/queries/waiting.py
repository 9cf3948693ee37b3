"""What waits for its reading: of texts not analyzed nothing can be said, and others are read by an older taxonomy."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from clauses.core.segment import SEGMENTER_VERSION
from clauses.models import Analysis, ChangeSet
from clauses.queries.scope import shown
from clauses.site_taxonomy import change_rubric_in_force, refresh_taxonomy, taxonomy_in_force
from monitor.models import Document


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` analyzed documents are read by today's segmenter and taxonomy."""

    done: int
    total: int

    @property
    def left(self) -> int:
        """How many are still to be read."""
        return self.total - self.done


def waiting_documents() -> QuerySet[Document]:
    """The documents whose current version waits for its analysis, by platform and name."""
    found = Document.objects.filter(current_version__isnull=False, current_version__analysis__isnull=True)
    found = found.filter(shown("platform__"))
    return found.select_related("platform").order_by("platform__name", "name", "pk")


def is_waiting(document: Document) -> bool:
    """Whether the current version of a document waits for its analysis."""
    return waiting_documents().filter(pk=document.pk).exists()


def stale_documents() -> QuerySet[Document]:
    """The documents with an analysis or a standing rating that another version of ours made."""
    is_stale = Q(pk__in=_stale_analyses().values("version__document")) | Q(
        pk__in=_stale_ratings().values("document")
    )
    return Document.objects.filter(is_stale).select_related("platform").order_by("pk")


def is_stale(document: Document) -> bool:
    """Whether `stale_documents` has a document, told from its own rows alone."""
    return (
        _stale_analyses().filter(version__document=document).exists()
        or _stale_ratings().filter(document=document).exists()
    )


def rereading() -> Progress | None:
    """How far the documents are read anew after the taxonomy changed; None where all are. One query.

    It goes by the present texts: a document is read anew as a whole.
    """
    read_today = Q(
        current_version__analysis__segmenter_version=SEGMENTER_VERSION,
        current_version__analysis__taxonomy_version=taxonomy_in_force().version,
    )
    analyzed = Document.objects.filter(current_version__analysis__isnull=False)
    counts = analyzed.aggregate(total=Count("pk"), done=Count("pk", filter=read_today))
    return Progress(**counts) if counts["done"] < counts["total"] else None


def _stale_analyses() -> QuerySet[Analysis]:
    return Analysis.objects.exclude(
        segmenter_version=SEGMENTER_VERSION, taxonomy_version=refresh_taxonomy().version
    )


def _stale_ratings() -> QuerySet[ChangeSet]:
    # A superseded change set keeps its rating: what it compared are neighbors no more.
    standing = ChangeSet.objects.filter(superseded_by__isnull=True)
    return standing.exclude(rubric_version=change_rubric_in_force().version)

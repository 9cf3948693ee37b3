"""What is stored and not analyzed yet: of its clauses nothing can be said, least of all that there are none."""

from __future__ import annotations

from django.db.models import QuerySet

from clauses.queries.scope import shown
from monitor.models import Document


def waiting_documents() -> QuerySet[Document]:
    """The documents whose current version waits for its analysis, by platform and name."""
    found = Document.objects.filter(current_version__isnull=False, current_version__analysis__isnull=True)
    found = found.filter(shown("platform__"))
    return found.select_related("platform").order_by("platform__name", "name", "pk")


def is_waiting(document: Document) -> bool:
    """Whether the current version of a document waits for its analysis."""
    return waiting_documents().filter(pk=document.pk).exists()

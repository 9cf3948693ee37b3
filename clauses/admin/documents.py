"""Documents on the desk, with the analysis of what a reading brings."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest

from clauses.analysis import analyze_pending
from monitor.admin.documents import DocumentAdmin
from monitor.models import Document, Fetch


@admin.register(Document)
class AnalyzedDocumentAdmin(DocumentAdmin):
    """A reading asked for here is analyzed at once: the curator wants to see what came of it."""

    def read_now(self, request: HttpRequest, document: Document) -> list[Fetch]:
        """Read, then analyze."""
        fetches = super().read_now(request, document)
        if fetches and (count := analyze_pending()):
            messages.success(request, f"{count} new version{'' if count == 1 else 's'} analyzed.")
        return fetches

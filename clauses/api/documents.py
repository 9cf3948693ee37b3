"""Documents: how they are watched, what was captured, and what stood on a day."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query
from pydantic import BaseModel

from clauses.api.answers.documents import Captures, Document, Documents
from clauses.api.answers.parts import Day, OutcomeGroup, told
from clauses.api.answers.versions import Version
from clauses.api.cursors import page_by_id, page_newest_first
from clauses.api.operations import DocumentId, Paged, number_of, reads
from clauses.api.patterns import DAY
from clauses.forms.changes import DayForm, DocumentsForm
from clauses.forms.understood import understood
from clauses.queries.captures import capture_log
from clauses.queries.documents import document_page
from clauses.queries.documents import documents as all_documents
from clauses.queries.twins import Json, capture_twin, document_state, document_twin, version_twin
from clauses.queries.version_captures import version_on
from clauses.queries.versions import version_page, versions
from monitor.models import Document as DocumentRow
from monitor.models import DocumentType, Outcome

_TAG = "documents"
_CAPTURES = 100


class DocumentsAsked(Paged):
    """Which documents."""

    platform: str | None = told("Of the platform with this slug", default=None)
    type: DocumentType | None = told("Of this kind", default=None)


class Kind(BaseModel):
    """Which captures."""

    kind: Outcome | OutcomeGroup | None = told("With this outcome, or one of this group", default=None)


class CapturesAsked(Paged, Kind):
    """Which captures, and which part of the log."""


class OnDay(BaseModel):
    """On which day."""

    on: Day = told("The day (UTC); what stood at its end is meant", pattern=DAY)


@reads(_TAG, "/documents", Documents)
def documents(request: HttpRequest, asked: Query[DocumentsAsked]) -> Json:
    """List the documents.

    By number, those of all platforms, with how they are watched.
    """
    form = understood(DocumentsForm(request.GET))
    wanted = {"platform__slug": form.value("platform"), "type": asked.type}
    found = all_documents().filter(**{name: value for name, value in wanted.items() if value})
    rows, following = page_by_id("documents", found, asked.cursor, asked.limit, "number")
    return {"items": [document_state(row) for row in rows], "next": following}


@reads(_TAG, "/documents/{document_id}", Document)
def document(request: HttpRequest, document_id: DocumentId, asked: Query[Kind]) -> Json:
    """Read a document.

    What is watched, how it is read and how well, all its versions, and the latest captures.
    """
    found = _document(document_id)
    latest = capture_log(found, kind=asked.kind or "")[:_CAPTURES]
    return document_twin(document_page(found, timezone.now()), list(latest))


@reads(_TAG, "/documents/{document_id}/captures", Captures)
def document_captures(request: HttpRequest, document_id: DocumentId, asked: Query[CapturesAsked]) -> Json:
    """List the captures of a document.

    Every attempt to read one of its pages, newest first, whatever came of it.
    """
    log = capture_log(_document(document_id), kind=asked.kind or "")
    rows, following = page_newest_first("captures", log, asked.cursor, asked.limit, "at")
    return {"items": [capture_twin(row) for row in rows], "next": following}


@reads(_TAG, "/documents/{document_id}/on", Version)
def document_on(request: HttpRequest, document_id: DocumentId, asked: Query[OnDay]) -> Json:
    """Read what a document said on a day.

    The version that stood at the end of the day, by its first sight. Status 404 where nothing was recorded by then.
    """
    on = understood(DayForm(request.GET)).value("on")
    found = version_on(_document(document_id), on)
    if found is None:
        raise Http404("Nothing was recorded by then.")
    return version_twin(version_page(versions().get(pk=found.pk), timezone.now()))


def _document(public_id: str) -> DocumentRow:
    found: DocumentRow = get_object_or_404(all_documents(), number=number_of(public_id))
    return found

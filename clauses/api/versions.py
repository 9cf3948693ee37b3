"""Versions and what they rest on: texts with their clauses, two texts compared, stored bytes."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query

from clauses.api.answers.changes import Comparison
from clauses.api.answers.documents import Snapshot
from clauses.api.answers.parts import told
from clauses.api.answers.versions import Version, Versions
from clauses.api.cursors import page_by_id
from clauses.api.operations import Paged, SnapshotId, VersionId, number_of, reads
from clauses.api.patterns import DOCUMENT_ID
from clauses.forms.changes import DocumentsForm
from clauses.forms.understood import Mistake, NotUnderstood, understood
from clauses.queries.comparison import compared
from clauses.queries.documents import documents
from clauses.queries.scope import shown
from clauses.queries.snapshot_twin import snapshot_twin
from clauses.queries.snapshots import snapshot_page, snapshots
from clauses.queries.twins import Json, comparison_twin, document_head, version_head, version_twin
from clauses.queries.versions import version_page
from clauses.queries.versions import versions as all_versions
from monitor.models import Document
from monitor.models import Version as VersionRow

_TAG = "versions"


class VersionsAsked(Paged):
    """Which versions."""

    platform: str | None = told("Of the platform with this slug", default=None)
    document: str | None = told("Of the document with this public ID", default=None, pattern=DOCUMENT_ID)


@reads(_TAG, "/versions", Versions)
def versions(request: HttpRequest, asked: Query[VersionsAsked]) -> Json:
    """List the versions.

    By number, which is the order of recording: earlier history that comes in late has high numbers. Without texts.
    """
    form = understood(DocumentsForm(request.GET))
    found = VersionRow.objects.filter(shown("document__platform__")).select_related("document__platform")
    if slug := form.value("platform"):
        found = found.filter(document__platform__slug=slug)
    if asked.document:
        found = found.filter(document=_document(asked.document))
    rows, following = page_by_id("versions", found, asked.cursor, asked.limit, "number")
    items = [version_head(row.document, row) | {"document": document_head(row.document)} for row in rows]
    return {"items": items, "next": following}


@reads(_TAG, "/versions/{version_id}", Version)
def version(request: HttpRequest, version_id: VersionId) -> Json:
    """Read a version.

    Its text, every clause at its place, and the captures that its parts came from.
    """
    return version_twin(version_page(_version(version_id), timezone.now()))


@reads(_TAG, "/versions/{old_id}/compare/{new_id}", Comparison)
def compare_versions(request: HttpRequest, old_id: VersionId, new_id: VersionId) -> Json:
    """Compare two versions of a document.

    Clause by clause, as a change set is, also where they are no neighbors. Status 404 for versions of different
    documents, and while one of them is being analyzed.
    """
    new = _version(new_id)
    found = compared(_version(old_id, document=new.document_id), new)
    if found is None:
        raise Http404("One of them is not analyzed yet.")
    return comparison_twin(found)


@reads(_TAG, "/snapshots/{snapshot_id}", Snapshot)
def snapshot(request: HttpRequest, snapshot_id: SnapshotId) -> Json:
    """Read what is known of stored bytes.

    Hash, size, headers, and which versions rest on them. The bytes themselves are at `bytes_url`.
    """
    return snapshot_twin(snapshot_page(get_object_or_404(snapshots(), number=number_of(snapshot_id))))


def _document(public_id: str) -> Document:
    """The document. Raises NotUnderstood where there is none: a list of nothing would say that it has no version."""
    found: Document | None = documents().filter(number=number_of(public_id)).first()
    if found is None:
        raise NotUnderstood([Mistake("document", public_id, [], "There is no document with this ID.")])
    return found


def _version(public_id: str, **among: int) -> VersionRow:
    found: VersionRow = get_object_or_404(all_versions(), number=number_of(public_id), **among)
    return found

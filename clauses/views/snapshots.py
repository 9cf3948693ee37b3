"""Snapshots: what is known of stored bytes, and the bytes themselves, never as a page of ours."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from clauses.queries.snapshot_twin import snapshot_twin
from clauses.queries.snapshots import snapshot_page, snapshots
from clauses.views.json_response import json_response
from monitor import storage


@login_not_required
@require_safe
def snapshot(request: HttpRequest, number: int) -> HttpResponse:
    """Headers, hash, size, and every capture that gave these bytes."""
    found = get_object_or_404(snapshots(), number=number)
    return render(request, "clauses/snapshot.html", {"page": snapshot_page(found), "snapshot": found})


@login_not_required
@require_safe
def snapshot_json(request: HttpRequest, number: int) -> JsonResponse:
    """The twin."""
    return json_response(snapshot_twin(snapshot_page(get_object_or_404(snapshots(), number=number))))


@login_not_required
@require_safe
def snapshot_bytes(request: HttpRequest, number: int) -> HttpResponse:
    """The bytes as served, as a download. They may hold anything, so no browser is to run them here."""
    found = get_object_or_404(snapshots(), number=number)
    response = HttpResponse(storage.get(found.blob), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.public_id}.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

"""The curator's desk: what waits for a ruling."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.queries.quarantine import quarantine_counts
from clauses.queries.review import doubtful_clauses
from monitor.roles import is_curator


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """How many doubtful clauses and captures held back there are, and the way to them. For curators."""
    if not is_curator(request.user):
        raise PermissionDenied
    context = {"doubtful": doubtful_clauses().count(), "held": quarantine_counts()}
    return render(request, "review/desk.html", context)

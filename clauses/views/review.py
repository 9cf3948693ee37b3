"""The way to the curator's desk."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from monitor.roles import is_curator


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """To the list of doubtful clauses, which lives in the administration. For curators."""
    if not is_curator(request.user):
        raise PermissionDenied
    return redirect(reverse("admin:clauses_clause_changelist") + "?doubt=yes")

"""All changes, filtered and paged."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.forms.changes import ChangeFilterForm
from clauses.queries.changes import by_day, filtered_changes, severity_counts
from clauses.queries.list_twins import changes_twin
from clauses.views.json_response import json_response

_PAGE = 50


@login_not_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Every recorded change of the publishers, newest first."""
    form = ChangeFilterForm(request.GET)
    asked = form.asked()
    found = filtered_changes(asked)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "days": by_day(page),
        "counts": severity_counts(found),
        "query": request.GET.urlencode(),
    }
    return render(request, "changes.html", context)


@login_not_required
@require_safe
def changes_json(request: HttpRequest) -> JsonResponse:
    """The twin, with the filters and pages of the list."""
    found = filtered_changes(ChangeFilterForm(request.GET).asked())
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    return json_response(changes_twin(page, severity_counts(found)))

"""All changes, filtered and paged."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.forms.changes import ChangeFilterForm
from clauses.forms.team import filter_form, team_filter
from clauses.queries.changes import by_day, filtered_changes, severity_counts
from clauses.queries.list_twins import changes_twin
from clauses.queries.work import with_team_filter
from clauses.views.json_response import json_response
from clauses.views.team import reader_of, team_context

_PAGE = 50


@login_not_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Every recorded change of the publishers, newest first."""
    form = filter_form(request.GET, request.user)
    found = filtered_changes(form.asked())
    if reader := reader_of(request):
        found = with_team_filter(found, team_filter(form, request.user), reader)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    # What the feed and the twin understand: neither knows of a team's work.
    public = ChangeFilterForm(request.GET).query()
    number = f"page={page.number}" if page.number > 1 else ""
    context = team_context(request, page, form.query()) | {
        "form": form,
        "page": page,
        "days": by_day(page),
        "counts": severity_counts(found),
        "feed_query": public,
        "twin_query": "&".join(part for part in (public, number) if part),
    }
    return render(request, "changes.html", context)


@login_not_required
@require_safe
def changes_json(request: HttpRequest) -> JsonResponse:
    """The twin, with the filters and pages of the list. It knows nothing of a team's work, whoever asks."""
    found = filtered_changes(ChangeFilterForm(request.GET).asked())
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    return json_response(changes_twin(page, severity_counts(found)))

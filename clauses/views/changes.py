"""All changes, filtered and paged."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.forms.changes import ChangeFilterForm
from clauses.forms.team import filter_form, team_filter
from clauses.forms.understood import understood
from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.changes import by_day, filtered_changes, keys_of, severity_counts, with_keys
from clauses.queries.list_twins import changes_twin
from clauses.queries.work import with_team_filter
from clauses.views.asked_page import asked_page
from clauses.views.json_response import json_response
from clauses.views.team import newest_for, reader_of, team_context

_PAGE = 50


@login_not_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Every recorded change of the publishers, newest first."""
    newest = newest_for(request)
    form = filter_form(request.GET, request.user)
    found = filtered_changes(form.asked())
    if reader := reader_of(request):
        found = with_team_filter(found, team_filter(form, request.user), reader)
    counts = severity_counts(found)
    page = _page(request, found, counts)
    public = form.public_query()
    number = f"page={page.number}" if page.number > 1 else ""
    context = team_context(request, page, form.query(), newest) | {
        "form": form,
        "page": page,
        "days": by_day(page),
        "counts": counts,
        "feed_query": public,
        "twin_query": "&".join(part for part in (public, number) if part),
    }
    return render(request, "changes.html", context)


@login_not_required
@require_safe
def changes_json(request: HttpRequest) -> JsonResponse:
    """The twin, with the filters and pages of the list. It knows nothing of a team's work, whoever asks."""
    found = filtered_changes(understood(ChangeFilterForm(request.GET)).asked())
    counts = severity_counts(found)
    return json_response(changes_twin(_page(request, found, counts), counts))


def _page(
    request: HttpRequest, found: QuerySet[ChangeSet], counts: list[tuple[SeverityLevel, int]]
) -> Page[ChangeSet]:
    """The page that is asked for, with its rows. The counts by severity say how many there are."""
    paginator: Any = Paginator(keys_of(found), _PAGE)
    paginator.count = sum(count for _, count in counts)
    page = paginator.get_page(asked_page(request))
    page.object_list = with_keys(found, page.object_list)
    return cast("Page[ChangeSet]", page)

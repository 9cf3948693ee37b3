"""Days ahead: as a page, as JSON, and as a calendar to subscribe to."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.queries.coming import coming as days_ahead
from clauses.queries.coming import coming_calendar, coming_twin
from clauses.views.json_response import json_response


@login_not_required
@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    """When watched texts come into force, and by when users have to act, the next day first."""
    today = timezone.now().date()
    rows = days_ahead(today)
    months = [(month, list(group)) for month, group in groupby(rows, lambda row: row.on.replace(day=1))]
    return render(request, "coming.html", {"today": today, "rows": rows, "months": months})


@login_not_required
@require_safe
def coming_json(request: HttpRequest) -> JsonResponse:
    """The twin."""
    return json_response({"days": coming_twin(days_ahead(timezone.now().date()))})


@login_not_required
@require_safe
def coming_ics(request: HttpRequest) -> HttpResponse:
    """The same days as iCalendar, for a calendar program to subscribe to."""
    text = coming_calendar(days_ahead(timezone.now().date()))
    response = HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="proviso-coming.ics"'
    return response

"""How well the pages are read, and what waits. Open to everybody; no private figures."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.queries import health
from clauses.queries.list_twins import status_twin
from clauses.views.json_response import json_response

_MOST_ROWS = 200


@login_not_required
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Outcomes of the readings, texts being confirmed, failing pages and the age of the queues."""
    now = timezone.now()
    context = {
        "now": now,
        "health": health.reading_health(now),
        "outcomes": health.outcome_counts(now),
        "confirming": health.confirming()[:_MOST_ROWS],
        "unstable": health.unstable()[:_MOST_ROWS],
        "failing": health.failing_sources(now)[:_MOST_ROWS],
        "queues": health.queues(now),
        "given_up_count": health.given_up_alerts(),
    }
    return render(request, "status.html", context)


@login_not_required
@require_safe
def status_json(request: HttpRequest) -> JsonResponse:
    """The twin."""
    now = timezone.now()
    candidates = [*health.confirming()[:_MOST_ROWS], *health.unstable()[:_MOST_ROWS]]
    twin = status_twin(
        now,
        health.reading_health(now),
        health.outcome_counts(now),
        candidates,
        health.queues(now),
        health.given_up_alerts(),
    )
    return json_response(twin)

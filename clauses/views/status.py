"""How well the pages are read, and what waits. Open to everybody; no private figures."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.queries import health

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

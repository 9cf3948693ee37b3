"""How well the pages are read, and what waits. Open to everybody; no private figures."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.queries import health
from clauses.queries.deliveries import mail_standing
from clauses.queries.notices import latest_notices, latest_queue_notices
from clauses.queries.quarantine import quarantine_counts
from clauses.queries.status_twin import MOST_ROWS, status_twin
from clauses.views.json_response import json_response


@login_not_required
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Outcomes of the readings, texts being confirmed, failing pages and the age of the queues."""
    now = timezone.now()
    outcomes = health.outcome_counts(now)
    mails = mail_standing()
    context = {
        "now": now,
        "health": health.reading_health(now),
        "groups": health.group_counts(outcomes),
        "reading_count": sum(row.week for row in outcomes),
        "confirming": health.confirming()[:MOST_ROWS],
        "unstable": health.unstable()[:MOST_ROWS],
        "failing": health.failing_sources(now)[:MOST_ROWS],
        "held": quarantine_counts(),
        "notices": latest_notices(),
        "queue_notices": latest_queue_notices(),
        "queues": health.queues(now, mails),
        "mails": mails,
    }
    return render(request, "status.html", context)


@login_not_required
@require_safe
def status_json(request: HttpRequest) -> JsonResponse:
    """The twin."""
    return json_response(status_twin(timezone.now()))

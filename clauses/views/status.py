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
from clauses.queries.status_twin import queue_twin, status_lists, status_twin
from clauses.views.json_response import json_response

_MOST_ROWS = 200


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
        "confirming": health.confirming()[:_MOST_ROWS],
        "unstable": health.unstable()[:_MOST_ROWS],
        "failing": health.failing_sources(now)[:_MOST_ROWS],
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
    now = timezone.now()
    mails = mail_standing()
    counts = status_twin(now, health.reading_health(now), health.outcome_counts(now))
    candidates = [*health.confirming()[:_MOST_ROWS], *health.unstable()[:_MOST_ROWS]]
    states = status_lists(candidates, health.failing_sources(now)[:_MOST_ROWS], latest_notices())
    return json_response(
        counts
        | states
        | queue_twin(quarantine_counts(), health.queues(now, mails), mails, latest_queue_notices())
    )

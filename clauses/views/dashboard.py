"""The dashboard: what changed lately, and what is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.forms.changes import ChangeFilterForm
from clauses.queries import changes, health
from clauses.queries.platforms import has_real_platform, platform_without_documents
from clauses.queries.review import doubtful_clauses
from monitor.roles import is_administrator, is_curator

_RECENT = timedelta(days=30)
_LEADS = 3
_STREAM = 20


@login_not_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What changed in the last 30 days, worst first with the words, then all changes by day."""
    now = timezone.now()
    form = ChangeFilterForm(request.GET)
    asked = form.asked()
    found = changes.filtered_changes(asked)
    recent = changes.filtered_changes(replace(asked, since=asked.since or (now - _RECENT).date()))
    stream = list(found[: _STREAM + 1])
    leads = changes.worst_changes(recent, _LEADS)
    counts = changes.severity_counts(recent)
    is_quiet = not any(count for _, count in counts)
    context = {
        "form": form,
        "asked": asked,
        "now": now,
        "leads": leads or (changes.worst_changes(found, _LEADS) if is_quiet else []),
        "is_quiet": is_quiet,
        "counts": counts,
        "recent_count": sum(count for _, count in counts),
        "days": changes.by_day(stream[:_STREAM]),
        "has_more": len(stream) > _STREAM,
        "query": request.GET.urlencode(),
        "health": health.reading_health(now),
        "confirming": health.confirming()[:8],
        "unstable": health.unstable()[:4],
        "coming": changes.coming_into_force(now.date()),
        "is_curator": is_curator(request.user),
    }
    if context["is_curator"]:
        context["doubtful_count"] = doubtful_clauses().count()
    if is_administrator(request.user):
        context["can_begin"] = not has_real_platform()
        context["bare_platform"] = platform_without_documents()
    return render(request, "dashboard.html", context)

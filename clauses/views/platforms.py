"""The list of platforms, and what happened on one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.forms.changes import TimelineForm
from clauses.forms.platforms import PlatformsForm
from clauses.forms.understood import understood
from clauses.queries.drift import year_of_drift
from clauses.queries.figures_over_time import figures_over_time
from clauses.queries.health import failing_sources
from clauses.queries.outcomes import HELD_BACK
from clauses.queries.platform_twin import platform_twin
from clauses.queries.platforms import has_real_platform, platforms_twin, wanted_platforms
from clauses.queries.quick_facts import quick_facts
from clauses.queries.subscriptions import kept_for
from clauses.queries.timeline import in_full, texts_at, timeline
from clauses.queries.timeline_chart import timeline_chart
from clauses.queries.twins import public_url
from clauses.views.asked_page import asked_page
from clauses.views.json_response import json_response
from clauses.views.pdf_file import pdf_file
from monitor.models import Platform, Source
from monitor.roles import is_administrator

_PAGE = 100
_ENTRIES_ON_A_PAGE = 25


@login_not_required
@require_safe
def platforms(request: HttpRequest) -> HttpResponse:
    """All platforms with their documents, changes and the state of their captures."""
    form = PlatformsForm(request.GET)
    wanted = form.wanted()
    found = wanted_platforms(wanted, timezone.now())
    page = Paginator(found, _PAGE).get_page(asked_page(request))
    has_real = has_real_platform()
    uncounted = found.filter(is_sample=True).count() if has_real else 0
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "query": request.GET.urlencode(),
        "has_samples": Platform.objects.filter(is_sample=True).exists(),
        "has_real": has_real,
        "count": page.paginator.count - uncounted,
        "uncounted": uncounted,
        "is_administrator": is_administrator(request.user),
    }
    return render(request, "platforms.html", context)


@login_not_required
@require_safe
def platforms_json(request: HttpRequest) -> JsonResponse:
    """The twin, with the filters and pages of the list."""
    found = wanted_platforms(understood(PlatformsForm(request.GET)).wanted(), timezone.now())
    return json_response(platforms_twin(Paginator(found, _PAGE).get_page(asked_page(request))))


@login_not_required
@require_safe
def platform(request: HttpRequest, slug: str) -> HttpResponse:
    """The timeline of a platform, with quick facts and a chart."""
    found = get_object_or_404(Platform, slug=slug)
    now = timezone.now()
    form = TimelineForm(request.GET)
    until = form.until(now)
    told = timeline(found, until, with_technical=bool(form.value("technical")))
    entries = Paginator(told.entries, _ENTRIES_ON_A_PAGE).get_page(asked_page(request))
    figures = figures_over_time(found, until)
    is_past = until < now
    failing: list[Any] = [] if is_past else list(_failing(found, now))
    context = {
        "platform": found,
        "form": form,
        "is_past": is_past,
        "until": until,
        "texts": texts_at(found, until) if is_past else [],
        "timeline": told,
        "entries": entries,
        "years": told.years(in_full(entries, until)),
        "failing": failing,
        "unread": {source.document_id for source in failing},
        "held_back": {source.document_id for source in failing if source.last_outcome in HELD_BACK},
        "facts": quick_facts(found, until),
        "figures": figures,
        "chart": timeline_chart(told, figures, until),
        "drift": year_of_drift(told.change_sets, until, told.read_at(until)),
        "subscription": kept_for(request.user, found),
    }
    return render(request, "platform.html", context)


def _failing(platform: Platform, now: datetime) -> QuerySet[Source]:
    return failing_sources(now, counted_only=False).filter(document__platform=platform)


@login_not_required
@require_safe
def platform_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The timeline of a platform on paper, with the parameters of the page."""
    from clauses.printed.platform import printed_platform  # noqa: PLC0415

    found = get_object_or_404(Platform, slug=slug)
    now = timezone.now()
    twin = _twin(request, found, now)
    return pdf_file(found.slug, printed_platform(twin, public_url("platform", found.slug), now))


@login_not_required
@require_safe
def platform_json(request: HttpRequest, slug: str) -> JsonResponse:
    """The timeline of a platform as JSON, with the parameters of the page."""
    found = get_object_or_404(Platform, slug=slug)
    return JsonResponse(_twin(request, found, timezone.now()))


def _twin(request: HttpRequest, platform: Platform, now: datetime) -> dict[str, Any]:
    form = understood(TimelineForm(request.GET))
    return platform_twin(platform, form.until(now), with_technical=bool(form.value("technical")))

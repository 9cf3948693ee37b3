"""The dashboard: what changed lately, and what is waited for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses import visiting
from clauses.forms.changes import ChangeFilterForm
from clauses.forms.team import filter_form, team_filter
from clauses.models import ChangeSet, Reader
from clauses.queries import changes, health
from clauses.queries.baselines import baselines
from clauses.queries.coming import coming
from clauses.queries.platforms import has_real_platform, platform_without_documents
from clauses.queries.review import doubtful_clauses
from clauses.queries.unread import since_last_visit, unread
from clauses.queries.work import status_counts, with_team_filter
from clauses.views.team import is_look, member, newest_for, reader_of, team_context
from monitor.roles import is_administrator, is_curator

_RECENT = timedelta(days=30)
_LEADS = 3
_STREAM = 20
_COMING = 8
_BASELINES = 8


@dataclass(frozen=True, slots=True)
class Span:
    """The time that the top of the page is about: since the last `visit`, since an asked day, or the last `month`."""

    kind: str
    found: QuerySet[ChangeSet]


@login_not_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What changed since the last visit or in 30 days, worst first with the words, then all changes by day."""
    now = timezone.now()
    reader = reader_of(request)
    newest = newest_for(request)
    form = filter_form(request.GET, request.user)
    found = changes.filtered_changes(form.asked())
    if reader:
        found = with_team_filter(found, team_filter(form, request.user), reader)
    span = _span(form, found, reader, now, is_month="span" in request.GET)
    stream = changes.with_keys(found, changes.keys_of(found)[: _STREAM + 1])
    context = (
        _top(span, found, reader)
        | team_context(request, stream[:_STREAM], form.query(), newest)
        | {
            "form": form,
            "asked": form.asked(),
            "now": now,
            "days": changes.by_day(stream[:_STREAM]),
            "has_more": len(stream) > _STREAM,
            "query": form.query(),
            "feed_query": form.public_query(),
            "health": health.reading_health(now),
            "confirming": health.confirming()[:8],
            "unstable": health.unstable()[:4],
            "coming": coming(now.date(), _COMING),
        }
        | _for_roles(request)
    )
    if reader and not form.is_filtering and is_look(request):
        visiting.note_seen(reader, now, newest)
    return render(request, "dashboard.html", context)


def _span(
    form: ChangeFilterForm,
    found: QuerySet[ChangeSet],
    reader: Reader | None,
    now: datetime,
    *,
    is_month: bool,
) -> Span:
    if form.asked().since:
        return Span("since", found)
    if reader and reader.since_at and not is_month:
        return Span("visit", since_last_visit(found, reader))
    return Span("month", found.filter(detected_at__gte=now - _RECENT))


def _top(span: Span, found: QuerySet[ChangeSet], reader: Reader | None) -> dict[str, object]:
    """The severest of the span with their words; where a whole month was quiet, the severest on record."""
    counts = changes.severity_counts(span.found)
    count = sum(number for _, number in counts)
    is_quiet = not count and span.kind != "visit"
    return {
        "span": span.kind,
        "leads": changes.worst_changes(found if is_quiet else span.found, _LEADS),
        "is_quiet": is_quiet,
        "counts": counts,
        "recent_count": count,
        "new_count": unread(span.found, reader).count() if reader and count else count,
    }


def _for_roles(request: HttpRequest) -> dict[str, object]:
    """What only signed-in people, curators or administrators see."""
    context: dict[str, object] = {}
    if request.user.is_authenticated:
        mine, counts = status_counts(request.user)
        context = {
            "mine_count": mine,
            "work_counts": counts,
            "baselines": baselines(member(request))[:_BASELINES],
        }
    if is_curator(request.user):
        context |= {"is_curator": True, "doubtful_count": doubtful_clauses().count()}
    if is_administrator(request.user):
        context |= {"can_begin": not has_real_platform(), "bare_platform": platform_without_documents()}
    return context

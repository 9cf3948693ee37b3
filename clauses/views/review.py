"""The curator's desk: what waits for a ruling."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.queries.gold import unlabeled
from clauses.queries.odd_changes import odd_change_sets
from clauses.queries.quarantine import quarantine_counts
from clauses.queries.references import proposed_mentions
from clauses.queries.review import doubtful_clauses
from clauses.views.roles import curator


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """How many doubtful clauses, captures held back and proposals there are, and the way to them. For curators."""
    curator(request)
    context: dict[str, object] = {"doubtful": doubtful_clauses().count(), "held": quarantine_counts()}
    context |= {"proposed": proposed_mentions().count(), "odd": odd_change_sets().count()}
    context["sentences"] = unlabeled().count()
    return render(request, "review/desk.html", context)

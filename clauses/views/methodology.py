"""How Proviso works and rates, from the very tables it works with."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.core.mention import LEAST_POINTS, MENTION_RULES, SIGNS
from clauses.core.rubric import FactFactor, Factor
from clauses.queries.clause_types import grouped_types
from clauses.queries.methodology import methodology_twin, reading_history, tool_versions
from clauses.queries.outcomes import GROUPS
from clauses.queries.registry import MOST_LISTED
from clauses.queries.twins import public_url
from clauses.site_taxonomy import change_rubric_in_force, taxonomy_in_force
from clauses.views.json_response import json_response
from monitor.core import returns
from monitor.models import Outcome


@login_not_required
@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    """What a capture, a version, a clause, a change and a rating are."""
    taxonomy = taxonomy_in_force()
    rubric = taxonomy.rubric
    factors: list[Factor | FactFactor] = [*rubric.factors, *rubric.fact_factors]
    factors.sort(key=lambda factor: -factor.points)
    now = timezone.now()
    context = {
        "now": now,
        "address": public_url("methodology"),
        "most_listed": MOST_LISTED,
        "tools": tool_versions(),
        "history": reading_history(),
        "outcome_groups": GROUPS,
        "outcome_count": len(Outcome),
        "taxonomy": taxonomy,
        "groups": grouped_types(),
        "rubric": rubric,
        "factors": [(factor, sorted(factor.applies_to)) for factor in factors],
        "change_rubric": change_rubric_in_force(),
        "mention_rules": MENTION_RULES,
        "signs": list(SIGNS.values()),
        "least_points": LEAST_POINTS,
        "durable_days": returns.DURABLE.days,
        "settled_days": returns.SETTLED.days,
    }
    return render(request, "methodology.html", context)


@login_not_required
@require_safe
def methodology_json(request: HttpRequest) -> JsonResponse:
    """The twin: every version, type, circumstance and threshold that ratings rest on."""
    return json_response(methodology_twin())

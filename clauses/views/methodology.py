"""How Proviso works and rates, from the very tables it works with."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.mention import LEAST_POINTS, MENTION_RULES, SIGNS
from clauses.core.rubric import FactFactor, Factor
from clauses.queries.clause_types import grouped_types
from clauses.queries.outcomes import GROUPS
from clauses.site_taxonomy import taxonomy_in_force
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
    context = {
        "outcome_groups": GROUPS,
        "outcome_count": len(Outcome),
        "taxonomy": taxonomy,
        "groups": grouped_types(),
        "rubric": rubric,
        "factors": [(factor, sorted(factor.applies_to)) for factor in factors],
        "change_rubric": shipped_change_rubric(),
        "mention_rules": MENTION_RULES,
        "signs": list(SIGNS.values()),
        "least_points": LEAST_POINTS,
        "durable_days": returns.DURABLE.days,
        "settled_days": returns.SETTLED.days,
    }
    return render(request, "methodology.html", context)

"""Two to four platforms beside each other as wholes, and the picker of what to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from clauses.forms.like_documents import LikeDocumentsForm
from clauses.forms.understood import understood
from clauses.queries.clause_types import grouped_types
from clauses.queries.comparison_twins import platforms_beside_twin
from clauses.queries.like_documents import Choices, choices, unlike
from clauses.queries.platform_comparison import platform_comparison
from clauses.queries.standing import numbers_of
from clauses.queries.waiting import rereading
from clauses.views.json_response import json_response
from monitor.models import Platform

MOST_PLATFORMS = 4
# More boxes than this are a page of their own: then platforms are typed, with suggestions.
_MOST_BOXES = 40


def picker(request: HttpRequest, slug: str, chosen: Sequence[Platform]) -> dict[str, Any]:
    """What the form needs in which a reader chooses a type, platforms, and which documents count."""
    offered = choices()
    has_boxes = len(offered.platforms) <= _MOST_BOXES
    places = [row.slug for row in chosen] + [""] * (MOST_PLATFORMS - len(chosen))
    return {
        "groups": grouped_types(),
        "suggested": () if has_boxes else offered.platforms,
        "has_boxes": has_boxes,
        "boxes": _boxes(offered) if has_boxes else (),
        "places": places,
        "chosen": [row.slug for row in chosen],
        "type_slug": slug,
        "form": LikeDocumentsForm(request.GET, choices=offered),
        "query": request.GET.urlencode(),
        "rereading": rereading(),
    }


def _boxes(offered: Choices) -> list[Platform]:
    found = Platform.objects.filter(slug__in=[slug for slug, _ in offered.platforms])
    return list(found.only("slug", "name", "is_sample"))


def compare_platforms(request: HttpRequest, chosen: Sequence[Platform]) -> HttpResponse:
    """Facts, clauses by type and severity, latest changes and the most severe clauses, side by side."""
    context = picker(request, "", chosen)
    found = platform_comparison(chosen, context["form"].like(), timezone.now())
    documents = [side.documents for side in found.sides]
    context |= {
        "comparison": found,
        "title": ", ".join(side.platform.name for side in found.sides) + ", compared",
        "platforms_query": urlencode([("platform", side.platform.slug) for side in found.sides]),
        "documents": documents,
        "unlike": unlike(documents),
        "numbers": numbers_of(clause for side in found.sides for clause in side.top),
    }
    return render(request, "clauses/compare_platforms.html", context)


def compare_platforms_json(request: HttpRequest, chosen: Sequence[Platform]) -> JsonResponse:
    """The twin."""
    like = understood(LikeDocumentsForm(request.GET, choices=choices())).like()
    return json_response(platforms_beside_twin(chosen, like, timezone.now()))

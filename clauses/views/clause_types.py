"""The page of one clause type, and its twin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.forms.like_documents import LikeDocumentsForm
from clauses.forms.understood import understood
from clauses.queries.adoption import PlatformCounts, rows_of
from clauses.queries.like_documents import choices
from clauses.queries.registry_twins import clause_type_twin
from clauses.queries.standing import numbers_of
from clauses.queries.type_page import recent_changes, stated_of_type
from clauses.queries.waiting import rereading
from clauses.site_taxonomy import taxonomy_in_force
from clauses.views.asked_page import asked_page
from clauses.views.json_response import json_response

_PLATFORMS_ON_A_PAGE = 20


@login_not_required
@require_safe
def clause_type(request: HttpRequest, slug: str) -> HttpResponse:
    """One type: what it is, how many platforms have it, its extremes, its figures, and in which words it stands."""
    context = _stated(request, slug)
    rows = rows_of(slug, [row.platform for row in context["page"]], among=context["among"])
    ends = [*context["extremes"].adverse, *context["extremes"].favorable]
    context |= {
        "rows": rows,
        "numbers": numbers_of(
            [*(clause for row in rows for clause in row.clauses), *(row.clause for row in ends)]
        ),
        "changes": recent_changes(slug),
        "query": request.GET.urlencode(),
    }
    return render(request, "clauses/clause_type.html", context)


@login_not_required
@require_safe
def clause_type_json(request: HttpRequest, slug: str) -> JsonResponse:
    """The twin, with the parameters of the page; it names all platforms."""
    stated = _stated(request, slug)
    understood(stated["form"])
    return json_response(clause_type_twin(stated, recent_changes(slug)))


def _stated(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What the page and its twin state alike."""
    if slug not in taxonomy_in_force().types:
        raise Http404("no such clause type")
    form = LikeDocumentsForm(request.GET, choices=choices())
    stated = stated_of_type(slug, form.like())
    having = stated["having"]
    page: Page[PlatformCounts] = Paginator(having, _PLATFORMS_ON_A_PAGE).get_page(asked_page(request))
    return stated | {
        "form": form,
        "clause_count": sum(row.total for row in having),
        "page": page,
        "rereading": rereading(),
    }

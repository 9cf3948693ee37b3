"""Clauses across all documents: the registry, one type, and one type on several platforms side by side."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clauses.forms.like_documents import LikeDocumentsForm
from clauses.forms.registry import registry_form
from clauses.forms.understood import understood
from clauses.models import ChangeSet, Clause
from clauses.queries.adoption import rows_of, type_shares
from clauses.queries.beside import type_comparison
from clauses.queries.clause_types import grouped_types, named_type
from clauses.queries.comparison_twins import types_beside_twin
from clauses.queries.like_documents import LikeDocuments, choices, compared_documents, keys_of, unlike
from clauses.queries.registry import Registry, record_by_id
from clauses.queries.registry_twins import registry_twin
from clauses.queries.standing import numbers_of
from clauses.queries.waiting import rereading, waiting_documents
from clauses.views.asked_page import asked_page
from clauses.views.asked_platforms import AskedPlatforms, asked_platforms
from clauses.views.json_response import json_response
from clauses.views.platform_comparison import (
    MOST_PLATFORMS,
    compare_platforms,
    compare_platforms_json,
    picker,
)
from monitor.models import Document, Platform, Snapshot, Version

_CLAUSES_ON_A_PAGE = 25
_CLAUSES_OF_A_COLUMN = 8


@login_not_required
@require_safe
def clauses(request: HttpRequest) -> HttpResponse:
    """The registry. A public ID typed as words leads to its record."""
    if named := record_by_id(request.GET.get("q", "")):
        return HttpResponseRedirect(_address(named))
    asked = _listed(request)
    shares, wanted = asked["shares"], asked["wanted"]
    groups = [(group, [(row, shares.get(row.slug)) for row in types]) for group, types in grouped_types()]
    waiting = waiting_documents()
    if wanted.platforms:
        waiting = waiting.filter(platform__slug__in=wanted.platforms)
    else:
        waiting = waiting.exclude(pk__in=asked["registry"].left_out)
    context = asked | {
        "terms": asked["registry"].search.terms,
        "numbers": numbers_of(asked["page"]),
        "groups": groups,
        "asked_types": [(named_type(slug), shares.get(slug)) for slug in wanted.types],
        "waiting_count": waiting.count(),
        "rereading": rereading(),
        "query": request.GET.urlencode(),
    }
    return render(request, "clauses/registry.html", context)


@login_not_required
@require_safe
def clauses_json(request: HttpRequest) -> JsonResponse:
    """The twin, with the filters and pages of the list."""
    asked = _listed(request)
    understood(asked["form"])
    return json_response(registry_twin(asked["registry"], asked["page"], asked["shares"]))


def _listed(request: HttpRequest) -> dict[str, Any]:
    """What was asked for, and the clauses of the page that match."""
    shares = type_shares()
    form = registry_form(request.GET, shares)
    wanted = form.wanted()
    found = Registry(wanted)
    page: Page[Clause] = Paginator(found, _CLAUSES_ON_A_PAGE).get_page(asked_page(request))
    return {"shares": shares, "form": form, "wanted": wanted, "registry": found, "page": page}


@login_not_required
@require_safe
def compare_type(request: HttpRequest) -> HttpResponse:
    """One type on two to four platforms: figures, words in common with the one chosen as first, and side by side.

    Without a type, the platforms as wholes.
    """
    asked = asked_platforms(request)
    if asked.is_of_wholes:
        return compare_platforms(request, asked.chosen)
    context = picker(request, asked.slug, asked.chosen)
    context |= {
        "type": named_type(asked.slug) if asked.slug else None,
        "is_asked": asked.is_asked,
        "problems": asked.problems if asked.is_asked else [],
    }
    if asked.is_ready:
        context |= _compared(asked, context["form"].like()) | {"firsts": _firsts(request, asked)}
    return render(request, "clauses/compare_type.html", context)


def _firsts(request: HttpRequest, asked: AskedPlatforms) -> list[tuple[Platform, str]]:
    """Each platform that can be held against the others, with the query for it; none where there is one pair alone."""
    if len(asked.chosen) < MOST_PLATFORMS - 1:
        return []
    query = request.GET.copy()
    found = []
    for row in sorted(asked.chosen, key=lambda row: row.name):
        query["first"] = row.slug
        found.append((row, query.urlencode()))
    return found


def _compared(asked: AskedPlatforms, like: LikeDocuments) -> dict[str, Any]:
    documents = compared_documents(asked.chosen, like)
    among = None if like.is_any else keys_of(documents)
    columns = rows_of(asked.slug, asked.chosen, _CLAUSES_OF_A_COLUMN, among)
    return {
        "columns": columns,
        "comparison": type_comparison(asked.slug, asked.chosen, among),
        "numbers": numbers_of(clause for row in columns for clause in row.clauses),
        "documents": documents,
        "unlike": unlike(documents),
    }


@login_not_required
@require_safe
def compare_type_json(request: HttpRequest) -> JsonResponse:
    """The twin, with the parameters of the page; not found where there is nothing to compare."""
    asked = asked_platforms(request)
    if asked.is_of_wholes:
        return compare_platforms_json(request, asked.chosen)
    if not asked.is_ready:
        raise Http404(" ".join(asked.problems))
    like = understood(LikeDocumentsForm(request.GET, choices=choices())).like()
    return json_response(types_beside_twin(asked.slug, asked.chosen, like))


def _address(found: Clause | ChangeSet | Version | Snapshot | Document) -> str:
    if isinstance(found, Clause):
        return reverse("record", args=[found.number])
    if isinstance(found, ChangeSet):
        return reverse("change-set", args=[found.number])
    if isinstance(found, Snapshot):
        return reverse("snapshot", args=[found.number])
    if isinstance(found, Version):
        document = found.document
        return reverse("version", args=[document.platform.slug, document.slug, found.number])
    return reverse("document", args=[found.platform.slug, found.slug])

"""What people with a role did to the site, for administrators: a page, its twin and a table."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.forms.acts import ActFilterForm
from clauses.queries.acts import COLUMNS, act_rows, act_twin
from clauses.queries.acts import acts as acts_of
from clauses.views.asked_page import asked_page
from clauses.views.json_response import json_response
from clauses.views.roles import administrator
from clauses.views.row_files import csv_file
from monitor.models import Act

_PAGE = 50


@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """The acts that the filter asks for, the latest first."""
    form = _form(request)
    context = {"form": form, "page": _page(request, form), "query": form.query()}
    return render(request, "acts.html", context)


@require_safe
def acts_json(request: HttpRequest) -> JsonResponse:
    """The twin."""
    page = _page(request, _form(request))
    count, pages = page.paginator.count, page.paginator.num_pages
    return json_response(
        {"count": count, "page": page.number, "pages": pages, "acts": [act_twin(act) for act in page]}
    )


@require_safe
def acts_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All that the filter asks for, oldest first."""
    return csv_file("proviso-acts.csv", COLUMNS, act_rows(acts_of(_form(request).asked())))


def _form(request: HttpRequest) -> ActFilterForm:
    administrator(request)
    return ActFilterForm(request.GET)


def _page(request: HttpRequest, form: ActFilterForm) -> Page[Act]:
    return Paginator(acts_of(form.asked()), _PAGE).get_page(asked_page(request))

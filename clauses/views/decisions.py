"""The log of decisions on clauses: to read, and to take along. For curators."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.queries.decision_log import COLUMNS, decision_log, decisions_told
from clauses.views.asked_page import asked_page
from clauses.views.roles import curator
from clauses.views.row_files import cells, csv_file, jsonl_file

_ON_A_PAGE = 50


@require_safe
def review_decisions(request: HttpRequest) -> HttpResponse:
    """Who ruled what about which clause, when and why, the latest first."""
    curator(request)
    page = Paginator(decision_log(), _ON_A_PAGE).get_page(asked_page(request))
    return render(request, "review/decisions.html", {"page": page})


@require_safe
def decisions_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All of them as a table, oldest first."""
    curator(request)
    return csv_file("decisions.csv", COLUMNS, (cells(told, COLUMNS) for told in decisions_told()))


@require_safe
def decisions_jsonl(request: HttpRequest) -> StreamingHttpResponse:
    """All of them as JSON, one a line, oldest first."""
    curator(request)
    return jsonl_file("decisions.jsonl", decisions_told())

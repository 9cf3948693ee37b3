"""The notes on the law, all on one page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.queries.law_pages import law_page, law_page_twin
from clauses.views.json_response import json_response


@login_not_required
@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """Which laws the notes speak of, what they say of each clause type, and where to complain."""
    return render(request, "law.html", {"page": law_page()})


@login_not_required
@require_safe
def law_json(request: HttpRequest) -> HttpResponse:
    """The twin."""
    return json_response(law_page_twin(law_page()))

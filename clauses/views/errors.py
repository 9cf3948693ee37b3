"""Answers to requests that are refused, or of which nothing was found: files answer as files."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from clauses.forms.understood import Mistake, NotUnderstood
from clauses.views.json_response import json_response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit its sender; status 403. `reason` is for the log only."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 404, as JSON where JSON was asked for. `detail` says what there is not, where a view said so."""
    if not _is_json(request):
        return page_not_found(request, exception)
    said = exception.args[0] if exception.args else ""
    response = json_response({"error": "not found", "detail": said if isinstance(said, str) else ""})
    response.status_code = 404
    return response


def not_understood(request: HttpRequest, exception: NotUnderstood) -> HttpResponse:
    """Status 400: which parameters were not understood, and what they may be. As JSON, else as plain text."""
    if _is_json(request):
        mistakes = [asdict(mistake) for mistake in exception.mistakes]
        response: HttpResponse = json_response({"error": "not understood", "parameters": mistakes})
    else:
        lines = "".join(map(_line, exception.mistakes))
        response = HttpResponse(lines, content_type="text/plain; charset=utf-8")
    response.status_code = 400
    return response


def _line(mistake: Mistake) -> str:
    allowed = f" One of: {', '.join(mistake.allowed)}." if mistake.allowed else ""
    return f"{mistake.parameter}: {mistake.problem}{allowed}\n"


def _is_json(request: HttpRequest) -> bool:
    return request.path.rpartition(".")[2] == "json"

"""Answers to requests that are refused before they reach a view."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit its sender; status 403. `reason` is for the log only."""
    return render(request, "403_csrf.html", status=403)

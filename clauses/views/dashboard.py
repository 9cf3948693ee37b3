"""The dashboard: what changed lately, and what is waited for."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """What changed in the last 30 days, worst first, then by day."""
    return render(request, "dashboard.html")

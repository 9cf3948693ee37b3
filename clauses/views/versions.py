"""The page of a version, its plain text and its JSON twin."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.queries.twins import version_twin
from clauses.queries.versions import version_page, versions
from clauses.views.json_response import json_response
from monitor.models import Version


def _version(platform: str, slug: str, number: int) -> Version:
    return get_object_or_404(
        versions(), number=number, document__slug=slug, document__platform__slug=platform
    )


@login_not_required
@require_safe
def version(request: HttpRequest, platform: str, slug: str, number: int) -> HttpResponse:
    """The stored text with every clause at its place."""
    page = version_page(_version(platform, slug, number), timezone.now())
    context = {"page": page, "version": page.version, "document": page.version.document}
    return render(request, "clauses/version.html", context)


@login_not_required
@require_safe
def version_text(request: HttpRequest, platform: str, slug: str, number: int) -> HttpResponse:
    """The text alone: what its SHA-256 is taken of."""
    found = _version(platform, slug, number)
    response = HttpResponse(found.text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{found.public_id}.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def version_json(request: HttpRequest, platform: str, slug: str, number: int) -> JsonResponse:
    """The twin."""
    return json_response(version_twin(version_page(_version(platform, slug, number), timezone.now())))

"""The page of a version, its plain text and its JSON twin, and the way to the version of a day."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.forms.changes import DayForm
from clauses.forms.understood import understood
from clauses.queries.captures import version_strip
from clauses.queries.documents import documents
from clauses.queries.twins import version_twin
from clauses.queries.version_captures import first_version, on_day, version_captures, version_on
from clauses.queries.version_outline import outline
from clauses.queries.version_pages import place_in_text, text_page
from clauses.queries.versions import version_page, versions
from clauses.views.asked_page import asked_clause, asked_page
from clauses.views.json_response import json_response
from monitor.models import Version


def _version(platform: str, slug: str, number: int) -> Version:
    return get_object_or_404(
        versions(), number=number, document__slug=slug, document__platform__slug=platform
    )


@login_not_required
@require_safe
def version(request: HttpRequest, platform: str, slug: str, number: int) -> HttpResponse:
    """The stored text with every clause at its place, and the captures that showed it. A long text has pages."""
    now = timezone.now()
    page = version_page(_version(platform, slug, number), now)
    form = DayForm(request.GET)
    on = form.value("on")
    if record := asked_clause(request):
        return HttpResponseRedirect(request.path + place_in_text(page.passages, record, query=form.query()))
    is_all = request.GET.get("all") == "1"
    text = text_page(page.passages, asked_page(request), is_all=is_all, query=form.query())
    context = {
        "page": page,
        "version": page.version,
        "document": page.version.document,
        "text": text,
        "outline": outline(page.passages, text.hrefs),
        "captures": version_captures(page.version, page.newer),
        "strip": version_strip(page.version, page.newer),
        "form": form,
        "on_day": on_day(page.version, page.newer, on, now) if on else None,
    }
    return render(request, "clauses/version.html", context)


@login_not_required
@require_safe
def document_on(request: HttpRequest, platform: str, slug: str) -> HttpResponse:
    """From a day to the text that stood at its end; where nothing was recorded yet, that is said."""
    document = get_object_or_404(documents(), platform__slug=platform, slug=slug)
    form = DayForm(request.GET)
    on = form.value("on")
    found = version_on(document, on) if on else None
    if on and found:
        address = reverse("version", args=[platform, slug, found.number])
        return HttpResponseRedirect(f"{address}?on={on.isoformat()}")
    context = {"document": document, "form": form, "on": on, "first": first_version(document)}
    return render(request, "clauses/document_on.html", context)


@login_not_required
@require_safe
def document_on_json(request: HttpRequest, platform: str, slug: str) -> HttpResponse:
    """From a day to the twin of the version; not found where nothing was recorded yet."""
    document = get_object_or_404(documents(), platform__slug=platform, slug=slug)
    on = understood(DayForm(request.GET)).value("on")
    found = version_on(document, on) if on else None
    if found is None:
        raise Http404("nothing recorded by then")
    return HttpResponseRedirect(reverse("version-json", args=[platform, slug, found.number]))


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

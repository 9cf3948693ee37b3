"""The page of a document, and its JSON twin."""

import re

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.converters import VersionId
from clauses.forms.captures import CaptureFilterForm
from clauses.forms.changes import DayForm
from clauses.queries.captures import capture_log, capture_strip, outcomes_of
from clauses.queries.documents import document_page, documents
from clauses.queries.twins import document_twin
from clauses.views.asked_page import asked_page
from clauses.views.json_response import json_response
from monitor.models import Document

_CAPTURES_ON_A_PAGE = 25
_CAPTURES_IN_JSON = 100


def _document(platform: str, slug: str) -> Document:
    return get_object_or_404(documents(), platform__slug=platform, slug=slug)


@login_not_required
@require_safe
def document(request: HttpRequest, platform: str, slug: str) -> HttpResponse:
    """What is watched, the texts that came of it, and every capture.

    The strip shows one stretch of time; the log goes back from its end.
    """
    found = _document(platform, slug)
    form = CaptureFilterForm(request.GET)
    form.offer(outcomes_of(found))
    strip = capture_strip(found, before=form.value("before"), after=form.value("after"))
    until = strip.ends_at if strip and strip.is_past else None
    log = capture_log(found, until=until, kind=form.value("kind") or "")
    context = {
        "page": document_page(found, timezone.now()),
        "document": found,
        "strip": strip,
        "form": form,
        "day_form": DayForm(request.GET),
        "log": Paginator(log, _CAPTURES_ON_A_PAGE).get_page(asked_page(request)),
    }
    return render(request, "clauses/document.html", context)


@login_not_required
@require_safe
def document_json(request: HttpRequest, platform: str, slug: str) -> JsonResponse:
    """The twin, with the latest captures."""
    found = _document(platform, slug)
    form = CaptureFilterForm(request.GET)
    latest = capture_log(found, kind=form.value("kind") or "")[:_CAPTURES_IN_JSON]
    return json_response(document_twin(document_page(found, timezone.now()), list(latest)))


@login_not_required
@require_safe
def choose_comparison(request: HttpRequest, platform: str, slug: str) -> HttpResponse:
    """From the two versions chosen in the form to the address of their comparison."""
    found = _document(platform, slug)
    numbers = []
    for name in ("old", "new"):
        chosen = request.GET.get(name, "")
        if not re.fullmatch(VersionId.regex, chosen):
            raise Http404("no such version")
        numbers.append(VersionId().to_python(chosen))
    return HttpResponseRedirect(reverse("compare", args=(found.platform.slug, found.slug, *numbers)))

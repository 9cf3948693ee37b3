"""The keys of the site, and the roots they signed: what somebody who trusts nobody writes down in time."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from clauses.queries.keys import keys, keys_twin, latest_roots
from clauses.views.json_response import json_response
from monitor.models import Root


@login_not_required
@require_safe
def signing_keys(request: HttpRequest) -> HttpResponse:
    """Keys with fingerprints, and the latest roots."""
    return render(request, "clauses/keys.html", {"keys": keys(), "roots": latest_roots()})


@login_not_required
@require_safe
def signing_keys_json(request: HttpRequest) -> HttpResponse:
    """The twin."""
    return json_response(keys_twin(keys(), latest_roots()))


@login_not_required
@require_safe
def root(request: HttpRequest, on: str) -> HttpResponse:
    """A root, byte for byte as it was signed."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise Http404 from None
    found = get_object_or_404(Root, on=day)
    return HttpResponse(found.manifest.encode(), content_type="application/json; charset=utf-8")

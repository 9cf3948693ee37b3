"""Baselines: the texts that a person or the team agreed to, against what stands today."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses import pinning
from clauses.forms.baselines import BaselineForm
from clauses.models import Baseline
from clauses.queries.baselines import baselines as standing_baselines
from clauses.queries.baselines import baselines_twin, earlier_baselines
from clauses.views.form_page import form_page
from clauses.views.json_response import json_response
from clauses.views.team import member
from monitor.models import Document


@require_safe
def baselines(request: HttpRequest) -> HttpResponse:
    """What the person and the team agreed to, with how many changes came since and the worst of them."""
    return render(request, "baselines/list.html", {"baselines": standing_baselines(member(request))})


@require_safe
def baselines_json(request: HttpRequest) -> JsonResponse:
    """The twin, for the same person."""
    return json_response({"baselines": baselines_twin(standing_baselines(member(request)))})


@form_page
def document_baseline(request: HttpRequest, platform: str, slug: str) -> HttpResponse:
    """What was agreed to of one document, and the form for pinning a text; POST pins it."""
    user = member(request)
    document = get_object_or_404(
        Document.objects.select_related("platform"), slug=slug, platform__slug=platform
    )
    form = BaselineForm(document, request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        owner = None if sent["whose"] == "team" else user
        pinning.pin(sent["version"], owner, sent["note"], by=user, at=timezone.now())
        messages.success(
            request,
            f"{sent['version']} is pinned as what {'the team' if owner is None else 'you'} agreed to.",
        )
        return redirect("document-baseline", platform, slug)
    context = {
        "document": document,
        "baselines": standing_baselines(user).filter(document=document),
        "earlier": earlier_baselines(document, user),
        "form": form,
    }
    return render(request, "baselines/document.html", context)


@form_page
def end_baseline(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before unpinning a baseline of the person's or the team's, then unpin it."""
    user = member(request)
    own = Baseline.objects.filter(Q(user=user) | Q(user__isnull=True), ended_at__isnull=True)
    baseline = get_object_or_404(own.select_related("document__platform", "version"), pk=pk)
    if request.method == "POST":
        pinning.end(baseline, by=user, at=timezone.now())
        messages.success(request, f"{baseline.version} is no baseline any more.")
        return redirect("baselines")
    return render(request, "baselines/end.html", {"baseline": baseline})


def _initial(request: HttpRequest) -> dict[str, object]:
    """The text that the way here named, by its public ID."""
    number = request.GET.get("version", "").removeprefix("V-")
    return {"version": int(number)} if number.isdecimal() and len(number) <= 12 else {}

"""A version of the site's rules, and the re-rating by one: progress, report, and its acceptance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses import amending
from clauses.forms.site_rules import ReasonForm
from clauses.models import Rerating, SiteRules
from clauses.queries.site_rules import left_out, report_of, told_differences, working_rules
from clauses.site_taxonomy import rules_with
from clauses.tasks import rerate_soon, reread_soon
from clauses.views.form_page import form_page
from clauses.views.json_response import json_response
from clauses.views.roles import curator
from clauses.views.saved_rules import saved


@form_page
def rules_version(request: HttpRequest, number: int) -> HttpResponse:
    """What a version says otherwise than the one before it; POST saves its content as a new version."""
    curator(request)
    found = get_object_or_404(SiteRules.objects.select_related("made_by", "restores"), number=number)
    working = working_rules()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (answer := saved(request, form, found.content, restores=found)):
        return answer
    context = {
        "rules": found,
        "reratings": found.reratings.select_related("ended_by"),
        "differences": told_differences(found),
        "problems": left_out(found),
        "form": form,
        "based_on": working.number if working else 0,
        "is_latest": working is not None and working.pk == found.pk,
    }
    return render(request, "rules/version.html", context)


@require_safe
def rules_version_json(request: HttpRequest, number: int) -> JsonResponse:
    """The whole content of a version, to keep or to read elsewhere."""
    curator(request)
    found = get_object_or_404(SiteRules.objects.select_related("made_by", "restores"), number=number)
    return json_response(
        {
            "number": found.number,
            "made_by": found.made_by.get_username(),
            "made_at": found.made_at.isoformat(),
            "reason": found.reason,
            "restores": found.restores.number if found.restores else None,
            "content": found.content,
        }
    )


@form_page
def rerating(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a re-rating is and what it would change; POST accepts it, discards it, or reads again.

    While it is read the page asks for itself anew, without a script.
    """
    user = curator(request)
    found = get_object_or_404(Rerating.objects.select_related("rules__made_by", "ended_by"), pk=pk)
    if request.method == "POST":
        return _answered(request, found, user)
    is_reading = not found.end and found.read_at is None
    context = {
        "rerating": found,
        "rules": found.rules,
        "report": report_of(found),
        "names": {slug: kind.name for slug, kind in rules_with(found.rules).taxonomy.types.items()},
        "is_reading": is_reading,
        "is_outdated": not found.end and not amending.is_over_what_is_in_force(found),
    }
    return render(request, "rules/rerating.html", context)


def _answered(request: HttpRequest, found: Rerating, user: User) -> HttpResponse:
    acts: dict[str, Callable[[Rerating, User, datetime], Any]] = {
        "accept": amending.accept,
        "discard": amending.discard,
        "again": amending.again,
    }
    asked = request.POST.get("answer", "")
    if asked not in acts:
        messages.error(request, "Accept it, discard it, or read again.")
        return redirect("rerating", found.pk)
    try:
        came_of_it = acts[asked](found, user, timezone.now())
    except amending.AmendingError as error:
        messages.error(request, str(error))
        return redirect("rerating", found.pk)
    if asked == "again":
        rerate_soon()
        return redirect("rerating", came_of_it.pk)
    if asked == "accept":
        reread_soon()
        messages.success(
            request, f"Version {found.rules.number} is in force. Texts are read anew by it, without an alert."
        )
    else:
        rerate_soon()
        messages.success(request, f"Version {found.rules.number} is discarded. Nothing changed.")
    return redirect("site-rules")

"""A version of the site's rules, saved from whichever page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from clauses import amending
from clauses.forms.site_rules import ReasonForm
from clauses.models import SiteRules
from clauses.tasks import rerate_soon
from clauses.views.roles import curator


def saved(
    request: HttpRequest, form: ReasonForm, content: Mapping[str, Any], restores: SiteRules | None = None
) -> HttpResponse | None:
    """The way to the re-rating by the next version; None where nothing was saved, and the form says why.

    The form is valid.
    """
    try:
        rerating = amending.save(
            content,
            form.cleaned_data["reason"],
            curator(request),
            timezone.now(),
            based_on=form.cleaned_data["based_on"],
            restores=restores,
        )
    except amending.AmendingError as error:
        for problem in error.problems:
            form.add_error(None, problem)
        return None
    rerate_soon()
    return redirect("rerating", rerating.pk)

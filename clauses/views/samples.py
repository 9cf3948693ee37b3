"""Removing the sample platforms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clauses.samples import remove_samples, sample_platforms
from clauses.views.form_page import form_page
from clauses.views.roles import administrator
from monitor.acts import note
from monitor.models import ActKind


@form_page
def samples_remove(request: HttpRequest) -> HttpResponse:
    """Ask before removing all samples, then remove them. For administrators."""
    administrator(request)
    if request.method == "POST":
        count = remove_samples()
        if count:
            note(request.user, ActKind.SAMPLES, f"{count} sample platforms")
        messages.success(
            request, f"{count} sample platforms are removed." if count else "There were no samples."
        )
        return redirect("dashboard")
    return render(request, "samples/remove.html", {"platforms": sample_platforms()})

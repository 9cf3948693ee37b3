"""Recorded changes that look odd, for a curator to rule on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses import faulting
from clauses.forms.review import OddChangeForm
from clauses.models import ChangeSet
from clauses.queries.odd_changes import (
    latest_ruling,
    measured_change_set,
    odd_change_sets,
    ruled_change_sets,
)
from clauses.views.asked_page import asked_page
from clauses.views.form_page import form_page
from clauses.views.roles import curator

_ON_A_PAGE = 25


@require_safe
def review_changes(request: HttpRequest) -> HttpResponse:
    """What looks odd, and what was ruled. For curators."""
    curator(request)
    context = {
        "odd": Paginator(odd_change_sets(), _ON_A_PAGE).get_page(asked_page(request)),
        "ruled": Paginator(ruled_change_sets(), _ON_A_PAGE).get_page(asked_page(request, "rulings")),
    }
    return render(request, "review/odd_changes.html", context)


@form_page
def review_change(request: HttpRequest, number: int) -> HttpResponse:
    """One change with its counts and earlier rulings; POST rules on it. For curators.

    Who rules on what others ruled meanwhile changes nothing, and sees their ruling.
    """
    user = curator(request)
    found = measured_change_set(number)
    if found is None:
        raise Http404("no such change set")
    latest = latest_ruling(found)
    seen = latest.pk if latest else 0
    form = OddChangeForm(request.POST if request.method == "POST" else None, initial={"seen": seen})
    if form.is_valid():
        try:
            return _ruled(request, found, user, form)
        except faulting.RuledMeanwhile:
            form.add_error(
                None, "Somebody ruled on this change since you opened the page. Read the ruling first."
            )
    form.initial["seen"] = seen
    context = {
        "change_set": found,
        "form": form,
        "rulings": found.rulings.select_related("ruled_by"),
        "seen": seen,
    }
    return render(request, "review/odd_change.html", context)


def _ruled(request: HttpRequest, found: ChangeSet, user: User, form: OddChangeForm) -> HttpResponse:
    said = form.cleaned_data
    faulting.rule(found, **said, by=user, at=timezone.now())
    kept = "stays on record as the publisher’s" if said["is_real"] else "is marked as a fault of capture"
    messages.success(request, f"{found.public_id} {kept}.")
    return redirect("review-changes")

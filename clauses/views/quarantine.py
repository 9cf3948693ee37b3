"""The curator's list of captures that were held back, and the page to rule on one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.forms.captures import RulingForm, WithdrawalForm
from clauses.queries.quarantine import (
    earlier_texts,
    held_text,
    held_texts,
    offered_texts,
    ruled_texts,
    waiting_texts,
)
from clauses.views.asked_page import asked_page
from clauses.views.form_page import form_page
from clauses.views.roles import curator
from monitor import quarantine
from monitor.models import Quarantine, Ruling

_MOST_OFFERED = 100
_ON_A_PAGE = 25


@require_safe
def review_captures(request: HttpRequest) -> HttpResponse:
    """What keeps coming and is offered, what is held back, and what was ruled. For curators."""
    curator(request)
    offered = offered_texts()
    context = {
        "offered": offered[:_MOST_OFFERED],
        "offered_count": offered.count(),
        "waiting": Paginator(waiting_texts(), _ON_A_PAGE).get_page(asked_page(request)),
        "earlier": Paginator(earlier_texts(), _ON_A_PAGE).get_page(asked_page(request, "earlier")),
        "is_unfolded": "earlier" in request.GET,
        "ruled": Paginator(ruled_texts(), _ON_A_PAGE).get_page(asked_page(request, "rulings")),
    }
    return render(request, "review/captures.html", context)


@form_page
def review_capture(request: HttpRequest, pk: int) -> HttpResponse:
    """One text beside the text in force; POST rules on it, or takes the ruling back. For curators.

    Who rules on what was ruled already, or sends a form twice, changes nothing and is told so.
    """
    user = curator(request)
    item = get_object_or_404(held_texts(), pk=pk)
    is_withdrawal = "withdraw" in request.POST
    form = RulingForm(None if is_withdrawal else request.POST or None)
    withdrawal = WithdrawalForm(request.POST if is_withdrawal else None)
    if is_withdrawal and withdrawal.is_valid():
        _withdraw(request, item, user, withdrawal.cleaned_data["note"])
        return redirect("review-capture", pk)
    if request.method == "POST" and form.is_valid():
        _rule(request, item, user, form.cleaned_data)
        return redirect("review-captures")
    context = {"held": held_text(item), "item": item, "form": form, "withdrawal": withdrawal}
    return render(request, "review/capture.html", context)


def _rule(request: HttpRequest, item: Quarantine, user: User, sent: dict[str, Any]) -> None:
    is_accepted = sent["ruling"] == "accept"
    rule = quarantine.accept if is_accepted else quarantine.reject
    try:
        rule(item, by=user, note=sent["note"], at=timezone.now())
    except quarantine.AlreadyRuled:
        item.refresh_from_db()
        was = Ruling(item.ruling).label
        messages.warning(
            request, f"{item.source.document}: ruled already ({was.lower()}). Nothing is changed."
        )
        return
    said = "accepted as the document’s text" if is_accepted else "not the document’s text"
    messages.success(request, f"{item.source.document}: {said}.")


def _withdraw(request: HttpRequest, item: Quarantine, user: User, note: str) -> None:
    try:
        quarantine.withdraw(item, by=user, note=note, at=timezone.now())
    except quarantine.NotRuled:
        messages.warning(request, f"{item.source.document}: no ruling stands. Nothing is changed.")
        return
    messages.success(request, f"{item.source.document}: the ruling is taken back.")

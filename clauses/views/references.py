"""The curators' desk for references: what is proposed, ruled, attached and removed, and the forms for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses import referring
from clauses.forms.references import MentionForm, MentionWithdrawalForm, ReferenceForm, RemovalForm
from clauses.models import ChangeSet, Mention, MentionRuling, Reference
from clauses.queries.comparison import change_sets
from clauses.queries.references import (
    all_references,
    mentions,
    proposed_mentions,
    removed_references,
    ruled_mentions,
    standing_references,
)
from clauses.views.asked_page import asked_page
from clauses.views.form_page import form_page
from clauses.views.roles import curator
from monitor.models import Platform

_ON_A_PAGE = 25


@require_safe
def review_references(request: HttpRequest) -> HttpResponse:
    """What waits for a ruling, what was ruled, what is attached and what was removed. For curators."""
    curator(request)
    context = {
        "proposed": _page(request, proposed_mentions(), "page"),
        "ruled": _page(request, ruled_mentions(), "rulings"),
        "attached": _page(request, standing_references().order_by("-added_at", "-pk"), "attached"),
        "removed": _page(request, removed_references(), "removed"),
    }
    return render(request, "review/references.html", context)


@form_page
def attach_to_platform(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for a page about a platform; POST attaches it. For curators."""
    curator(request)
    return _attach(request, get_object_or_404(Platform, slug=slug), None)


@form_page
def attach_to_change_set(request: HttpRequest, number: int) -> HttpResponse:
    """The form for a page about a change set; POST attaches it. For curators."""
    curator(request)
    found = get_object_or_404(change_sets(), number=number)
    if found.superseded_by:
        return redirect("reference-to-change-set", found.superseded_by.number)
    return _attach(request, found.document.platform, found)


@form_page
def remove_reference(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before removing a reference, then take it off the pages. For curators."""
    user = curator(request)
    reference = get_object_or_404(all_references(), pk=pk)
    form = RemovalForm(request.POST or None)
    if reference.removed_at:
        return _removed_already(request, reference)
    if request.method == "POST" and form.is_valid():
        if not referring.remove(reference, by=user, reason=form.cleaned_data["reason"], at=timezone.now()):
            reference.refresh_from_db()
            return _removed_already(request, reference)
        messages.success(request, f"“{reference.title}” is removed.")
        return redirect("review-references")
    return render(request, "review/reference_remove.html", {"reference": reference, "form": form})


@form_page
def review_mention(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal with the words of both sides; POST rules on it, or takes the ruling back. For curators.

    Who rules on what was ruled already, or sends a form twice, changes nothing and is told so.
    """
    user = curator(request)
    mention = get_object_or_404(mentions(), pk=pk)
    is_withdrawal = "withdraw" in request.POST
    form = MentionForm(mention, None if is_withdrawal else request.POST or None)
    withdrawal = MentionWithdrawalForm(request.POST if is_withdrawal else None)
    if is_withdrawal and withdrawal.is_valid():
        _withdraw(request, mention, user, withdrawal.cleaned_data["reason"])
        return redirect("review-mention", pk)
    if request.method == "POST" and form.is_valid():
        _rule(request, mention, user, form.cleaned_data)
        return redirect("review-references")
    context = {"mention": mention, "form": form, "withdrawal": withdrawal}
    return render(request, "review/mention.html", context)


def _removed_already(request: HttpRequest, reference: Reference) -> HttpResponse:
    by = f" by {reference.removed_by}" if reference.removed_by else ""
    messages.warning(request, f"“{reference.title}” was removed before{by}. Nothing is changed.")
    return redirect("review-references")


def _page(request: HttpRequest, rows: Any, name: str) -> Any:
    return Paginator(rows, _ON_A_PAGE, allow_empty_first_page=True).get_page(asked_page(request, name))


def _attach(request: HttpRequest, platform: Platform, change_set: ChangeSet | None) -> HttpResponse:
    user = curator(request)
    form = ReferenceForm(platform, change_set, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            referring.attach(form.page(), platform, change_set, by=user, at=timezone.now())
        except referring.AttachedAlready:
            form.add_error("url", "Somebody attached this page just now.")
        else:
            messages.success(request, f"“{form.cleaned_data['title']}” is attached.")
            return (
                redirect("change-set", change_set.number)
                if change_set
                else redirect("platform", platform.slug)
            )
    context = {"platform": platform, "change_set": change_set, "form": form}
    return render(request, "review/reference_attach.html", context)


def _rule(request: HttpRequest, mention: Mention, user: User, sent: dict[str, Any]) -> None:
    change = mention.change_set.public_id
    try:
        referring.rule(mention, sent["ruling"], by=user, reason=sent["reason"], at=timezone.now())
    except referring.RuledAlready:
        messages.warning(request, f"{mention.document} on {change}: ruled already. Nothing is changed.")
    except referring.TextChanged:
        messages.warning(
            request, f"{mention.document} has a new text or other reasons. Read it again; nothing is changed."
        )
    else:
        said = "speaks of" if sent["ruling"] == MentionRuling.CONFIRMED else "does not speak of"
        messages.success(request, f"{mention.document} {said} {change}.")


def _withdraw(request: HttpRequest, mention: Mention, user: User, reason: str) -> None:
    try:
        referring.withdraw(mention, by=user, reason=reason, at=timezone.now())
    except referring.NotRuled:
        messages.warning(request, f"{mention.document}: no ruling stands. Nothing is changed.")
    else:
        messages.success(request, f"{mention.document}: the ruling is taken back.")

"""A person's webhooks: added to a subscription, tried, given another secret, paused, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clauses import calling, connecting
from clauses.forms.webhooks import WebhookForm
from clauses.models import AlertState, Webhook
from clauses.queries.subscriptions import kept, recipient_of_user
from clauses.queries.webhooks import latest_deliveries, webhooks_of
from clauses.views.form_page import form_page


@require_safe
def webhooks(request: HttpRequest) -> HttpResponse:
    """All of one's webhooks, whichever subscription they belong to."""
    return render(request, "webhooks/list.html", {"webhooks": webhooks_of(request.user)})


@form_page
def add_webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for another webhook of one of the user's own subscriptions; POST adds it."""
    subscription = get_object_or_404(kept(recipient_of_user(request.user)), pk=pk)
    form = WebhookForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            webhook = connecting.connect(subscription, form.cleaned_data["url"], form.cleaned_data["format"])
        except connecting.NotConnected as error:
            form.add_error("url", str(error))
        else:
            messages.success(request, "The webhook is added. Take its secret from here, and send a test.")
            return redirect("webhook", webhook.pk)
    return render(request, "webhooks/add.html", {"subscription": subscription, "form": form})


@never_cache
@form_page
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook: its secret, its deliveries, a test of it. POST acts on it."""
    found = get_object_or_404(webhooks_of(request.user), pk=pk)
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("act", ""))
        if act:
            act(request, found)
        return redirect("webhook", found.pk)
    context = {"webhook": found, "deliveries": latest_deliveries(found)}
    return render(request, "webhooks/webhook.html", context)


@form_page
def remove_webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before removing a webhook with its secret and its log, then remove them."""
    found = get_object_or_404(webhooks_of(request.user), pk=pk)
    if request.method == "POST":
        connecting.remove(found)
        messages.success(request, f"The webhook to {found} is removed. It is not called any more.")
        return redirect("webhooks")
    return render(request, "webhooks/remove.html", {"webhook": found})


def _test(request: HttpRequest, found: Webhook) -> None:
    try:
        row = connecting.owe_test(found, timezone.now())
    except connecting.TooManyTests:
        messages.error(request, "You sent many tests within an hour. Try again in an hour.")
        return
    calling.call(row.pk)
    row.refresh_from_db()
    if row.state == AlertState.SENT:
        messages.success(request, f"The test arrived: the answer was {row.status}.")
    elif row.state == AlertState.FAILED:
        messages.error(request, f"The test did not arrive: {row.error}.")
    else:
        messages.info(request, "The test is on its way. Load this page again in a moment.")


def _renew(request: HttpRequest, found: Webhook) -> None:
    connecting.renew_secret(found)
    messages.success(
        request, "There is a new secret, which signs from the next call on. Give it to the receiver."
    )


def _pause(request: HttpRequest, found: Webhook) -> None:
    connecting.pause(found)
    messages.success(request, "Paused: it is not called, and what changes meanwhile is not sent later.")


def _resume(request: HttpRequest, found: Webhook) -> None:
    connecting.resume(found)
    messages.success(request, "Resumed: it is called from the next change on.")


_ACTS = {"test": _test, "renew": _renew, "pause": _pause, "resume": _resume}

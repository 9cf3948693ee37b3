"""Subscribing by mail address, without an account: asking, confirming, and the page behind the secret of a mail."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clauses import confirming
from clauses.asking import client_key
from clauses.forms.subscriptions import MailWishForm, RhythmForm
from clauses.models import Frequency, Recipient, Subscription
from clauses.queries.subscriptions import kept
from clauses.queries.wanted import preview
from clauses.views import keeping
from clauses.views.client import client_address
from clauses.views.form_page import form_page


@login_not_required
@form_page
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form, and what came of it: the same words whoever the address belongs to."""
    if not settings.SUBSCRIBE_BY_MAIL:
        raise Http404("subscribing by mail is off")
    if request.method != "POST":
        form = MailWishForm(initial={"platform": request.GET.get("platform", "")})
        return render(request, "subscriptions/by_mail.html", {"form": form})
    form = MailWishForm(request.POST)
    if not form.is_valid():
        return render(request, "subscriptions/by_mail.html", {"form": form})
    now = timezone.now()
    if request.POST.get("act") == "preview":
        nobody = Recipient()
        context = {"form": form, "preview": preview(form.wish().row(nobody), nobody, now)}
        return render(request, "subscriptions/by_mail.html", context)
    client = client_key(client_address(request))
    if confirming.asks_too_often(client, now):
        return render(request, "subscriptions/too_often.html", status=429)
    confirming.ask(form.cleaned_data["address"], form.wish(), client, now)
    return render(request, "subscriptions/asked.html", {"address": form.cleaned_data["address"]})


@login_not_required
@never_cache
@form_page
def subscribe_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask by a button, because scanners open every link of a mail; the button begins the subscription.

    For a digest it asks at which hour as well. A request without one, of a page that was open before, keeps the hour.
    """
    now = timezone.now()
    subscription = confirming.asked_by(token, now)
    if subscription is None:
        return render(request, "subscriptions/confirm_gone.html", status=410)
    rhythm = _rhythm(request, subscription)
    if request.method == "POST" and (rhythm is None or not rhythm.is_bound or rhythm.is_valid()):
        if rhythm and rhythm.is_bound:
            rhythm.save()
        begun = confirming.confirm(subscription, now)
        messages.success(request, keeping.promise(begun))
        return redirect("subscriptions-by-mail", begun.recipient.token)
    context = {"subscription": subscription, "rhythm": rhythm}
    return render(request, "subscriptions/confirm.html", context)


def _rhythm(request: HttpRequest, subscription: Subscription) -> RhythmForm | None:
    """The form that asks when the digests of a subscription come; None where it was confirmed, or has none."""
    if subscription.confirmed_at or subscription.frequency not in {Frequency.DAILY, Frequency.WEEKLY}:
        return None
    sent = request.POST if "hour" in request.POST else None
    has_weekly = subscription.frequency == Frequency.WEEKLY
    return RhythmForm(sent, instance=subscription.recipient, has_weekly=has_weekly)


@login_not_required
@never_cache
@form_page
def subscriptions_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The subscriptions of an address, for whoever has the secret of its mails."""
    recipient = _recipient(token)
    act = keeping.take if request.method == "POST" else keeping.show
    return act(request, recipient, _base(recipient))


@login_not_required
@require_POST
def change_by_mail(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Another severity or rhythm for one of them, a pause, or the end of a pause."""
    recipient = _recipient(token)
    return keeping.change(request, get_object_or_404(kept(recipient), pk=pk), _base(recipient))


@login_not_required
@never_cache
@form_page
def end_by_mail(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Ask before ending one of them, then end it."""
    recipient = _recipient(token)
    return keeping.end(request, get_object_or_404(kept(recipient), pk=pk), _base(recipient))


def _recipient(token: str) -> Recipient:
    return get_object_or_404(Recipient, token=token, user__isnull=True)


def _base(recipient: Recipient) -> str:
    return reverse("subscriptions-by-mail", args=[recipient.token])

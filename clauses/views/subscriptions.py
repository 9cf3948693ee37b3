"""Subscriptions: one's own list behind the sign-in, and ending one by the secret link of a mail."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from clauses import subscribing
from clauses.models import Digest, Recipient, Subscription
from clauses.queries.subscriptions import kept, recipient_of_user, subscription_twin
from clauses.views import keeping
from clauses.views.form_page import form_page
from clauses.views.json_response import json_response


@form_page
def subscriptions(request: HttpRequest) -> HttpResponse:
    """What the user is told about, and the form for more. POST subscribes, here or from a platform's page."""
    if request.method == "POST":
        return keeping.take(request, subscribing.recipient_of(request.user), reverse("subscriptions"))
    recipient = recipient_of_user(request.user) or Recipient(user=request.user)  # type: ignore[misc]
    return keeping.show(request, recipient, reverse("subscriptions"))


@require_safe
def subscriptions_json(request: HttpRequest) -> JsonResponse:
    """The twin."""
    rows = kept(recipient_of_user(request.user)).prefetch_related("webhooks")
    return json_response({"subscriptions": [subscription_twin(row) for row in rows]})


@require_POST
def change_subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """Another severity or rhythm for one of the user's own subscriptions, a pause of it, or the end of a pause."""
    recipient = recipient_of_user(request.user)
    return keeping.change(request, get_object_or_404(kept(recipient), pk=pk), reverse("subscriptions"))


@form_page
def end_subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before ending one of the user's own subscriptions, then end it."""
    recipient = recipient_of_user(request.user)
    return keeping.end(request, get_object_or_404(kept(recipient), pk=pk), reverse("subscriptions"))


@login_not_required
@csrf_exempt
@never_cache
@form_page
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End the subscription of a mail without signing in: the secret of its link is the permission.

    A mail client posts "List-Unsubscribe=One-Click" here (RFC 8058), with no CSRF token; GET only asks,
    because scanners open every link of a mail.
    """
    rows = Subscription.objects.select_related("platform", "document__platform", "view", "recipient__user")
    rows = rows.prefetch_related("webhooks")
    subscription = get_object_or_404(rows, token=token)
    if request.method == "POST":
        subscribing.end(subscription)
        subscription.refresh_from_db(fields=["ended_at"])
    return render(request, "subscriptions/unsubscribe.html", {"subscription": subscription})


@login_not_required
@csrf_exempt
@never_cache
@form_page
def unsubscribe_digest(request: HttpRequest, token: str) -> HttpResponse:
    """End the subscriptions that a digest comes from, the same way."""
    digest = get_object_or_404(Digest.objects.select_related("recipient__user"), token=token)
    running = list(subscribing.of_digest(digest))
    if request.method == "POST":
        for subscription in running:
            subscribing.end(subscription)
        running = []
    context = {"digest": digest, "running": running}
    return render(request, "subscriptions/unsubscribe_digest.html", context)

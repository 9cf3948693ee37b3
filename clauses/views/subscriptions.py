"""Subscriptions: one's own list, and ending one by the secret link of a mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from clauses import subscribing
from clauses.forms.subscriptions import SeverityForm, SubscribeForm, rated
from clauses.models import Subscription
from clauses.models.choices import SeverityLevel
from clauses.queries.subscriptions import running
from clauses.views.way_back import way_back
from monitor.models import Platform


@require_http_methods(["GET", "POST"])
def subscriptions(request: HttpRequest) -> HttpResponse:
    """What the user is told about, and the form for more. POST subscribes, here or from a platform's page."""
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        platform, severity = form.cleaned_data["platform"], form.cleaned_data["min_severity"]
        subscribing.subscribe(request.user, platform, severity)
        messages.success(request, _promise(platform, severity))
        return redirect(way_back(request, "subscriptions"))
    rows = [(row, SeverityForm(initial={"min_severity": row.min_severity})) for row in running(request.user)]
    return render(request, "subscriptions/list.html", {"rows": rows, "form": form})


@require_POST
def change_subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """Another severity for one of the user's own subscriptions."""
    subscription = get_object_or_404(running(request.user), pk=pk)
    form = SeverityForm(request.POST)
    if form.is_valid():
        severity = form.cleaned_data["min_severity"]
        subscribing.subscribe(request.user, subscription.platform, severity)
        messages.success(request, _promise(subscription.platform, severity))
    else:
        messages.error(request, "Choose one of the severities.")
    return redirect("subscriptions")


@require_http_methods(["GET", "POST"])
def end_subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before ending one of the user's own subscriptions, then end it."""
    subscription = get_object_or_404(running(request.user), pk=pk)
    if request.method == "POST":
        subscribing.end(subscription)
        messages.success(request, f"You get no more mail about {subscription.platform}.")
        return redirect("subscriptions")
    return render(request, "subscriptions/end.html", {"subscription": subscription})


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End the subscription of a mail without signing in: the secret of its link is the permission.

    A mail client posts "List-Unsubscribe=One-Click" here (RFC 8058), with no CSRF token; GET only asks,
    because scanners open every link of a mail.
    """
    subscription = get_object_or_404(Subscription.objects.select_related("platform"), token=token)
    if request.method == "POST":
        subscribing.end(subscription)
        subscription.refresh_from_db(fields=["ended_at"])
    return render(request, "subscriptions/unsubscribe.html", {"subscription": subscription})


def _promise(platform: Platform, severity: SeverityLevel) -> str:
    return f"You will get a mail for every change of {platform} that is {rated(severity)}."

"""Reads of webhooks and of what was sent to them."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet

from clauses.models import Webhook, WebhookDelivery
from clauses.queries.subscriptions import kept, recipient_of_user

_LATEST = 50


def webhooks_of(user: Any) -> QuerySet[Webhook]:
    """A person's webhooks, of subscriptions that have not ended, with `called_at` of the last call."""
    theirs = Webhook.objects.filter(subscription__in=kept(recipient_of_user(user)).order_by())
    along = (
        "subscription__platform",
        "subscription__document__platform",
        "subscription__view",
        "subscription__recipient",
    )
    return theirs.select_related(*along).annotate(called_at=Max("deliveries__tried_at"))


def latest_deliveries(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """The latest that a webhook was owed, newest first."""
    return webhook.deliveries.select_related("change_set__document__platform")[:_LATEST]

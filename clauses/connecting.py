"""Webhooks of a subscription: begun, tried, given another secret, paused and removed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from clauses.models import Subscription, Webhook, WebhookDelivery
from clauses.models.webhook import new_secret

MOST = 20
_TESTS_AN_HOUR = 20


class NotConnected(ValueError):
    """The webhook cannot be begun; the message is for the person."""


class TooManyTests(ValueError):
    """So many tests were asked for within an hour that another one has to wait."""


def connect(subscription: Subscription, url: str, form: str) -> Webhook:
    """Call an address from now on for what a subscription is about. Raises NotConnected."""
    theirs = Webhook.objects.filter(
        subscription__recipient=subscription.recipient_id, subscription__ended_at=None
    )
    if theirs.count() >= MOST:
        raise NotConnected(f"You have {MOST} webhooks, which is as many as one person may have.")
    try:
        with transaction.atomic():
            return Webhook.objects.create(subscription=subscription, url=url, format=form)
    except IntegrityError as error:
        raise NotConnected("This subscription calls this address already.") from error


def renew_secret(webhook: Webhook) -> None:
    """Sign by another secret from the next call on; the one before holds no more."""
    Webhook.objects.filter(pk=webhook.pk).update(secret=new_secret())


def pause(webhook: Webhook) -> None:
    """No call until it is resumed; what changes meanwhile is not sent later."""
    Webhook.objects.filter(pk=webhook.pk, paused_at=None).update(paused_at=timezone.now())


def resume(webhook: Webhook) -> None:
    """End a pause, or a stop because the receiver was gone."""
    Webhook.objects.filter(pk=webhook.pk).update(paused_at=None, stopped_at=None, stopped_because="")


def remove(webhook: Webhook) -> None:
    """Remove a webhook with its secret and its deliveries; what it is still owed is never sent."""
    Webhook.objects.filter(pk=webhook.pk).delete()


def owe_test(webhook: Webhook, now: datetime) -> WebhookDelivery:
    """Owe a webhook a test, also while it is paused. Raises TooManyTests."""
    theirs = WebhookDelivery.objects.filter(
        webhook__subscription__recipient=webhook.subscription.recipient_id, change_set=None
    )
    if theirs.filter(owed_at__gte=now - timedelta(hours=1)).count() >= _TESTS_AN_HOUR:
        raise TooManyTests
    return WebhookDelivery.objects.create(webhook=webhook)

"""Subscribing by mail address alone: whoever reads the address confirms, and until then nothing is subscribed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from clauses import asking, subscribing
from clauses.models import Confirmation, Recipient, Subscription
from clauses.queries.subscriptions import kept
from clauses.subscribing import Wish

HOLDS_FOR = timedelta(days=7)


def asks_too_often(client: str, now: datetime) -> bool:
    """Whether a client has asked for as many confirmations within an hour as it may."""
    return asking.is_too_often(Confirmation.objects.all(), client, now)


def ask(address: str, wish: Wish, client: str, now: datetime) -> None:
    """Owe an address the mail that asks whether it wants a subscription.

    Does nothing for an address that was asked often enough or wants no mail. From outside all of it looks the same,
    so that nobody learns who is subscribed.
    """
    address = address.strip().lower()
    if asking.is_enough(Confirmation.objects.filter(subscription__recipient__own_address=address), now):
        return
    with transaction.atomic():
        recipient, _ = Recipient.objects.get_or_create(user=None, own_address=address)
        if recipient.stopped_at is None:
            row = wish.row(recipient)
            row.save()
            Confirmation.objects.create(subscription=row, client=client)


def asked_by(token: str, now: datetime) -> Subscription | None:
    """The subscription that a link confirms, or has confirmed; None where the link is too old, made up, or spent."""
    found = Confirmation.objects.filter(token=token, owed_at__gte=now - HOLDS_FOR)
    row = found.select_related(
        "subscription__recipient",
        "subscription__platform",
        "subscription__document__platform",
        "subscription__view",
    ).first()
    if row is None or row.subscription.ended_at is None:
        return row.subscription if row else None
    # Confirmed before: the link still leads to what it began, as long as that runs.
    wish = subscribing.wish_of(row.subscription)
    return kept(row.subscription.recipient).filter(**wish.about).first()


def confirm(subscription: Subscription, now: datetime) -> Subscription:
    """Begin what was asked for; where the same runs already, that one goes on with the new severity and rhythm."""
    if subscription.confirmed_at:
        return subscription
    with transaction.atomic():
        Subscription.objects.filter(pk=subscription.pk).update(ended_at=now)
        return subscribing.begin(subscription.recipient, subscribing.wish_of(subscription))


def forget(now: datetime) -> int:
    """Delete what was never confirmed in time, and addresses nothing is left of. How many subscriptions went."""
    stale = Subscription.objects.filter(confirmed_at=None, created_at__lt=now - HOLDS_FOR)
    count = stale.count()
    stale.delete()
    Recipient.objects.filter(
        user=None, subscriptions=None, stopped_at=None, created_at__lt=now - HOLDS_FOR
    ).delete()
    return count

"""Subscribing by mail address alone: whoever reads the address confirms, and until then nothing is subscribed."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from clauses import subscribing
from clauses.models import Confirmation, Recipient, Subscription
from clauses.queries.subscriptions import kept
from clauses.subscribing import Wish

HOLDS_FOR = timedelta(days=7)
# Nobody's address becomes the target of many mails, and nobody sends them by us.
_A_DAY_TO_AN_ADDRESS = 3
_AN_HOUR_BY_A_CLIENT = 10


def client_key(address: str) -> str:
    """A network address as a key that does not tell it; those of one IPv6 network are the same client."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        found = ipaddress.ip_address("0.0.0.0")  # noqa: S104
    if found.version == 6 and (inside := found.ipv4_mapped):
        found = inside
    prefix = 64 if found.version == 6 else 32
    network = ipaddress.ip_network((found, prefix), strict=False)
    return salted_hmac("proviso.confirming", str(network), algorithm="sha256").hexdigest()


def asks_too_often(client: str, now: datetime) -> bool:
    """Whether a client has asked for as many confirmations within an hour as it may."""
    lately = Confirmation.objects.filter(client=client, owed_at__gte=now - timedelta(hours=1))
    return lately.count() >= _AN_HOUR_BY_A_CLIENT


def ask(address: str, wish: Wish, client: str, now: datetime) -> None:
    """Owe an address the mail that asks whether it wants a subscription.

    Does nothing for an address that was asked often enough or wants no mail. From outside all of it looks the same,
    so that nobody learns who is subscribed.
    """
    address = address.strip().lower()
    asked = Confirmation.objects.filter(
        subscription__recipient__own_address=address, owed_at__gte=now - timedelta(days=1)
    )
    if asked.count() >= _A_DAY_TO_AN_ADDRESS:
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

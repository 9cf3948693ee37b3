"""Alerts: who is owed word of a change set, and which of it comes in a digest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from clauses.core.digest_times import last_due
from clauses.models import (
    Alert,
    AlertState,
    ChangeSet,
    Digest,
    Frequency,
    Recipient,
    Subscription,
    WebhookDelivery,
)
from clauses.queries.wanted import rhythm_of, running_at, subscriptions_for, webhooks_for


def owe(change_set: ChangeSet) -> None:
    """Owe one alert to every person with a subscription that a change set fits, and one call to each of its webhooks.

    Called in the transaction that records the change set; the unique constraint makes a second call harmless.
    """
    if not change_set.is_alerting:
        return
    _owe_by(subscriptions_for(change_set), change_set)
    calls = [WebhookDelivery(webhook=webhook, change_set=change_set) for webhook in webhooks_for(change_set)]
    WebhookDelivery.objects.bulk_create(calls, ignore_conflicts=True)


def owe_others(alert: Alert) -> None:
    """Owe an alert, which its own recipient no longer wants, to somebody else who is mailed at the same address.

    Only one of them was owed it. Where the mail to the address was stopped, nobody is.
    """
    address = alert.recipient.address
    if address and alert.recipient.stopped_at is None:
        _owe_by(subscriptions_for(alert.change_set, running_at(address)), alert.change_set)


def _owe_by(wishes: Iterable[Subscription], change_set: ChangeSet) -> None:
    rows = [
        Alert(recipient=wish.recipient, subscription=wish, change_set=change_set, frequency=wish.frequency)
        for wish in wishes
    ]
    Alert.objects.bulk_create(rows, ignore_conflicts=True)


def bundle(now: datetime) -> int:
    """Make the digests whose hour has come, each of what its recipient is owed until then. How many were made.

    A period in which nothing is owed gives none.
    """
    loose = Alert.objects.filter(state=AlertState.OWED, digest=None).exclude(frequency=Frequency.INSTANT)
    kinds = loose.order_by("recipient", "frequency").values_list("recipient", "frequency").distinct()
    people = Recipient.objects.in_bulk([recipient for recipient, _ in kinds])
    return sum(_bundle(people[key], Frequency(frequency), now) for key, frequency in kinds)


def _bundle(recipient: Recipient, frequency: Frequency, now: datetime) -> bool:
    day, due_at = last_due(now, rhythm_of(recipient, frequency))
    owed = Alert.objects.filter(
        recipient=recipient, frequency=frequency, state=AlertState.OWED, digest=None, owed_at__lte=due_at
    )
    with transaction.atomic():
        if not owed.exists():
            return False
        digest, is_new = Digest.objects.get_or_create(recipient=recipient, frequency=frequency, on=day)
        if not is_new:
            # Recorded while that digest was on its way: the next one has it.
            return False
        owed.update(digest=digest)
    return True

"""Who is told about what: beginning, changing, pausing and ending a subscription."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from clauses.models import Digest, Frequency, Recipient, SavedView, Subscription
from clauses.models.choices import SeverityLevel
from clauses.queries.subscriptions import kept
from monitor.models import Document, Platform


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be told about, and how often. Empty fields ask for nothing.

    With a view, it is the filter of that, whatever it is at the time; the view's own severity counts too.
    """

    platform: Platform | None = None
    document: Document | None = None
    view: SavedView | None = None
    document_type: str = ""
    type: str = ""
    direction: str = ""
    min_severity: int = SeverityLevel.LOW
    frequency: str = Frequency.INSTANT

    def row(self, recipient: Recipient) -> Subscription:
        """A subscription to it that is not saved."""
        return Subscription(recipient=recipient, **self.about, **self.measure)

    @property
    def about(self) -> dict[str, Any]:
        """What makes two subscriptions of one person the same."""
        names = ("platform", "document", "view", "document_type", "type", "direction")
        return {name: getattr(self, name) for name in names}

    @property
    def measure(self) -> dict[str, Any]:
        """What one can change of a running subscription."""
        return {"min_severity": self.min_severity, "frequency": self.frequency}


def recipient_of(user: Any) -> Recipient:
    """The row by which a user is mailed, made when first asked for."""
    return Recipient.objects.get_or_create(user=user)[0]


def subscribe(user: Any, platform: Platform | None, min_severity: int, **others: Any) -> Subscription:
    """The subscription of a user to a platform, or to what the other fields of a Wish name."""
    return begin(recipient_of(user), Wish(platform=platform, min_severity=min_severity, **others))


def begin(recipient: Recipient, wish: Wish) -> Subscription:
    """The person's subscription to what they wish: the running one, changed, or a new one. A pause ends."""
    same = kept(recipient).filter(**wish.about)
    if same.update(**wish.measure, paused_at=None):
        return same.get()
    try:
        with transaction.atomic():
            row = wish.row(recipient)
            row.confirmed_at = timezone.now()
            row.save()
            return row
    except IntegrityError:
        # Two clicks at once: the other one has just made it.
        same.update(**wish.measure, paused_at=None)
        return same.get()


def wish_of(subscription: Subscription) -> Wish:
    """What a subscription asks for."""
    names = Wish.__dataclass_fields__
    return Wish(**{name: getattr(subscription, name) for name in names})


def change(subscription: Subscription, min_severity: int, frequency: str) -> Subscription:
    """The subscription with another severity and rhythm."""
    subscription.min_severity, subscription.frequency = min_severity, frequency
    subscription.save(update_fields=["min_severity", "frequency"])
    return subscription


def of_digest(digest: Digest) -> QuerySet[Subscription]:
    """The running subscriptions a digest comes from: those of its kind, and those its changes are owed by."""
    owed_by = digest.alerts.values("subscription")
    return kept(digest.recipient).filter(Q(frequency=digest.frequency) | Q(pk__in=owed_by))


def pause(subscription: Subscription) -> None:
    """No mail until it is resumed; what changes meanwhile is not mailed later."""
    Subscription.objects.filter(pk=subscription.pk, paused_at=None).update(paused_at=timezone.now())


def resume(subscription: Subscription) -> None:
    """End a pause."""
    Subscription.objects.filter(pk=subscription.pk).update(paused_at=None)


def end(subscription: Subscription) -> bool:
    """End a subscription; what it is still owed is dropped at the next sending. False where it had ended."""
    open_row = Subscription.objects.filter(pk=subscription.pk, ended_at__isnull=True)
    return open_row.update(ended_at=timezone.now()) == 1


def stop(recipients: QuerySet[Recipient], because: str) -> int:
    """Mail these people nothing more: their mail came back, or they complained. How many were mailed until now."""
    return recipients.filter(stopped_at=None).update(stopped_at=timezone.now(), stopped_because=because[:200])


def start_again(recipients: QuerySet[Recipient]) -> int:
    """Mail them again what they subscribed to. How many were stopped."""
    return recipients.exclude(stopped_at=None).update(stopped_at=None, stopped_because="")

"""How the messages and calls stand that are owed, without saying to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Min, Q, QuerySet, Value

from clauses.models import (
    AccountMail,
    Alert,
    AlertState,
    Confirmation,
    Delivery,
    Digest,
    Frequency,
    NoticeMail,
    WebhookDelivery,
)


@dataclass(frozen=True, slots=True)
class CallStanding:
    """The same of calls to webhooks. `owed_since` is of the oldest that was never tried.

    A receiver that is away is a matter of whoever it belongs to, and no sign of a queue that stands.
    """

    owed: int
    owed_since: datetime | None
    stuck: int
    given_up: int


@dataclass(frozen=True, slots=True)
class MailStanding:
    """How many mails are owed, stuck and given up, and how many changes wait for the hour of a digest.

    Stuck ones were tried several times and are still owed. `owed_since` is of the oldest that is owed.
    """

    owed: int
    owed_since: datetime | None
    stuck: int
    given_up: int
    kept: int
    kept_since: datetime | None
    calls: CallStanding


def mail_standing() -> MailStanding:
    """The figures, by one query for mails and one for calls."""
    is_alone = Q(digest=None, frequency=Frequency.INSTANT)
    kept = _counted(Alert.objects.filter(digest=None).exclude(frequency=Frequency.INSTANT), "kept")
    mails = [_counted(Alert.objects.filter(is_alone), "mail")]
    mails += [
        _counted(kind._default_manager.all(), "mail")
        for kind in (Digest, Confirmation, NoticeMail, AccountMail)
    ]
    found = list(kept.union(*mails, all=True))
    owed = [row for row in found if row["of"] == "mail" and row["state"] == AlertState.OWED]
    waiting = [row for row in found if row["of"] == "kept" and row["state"] == AlertState.OWED]
    return MailStanding(
        owed=sum(row["count"] for row in owed),
        owed_since=min((row["oldest_at"] for row in owed), default=None),
        stuck=sum(row["stuck"] for row in owed),
        given_up=sum(row["count"] for row in found if row["state"] == AlertState.FAILED),
        kept=sum(row["count"] for row in waiting),
        kept_since=min((row["oldest_at"] for row in waiting), default=None),
        calls=_call_standing(),
    )


def _call_standing() -> CallStanding:
    owed = Q(state=AlertState.OWED)
    figures = WebhookDelivery.objects.exclude(change_set=None).aggregate(
        owed=Count("pk", filter=owed),
        owed_since=Min("owed_at", filter=owed & Q(attempts=0)),
        stuck=Count("pk", filter=owed & Q(attempts__gte=Delivery.STUCK_FROM)),
        given_up=Count("pk", filter=Q(state=AlertState.FAILED)),
    )
    return CallStanding(**figures)


def _counted(rows: QuerySet[Any], of: str) -> QuerySet[Any]:
    named = rows.order_by().annotate(of=Value(of, output_field=CharField())).values("of", "state")
    is_stuck = Q(attempts__gte=Delivery.STUCK_FROM)
    counted: QuerySet[Any] = named.annotate(
        count=Count("pk"), oldest_at=Min("owed_at"), stuck=Count("pk", filter=is_stuck)
    )
    return counted

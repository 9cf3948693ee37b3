"""Which changes a subscription is about: one selection, for what is owed and for what would have been."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from clauses.core.digest_times import Rhythm, digests_for
from clauses.models import Change, ChangeSet, Frequency, Recipient, Subscription, Webhook
from clauses.models.choices import DirectionWord
from clauses.queries.changes import ChangeFilter, filtered_changes
from clauses.queries.saved_views import public_filter
from monitor.models import Cause

PREVIEW_DAYS = 90
_EXAMPLES = 10
# What is mixed has both in it.
_DIRECTIONS: dict[str, Sequence[str]] = {
    DirectionWord.ADVERSE: [DirectionWord.ADVERSE, DirectionWord.MIXED],
    DirectionWord.FAVORABLE: [DirectionWord.FAVORABLE, DirectionWord.MIXED],
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a subscription would have sent since a day: mails, the changes in them, and the newest of these."""

    since: datetime
    mails: int
    changes: int
    newest: list[ChangeSet]


def filter_of(wish: Subscription) -> ChangeFilter:
    """The same wish as a filter of the list of changes, which knows no single document."""
    if wish.view:
        asked = public_filter(wish.view.query)
        return replace(asked, severity=max(asked.severity, wish.min_severity))
    platform = wish.platform or (wish.document.platform if wish.document else None)
    return ChangeFilter(
        platforms=(platform.slug,) if platform else (),
        document_types=(wish.document_type,) if wish.document_type else (),
        types=(wish.type,) if wish.type else (),
        severity=wish.min_severity,
    )


def wanted(wish: Subscription) -> QuerySet[ChangeSet]:
    """The publishers' changes a subscription is about, newest first; never those of samples.

    With a clause type, its severity and direction are asked of a change in a clause of that type; a view goes by what
    its list shows.
    """
    if wish.removed_view or (wish.view and public_filter(wish.view.query).is_empty):
        return ChangeSet.objects.none()
    found = filtered_changes(filter_of(wish)).filter(
        new_version__cause=Cause.PUBLISHER, document__platform__is_sample=False
    )
    if wish.document_id:
        found = found.filter(document=wish.document_id)
    directions: Sequence[str] = _DIRECTIONS.get(wish.direction, [wish.direction] if wish.direction else [])
    if wish.type:
        return found.filter(Exists(_changes_of_type(wish, directions)))
    return found.filter(direction__in=directions) if directions else found


def _changes_of_type(wish: Subscription, directions: Sequence[str]) -> QuerySet[Change]:
    rows = Change.objects.filter(change_set=OuterRef("pk"), severity__gte=wish.min_severity)
    rows = rows.alias(type_list=Cast("types", TextField())).filter(type_list__contains=f'"{wish.type}"')
    return rows.filter(direction__in=directions) if directions else rows


def running() -> QuerySet[Subscription]:
    """The subscriptions by which mail is owed now."""
    return _running().filter(recipient__stopped_at__isnull=True).exclude(frequency=Frequency.NEVER)


def _running() -> QuerySet[Subscription]:
    return Subscription.objects.filter(
        Q(recipient__user__isnull=True) | Q(recipient__user__is_active=True),
        confirmed_at__isnull=False,
        paused_at__isnull=True,
        ended_at__isnull=True,
    ).select_related("recipient__user", "platform", "document__platform", "view")


def running_at(address: str) -> QuerySet[Subscription]:
    """The running subscriptions of all who are mailed at an address, with an account or without."""
    without = Q(recipient__user__isnull=True, recipient__own_address__iexact=address)
    return running().filter(without | Q(recipient__user__email__iexact=address))


def subscriptions_for(
    change_set: ChangeSet, among: QuerySet[Subscription] | None = None
) -> list[Subscription]:
    """The running subscriptions a change set fits: one for each mail address, the one that tells soonest."""
    found: dict[object, Subscription] = {}
    for wish in _fitting(change_set, running() if among is None else among):
        found.setdefault(wish.recipient.address.lower() or wish.recipient_id, wish)
    return list(found.values())


def webhooks_for(change_set: ChangeSet) -> list[Webhook]:
    """The running webhooks of the running subscriptions that a change set fits, whether these mail or not.

    An address that several subscriptions of one person call is among them once.
    """
    calling = Webhook.objects.filter(
        paused_at=None, stopped_at=None, subscription__recipient__user__isnull=False
    )
    fitting = _fitting(change_set, _running().filter(pk__in=calling.values("subscription")))
    found: dict[object, Webhook] = {}
    for webhook in calling.filter(subscription__in=fitting).select_related("subscription"):
        found.setdefault((webhook.subscription.recipient_id, webhook.url), webhook)
    return list(found.values())


def _fitting(change_set: ChangeSet, among: QuerySet[Subscription]) -> list[Subscription]:
    """Those of the subscriptions that a change set fits, those that tell soonest first."""
    document = change_set.document
    near = among.filter(
        Q(platform=None) | Q(platform=document.platform_id),
        Q(document=None) | Q(document=document),
        document_type__in=["", document.type],
        min_severity__lte=change_set.severity,
    )
    fits: dict[tuple[object, ...], bool] = {}
    found = []
    for wish in sorted(near, key=lambda row: (Frequency(row.frequency).rank, row.pk)):
        key: tuple[object, ...] = (wish.platform_id, wish.document_id, wish.document_type, wish.type)
        key += (wish.direction, wish.min_severity, wish.view_id)
        if key not in fits:
            # Many people share few wishes: each is asked once.
            fits[key] = wanted(wish).filter(pk=change_set.pk).exists()
        if fits[key]:
            found.append(wish)
    return found


def preview(wish: Subscription, recipient: Recipient, now: datetime) -> Preview:
    """What a subscription would have sent in the last 90 days, had it run; imported history counts as if it was read.

    A digest counts once for each period with a change in it.
    """
    since = now - timedelta(days=PREVIEW_DAYS)
    found = wanted(wish).filter(detected_at__gte=since, detected_at__lte=now)
    moments = list(found.values_list("detected_at", flat=True))
    mails = _mails(moments, wish, recipient)
    return Preview(since, mails, len(moments), list(found[:_EXAMPLES]))


def _mails(moments: Iterable[datetime], wish: Subscription, recipient: Recipient) -> int:
    if wish.frequency == Frequency.NEVER:
        return 0
    if wish.frequency == Frequency.INSTANT:
        return len(list(moments))
    return digests_for(moments, rhythm_of(recipient, Frequency(wish.frequency)))


def rhythm_of(recipient: Recipient, frequency: Frequency) -> Rhythm:
    """When the digests of a person are due."""
    weekday = recipient.weekday if frequency == Frequency.WEEKLY else None
    return Rhythm(recipient.zone_info, recipient.hour, weekday)

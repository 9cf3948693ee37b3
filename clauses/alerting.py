"""Alerts: who is owed one, and sending them, each once."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPResponseException

from django.db.models import Q, QuerySet
from django.utils import timezone

from clauses.mail import alert_message
from clauses.models import Alert, AlertState, ChangeSet, Subscription

_CLAIM_IS_STALE_AFTER = timedelta(minutes=15)
_MAX_ATTEMPTS = 8
_FIRST_RETRY = timedelta(minutes=2)


def owe(change_set: ChangeSet) -> None:
    """Owe an alert to every subscription that a change set qualifies for.

    Called in the transaction that records the change set; the unique constraint makes a second call harmless.
    """
    if not change_set.is_alerting:
        return
    subscriptions = Subscription.objects.filter(
        platform=change_set.document.platform_id, min_severity__lte=change_set.severity, ended_at__isnull=True
    )
    Alert.objects.bulk_create(
        (Alert(subscription=subscription, change_set=change_set) for subscription in subscriptions),
        ignore_conflicts=True,
    )


def waiting(now: datetime) -> QuerySet[Alert]:
    """The alerts that are owed, free, and whose next try has come."""
    return Alert.objects.filter(_free(now), state=AlertState.OWED).order_by("owed_at", "pk")


def _free(now: datetime) -> Q:
    unclaimed = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - _CLAIM_IS_STALE_AFTER)
    ripe = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    return unclaimed & ripe


def send(alert_id: int) -> bool:
    """Send one alert. False where somebody else has it, it is not owed, or sending failed and will be tried again."""
    now = timezone.now()
    if waiting(now).filter(pk=alert_id).update(claimed_at=now) != 1:
        return False
    alert = Alert.objects.select_related("subscription__user", "change_set__document__platform").get(pk=alert_id)
    if alert.subscription.ended_at or not alert.subscription.user.is_active:
        _close(alert, AlertState.DROPPED)
        return False
    try:
        alert_message(alert).send()
    except (SMTPException, OSError) as error:
        _try_later(alert, error, now)
        return False
    _close(alert, AlertState.SENT)
    return True


def _close(alert: Alert, state: AlertState) -> None:
    alert.state = state
    alert.claimed_at = None
    alert.sent_at = timezone.now() if state == AlertState.SENT else None
    alert.error = ""
    alert.save()


def _try_later(alert: Alert, error: Exception, now: datetime) -> None:
    """Note the failure and the next try; give up where the server said never, or after too many tries."""
    alert.attempts += 1
    alert.error = f"{type(error).__name__}: {error}"[:300]
    is_final = isinstance(error, SMTPResponseException) and error.smtp_code >= 500
    if is_final or alert.attempts >= _MAX_ATTEMPTS:
        alert.state = AlertState.FAILED
    alert.next_try_at = now + _FIRST_RETRY * 2 ** (alert.attempts - 1)
    alert.claimed_at = None
    alert.save()

"""Alerts: who is owed one, and sending them, each once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from clauses.mail import alert_message
from clauses.models import Alert, AlertState, ChangeSet, Subscription

_log = logging.getLogger(__name__)
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
    unclaimed = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - timedelta(seconds=settings.CLAIM_SECONDS))
    ripe = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    return unclaimed & ripe


def release_all() -> None:
    """Let go of every alert. Only for the one process of an embedded site, at its start."""
    Alert.objects.filter(claimed_at__isnull=False).update(claimed_at=None)


def send(alert_id: int) -> bool:
    """Send one alert. False where somebody else has it, it is not owed, or it could not be sent now."""
    now = timezone.now()
    if waiting(now).filter(pk=alert_id).update(claimed_at=now) != 1:
        return False
    rows = Alert.objects.select_related(
        "subscription__user",
        "change_set__document__platform",
        "change_set__old_version",
        "change_set__new_version",
    )
    alert = rows.get(pk=alert_id)
    if alert.subscription.ended_at or not alert.subscription.user.is_active:
        _close(alert, AlertState.DROPPED)
        return False
    if not alert.subscription.user.email:
        _close(alert, AlertState.FAILED, "the user has no mail address")
        return False
    try:
        alert_message(alert).send()
    except Exception as error:
        # A message that our own code cannot write counts its tries as well, or it would be tried for ever.
        if not isinstance(error, SMTPException | OSError):
            _log.exception("writing the alert with key %s failed", alert.pk)
        _try_later(alert, error, now)
        return False
    _close(alert, AlertState.SENT)
    return True


def _close(alert: Alert, state: AlertState, error: str = "") -> None:
    alert.state = state
    alert.claimed_at = None
    alert.sent_at = timezone.now() if state == AlertState.SENT else None
    alert.error = error
    alert.save()


def _try_later(alert: Alert, error: Exception, now: datetime) -> None:
    """Note the failure and the next try; give up where the server said never, or after too many tries."""
    alert.attempts += 1
    alert.error = f"{type(error).__name__}: {error}"[:300]
    if _is_final(error) or alert.attempts >= _MAX_ATTEMPTS:
        alert.state = AlertState.FAILED
    alert.next_try_at = now + _FIRST_RETRY * 2 ** (alert.attempts - 1)
    alert.claimed_at = None
    alert.save()


def _is_final(error: Exception) -> bool:
    """Whether the server said never: a 5xx answer, to the message or to its only recipient."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= 500

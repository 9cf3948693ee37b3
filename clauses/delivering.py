"""Sending what is owed, each row once: claimed, handed to the mail server, closed, or tried again later."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from clauses import outbox
from clauses.alerting import owe_others
from clauses.mail.accounts import (
    invitation_message,
    known_message,
    leaving_message,
    new_address_message,
    reset_message,
)
from clauses.mail.alerts import alert_message
from clauses.mail.confirmations import confirmation_message
from clauses.mail.digests import digest_message
from clauses.mail.notices import notice_message
from clauses.models import (
    AccountMail,
    AccountMailKind,
    Alert,
    AlertState,
    Confirmation,
    Delivery,
    Digest,
    Frequency,
    NoticeMail,
    Subscription,
)
from clauses.outbox import Sending
from clauses.queries.accounts import accounts_at, asked_addresses, standing_invitations
from clauses.queries.wanted import running, subscriptions_for
from clauses.retrying import is_final, is_no_server

_log = logging.getLogger(__name__)
# So often in a row without a server, and a sweep tries no further.
_ENOUGH_FAILURES = 3


class Unwanted(Exception):
    """The message is not to be sent; the words say why, and are empty where nobody wants it any more."""


def waiting(kind: type[Delivery], now: datetime) -> QuerySet[Any]:
    """The rows of a kind that wait to be sent. An alert that is for a digest never waits by itself."""
    rows = outbox.waiting(kind, now)
    return rows.filter(frequency=Frequency.INSTANT) if kind is Alert else rows


def release_all() -> None:
    """Let go of every message. Only for the one process of an embedded site, at its start."""
    outbox.release_all(KINDS)


def owe_again(rows: QuerySet[Any]) -> int:
    """Owe these rows of one kind anew, now and with all tries before them, but for those that went out. How many.

    What a digest holds goes with it, and not by itself.
    """
    again = {"state": AlertState.OWED, "attempts": 0, "next_try_at": None}
    found = rows.filter(state__in=[AlertState.OWED, AlertState.FAILED], claimed_at=None)
    if rows.model is Alert:
        found = found.filter(digest=None)
    if rows.model is Digest:
        Alert.objects.filter(digest__in=found, state=AlertState.FAILED).update(state=AlertState.OWED)
    return found.update(**again)


def send_all(until: datetime) -> bool:
    """Send all that waits, one after the other. False where there was no time left for some of it.

    Ends where the mail server cannot be reached; what is left waits for the next sweep.
    """
    failures = 0
    for kind in KINDS:
        for pk in list(waiting(kind, timezone.now()).values_list("pk", flat=True)):
            if timezone.now() > until:
                return False
            came = send(kind, pk)
            failures = failures + 1 if came == Sending.NO_SERVER else 0
            if failures == _ENOUGH_FAILURES:
                return True
    return True


def send(kind: type[Delivery], pk: int) -> Sending:
    """Send one row, unless somebody else does or it is not owed. At most one sender has a row at a time."""
    now = timezone.now()
    if not outbox.claim(waiting(kind, now), pk, now):
        return Sending.NOT_OURS
    row = kind._default_manager.select_related(*_ALONG[kind]).get(pk=pk)
    try:
        if _is_put_off(row, now):
            return Sending.LATER
        built = _WRITERS[kind](row)
        connection = get_connection()
        connection.open()
    except Unwanted as reason:
        _close(row, AlertState.FAILED if str(reason) else AlertState.DROPPED, str(reason))
        return Sending.ENDED
    except Exception as error:
        return _try_later(row, error, now)
    try:
        return _hand_over(row, built, connection, now)
    finally:
        _hang_up(connection)


def _hand_over(row: Delivery, built: EmailMessage, connection: Any, now: datetime) -> Sending:
    try:
        connection.send_messages([built])
    except Exception as error:
        return _try_later(row, error, now)
    # Before the goodbye, so that nothing but this line stands between the server's yes and our commit.
    _close(row, AlertState.SENT)
    return Sending.SENT


def _hang_up(connection: Any) -> None:
    try:
        connection.close()
    except OSError as error:
        _log.info("the mail server did not say goodbye: %s", error)


def _alert(alert: Alert) -> EmailMessage:
    _check_address(alert)
    alert.subscription = _still_wanting(alert)
    return alert_message(alert)


def _digest(digest: Digest) -> EmailMessage:
    _check_address(digest)
    rows = digest.alerts.filter(state=AlertState.OWED).select_related(
        "recipient__user",
        *(f"change_set__{name}" for name in _CHANGE_SET),
        "subscription__platform",
        "subscription__document__platform",
        "subscription__view",
    )
    wanted = [alert for alert in rows if _is_wanted(alert)]
    for alert in rows.exclude(pk__in=[alert.pk for alert in wanted]):
        _close(alert, AlertState.DROPPED)
    if not wanted:
        raise Unwanted
    return digest_message(digest, wanted)


def _confirmation(confirmation: Confirmation) -> EmailMessage:
    subscription = confirmation.subscription
    if subscription.confirmed_at or subscription.ended_at or subscription.recipient.stopped_at:
        raise Unwanted
    return confirmation_message(confirmation)


def _account_mail(mail: AccountMail) -> EmailMessage:
    if mail.user:
        return _of_another_address(mail, mail.user)
    accounts = accounts_at(mail.address)
    if mail.kind == AccountMailKind.RESET:
        accounts = [user for user in accounts if user.has_usable_password()]
        if not accounts:
            raise Unwanted
        return reset_message(mail, accounts)
    if accounts and mail.kind == AccountMailKind.SIGN_UP:
        return known_message(mail, accounts)
    if accounts or not standing_invitations(timezone.now()).filter(pk=mail.pk).exists():
        raise Unwanted
    return invitation_message(mail)


def _of_another_address(mail: AccountMail, user: User) -> EmailMessage:
    if mail.kind == AccountMailKind.LEAVING:
        return leaving_message(mail, user)
    if not asked_addresses(user, timezone.now()).filter(pk=mail.pk).exists():
        raise Unwanted
    return new_address_message(mail, user)


def _check_address(row: Alert | Digest) -> None:
    if not row.recipient.may_be_mailed:
        raise Unwanted
    if not row.recipient.address:
        raise Unwanted("the user has no mail address")


def _still_wanting(alert: Alert) -> Subscription:
    """The subscription an alert is owed by, or another one of the same person that wants it as well."""
    if alert.change_set.is_technical:
        # A curator found a fault of capture in it meanwhile.
        raise Unwanted
    if alert.subscription.is_running:
        return alert.subscription
    others = subscriptions_for(alert.change_set, running().filter(recipient=alert.recipient))
    if not others:
        raise Unwanted
    return others[0]


def _is_wanted(alert: Alert) -> bool:
    try:
        alert.subscription = _still_wanting(alert)
    except Unwanted:
        return False
    return True


def _is_put_off(row: Delivery, now: datetime) -> bool:
    """Whether the recipient has had so many mails within an hour that this change comes in a digest instead."""
    if not isinstance(row, Alert):
        return False
    lately = Alert.objects.filter(
        recipient=row.recipient_id, digest=None, sent_at__gte=now - timedelta(hours=1)
    )
    if lately.count() < settings.MAILS_AN_HOUR:
        return False
    outbox.mine(row).update(frequency=Frequency.DAILY, claimed_at=None)
    return True


_CHANGE_SET = ("document__platform", "old_version", "new_version")
_ALONG: dict[type[Delivery], Sequence[str]] = {
    Alert: (
        "recipient__user",
        "subscription__platform",
        "subscription__document__platform",
        "subscription__view",
        *(f"change_set__{name}" for name in _CHANGE_SET),
    ),
    Digest: ("recipient__user",),
    NoticeMail: (),
    AccountMail: ("invited_by", "user"),
    Confirmation: (
        "subscription__recipient__user",
        "subscription__platform",
        "subscription__document__platform",
        "subscription__view",
    ),
}
_WRITERS: dict[type[Delivery], Callable[[Any], EmailMessage]] = {
    AccountMail: _account_mail,
    Confirmation: _confirmation,
    Alert: _alert,
    Digest: _digest,
    NoticeMail: notice_message,
}
# In the order they are sent: somebody waits for a link.
KINDS = tuple(_WRITERS)


def _close(row: Delivery, state: AlertState, error: str = "") -> None:
    """Note how it ended, for a digest also on what it holds."""
    how = outbox.ending(state, error)
    with transaction.atomic():
        if not outbox.close(row, how):
            return
        dropped = _owed_in(row) if state == AlertState.DROPPED else []
        if isinstance(row, Digest):
            row.alerts.filter(state=AlertState.OWED).update(**how)
        for alert in dropped:
            owe_others(alert)


def _owed_in(row: Delivery) -> list[Alert]:
    if isinstance(row, Digest):
        return list(row.alerts.filter(state=AlertState.OWED).select_related(*_ALONG[Alert]))
    return [row] if isinstance(row, Alert) else []


def _try_later(row: Delivery, error: Exception, now: datetime) -> Sending:
    """Note the failure and the next try; give up where the server said never, or after too many tries."""
    if not isinstance(error, OSError):
        # A message that our own code cannot write counts its tries as well, or it would be tried for ever.
        _log.exception("writing %s %s failed", type(row).__name__, row.pk)
    words = f"{type(error).__name__}: {error}"
    if is_final(error) or outbox.is_last_try(row):
        outbox.mine(row).update(attempts=row.attempts + 1)
        _close(row, AlertState.FAILED, words)
        return Sending.ENDED
    outbox.put_off(row, words, now)
    return Sending.NO_SERVER if is_no_server(error) else Sending.LATER

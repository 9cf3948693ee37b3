"""Sending through a real SMTP server: one mail for each row that is owed, whatever happens."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPConnectError, SMTPDataError, SMTPSenderRefused

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from clauses import delivering, subscribing
from clauses.delivering import send, send_all
from clauses.models import Alert, AlertState, Digest, Subscription
from clauses.models.choices import SeverityLevel
from clauses.outbox import Sending
from monitor.models import Platform
from tests.builders import make_change_set, make_platform, make_user
from tests.mail_server import Inbox, smtp_inbox


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with smtp_inbox() as running:
        yield running


def subscription(
    platform: Platform, severity: SeverityLevel = SeverityLevel.LOW, **wish: object
) -> Subscription:
    return subscribing.subscribe(make_user(), platform, severity, **wish)


def owed_alert(**wish: object) -> Alert:
    platform = make_platform()
    subscription(platform, **wish)
    make_change_set(platform)
    return Alert.objects.get()


def send_everything() -> bool:
    return send_all(timezone.now() + timedelta(minutes=1))


def forget_the_wait(row: Alert | Digest) -> None:
    type(row).objects.filter(pk=row.pk).update(next_try_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_change_that_qualifies_gives_one_mail_although_sending_is_asked_twice(inbox: Inbox) -> None:
    alert = owed_alert()
    assert send(Alert, alert.pk) == Sending.SENT
    assert send(Alert, alert.pk) != Sending.SENT
    send_everything()
    assert len(inbox.messages) == 1
    alert.refresh_from_db()
    assert (alert.state, alert.sent_at is not None) == (AlertState.SENT, True)


@pytest.mark.django_db(transaction=True)
def test_two_threads_that_send_at_once_send_one_mail(inbox: Inbox) -> None:
    alert = owed_alert()
    start = threading.Barrier(2)
    results: list[bool] = []

    def race() -> None:
        start.wait()
        try:
            results.append(send(Alert, alert.pk) == Sending.SENT)
        finally:
            connection.close()

    threads = [threading.Thread(target=race) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, True]
    assert len(inbox.messages) == 1


@pytest.mark.django_db
def test_every_subscriber_gets_a_mail_of_their_own(inbox: Inbox) -> None:
    platform = make_platform()
    people = [subscription(platform).recipient.address for _ in range(3)]
    make_change_set(platform)
    send_everything()
    assert sorted(str(message["To"]) for message in inbox.messages) == sorted(people)


@pytest.mark.django_db
def test_a_server_that_says_not_now_is_asked_again_later(inbox: Inbox) -> None:
    alert = owed_alert()
    inbox.answers = ["451 Come back later"]
    assert send(Alert, alert.pk) != Sending.SENT
    alert.refresh_from_db()
    assert (alert.state, alert.attempts) == (AlertState.OWED, 1)
    assert "451" in alert.error
    assert alert.next_try_at is not None
    assert alert.next_try_at > timezone.now()
    assert send(Alert, alert.pk) != Sending.SENT, "not before its time"
    forget_the_wait(alert)
    assert send(Alert, alert.pk) == Sending.SENT
    assert len(inbox.messages) == 1


@pytest.mark.django_db
def test_a_server_that_says_never_is_not_asked_again(inbox: Inbox) -> None:
    alert = owed_alert()
    inbox.answers = ["554 No"]
    assert send(Alert, alert.pk) != Sending.SENT
    forget_the_wait(alert)
    assert send(Alert, alert.pk) != Sending.SENT
    alert.refresh_from_db()
    assert alert.state == AlertState.FAILED
    assert inbox.messages == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("550 No such mailbox", AlertState.FAILED),
        ("550 5.1.1 No such mailbox", AlertState.FAILED),
        ("450 Mailbox busy", AlertState.OWED),
        ("554 5.7.1 Relay access denied", AlertState.OWED),
        ("530 Authentication required", AlertState.OWED),
    ],
)
def test_a_refused_recipient_counts_like_a_refused_message(inbox: Inbox, answer: str, state: str) -> None:
    alert = owed_alert()
    inbox.recipient_answer = answer
    assert send(Alert, alert.pk) != Sending.SENT
    alert.refresh_from_db()
    assert alert.state == state


@pytest.mark.django_db
def test_sending_gives_up_after_some_four_days_of_tries(inbox: Inbox) -> None:
    alert = owed_alert()
    inbox.answers = ["451 Later"] * 40
    for _ in range(30):
        send(Alert, alert.pk)
        forget_the_wait(alert)
    alert.refresh_from_db()
    assert (alert.state, alert.attempts) == (AlertState.FAILED, 24)


@pytest.mark.django_db
def test_a_retry_has_the_same_message_id(inbox: Inbox) -> None:
    alert = owed_alert()
    assert send(Alert, alert.pk) == Sending.SENT
    Alert.objects.filter(pk=alert.pk).update(state=AlertState.OWED)
    assert send(Alert, alert.pk) == Sending.SENT
    first, second = inbox.messages
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.django_db
def test_a_subscription_that_ended_before_sending_drops_its_alert(inbox: Inbox) -> None:
    alert = owed_alert()
    subscribing.end(alert.subscription)
    assert send(Alert, alert.pk) != Sending.SENT
    alert.refresh_from_db()
    assert alert.state == AlertState.DROPPED
    assert inbox.messages == []


@pytest.mark.django_db
def test_an_inactive_user_gets_no_mail(inbox: Inbox) -> None:
    alert = owed_alert()
    alert.recipient.user.is_active = False
    alert.recipient.user.save()
    assert send(Alert, alert.pk) != Sending.SENT
    assert inbox.messages == []


@pytest.mark.django_db
def test_an_alert_to_nobodys_address_is_not_called_sent() -> None:
    alert = owed_alert()
    alert.recipient.user.email = ""
    alert.recipient.user.save()
    assert send(Alert, alert.pk) != Sending.SENT
    alert.refresh_from_db()
    assert (alert.state, alert.error) == (AlertState.FAILED, "the user has no mail address")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [
        SMTPAuthenticationError(535, b"Wrong password"),
        SMTPSenderRefused(550, b"Not you", "proviso@example.org"),
        SMTPConnectError(554, b"No service"),
    ],
)
def test_what_a_server_says_about_us_ends_no_message(
    error: Exception, monkeypatch: pytest.MonkeyPatch, inbox: Inbox
) -> None:
    """A wrong password must not cost the alerts of a weekend."""
    alert = owed_alert()

    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(EmailBackend, "open", refused)
    assert send(Alert, alert.pk) in {Sending.LATER, Sending.NO_SERVER}
    alert.refresh_from_db()
    assert (alert.state, alert.attempts) == (AlertState.OWED, 1)
    monkeypatch.undo()
    monkeypatch.setattr(
        EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(SMTPDataError(550, b""))
    )
    forget_the_wait(alert)
    assert send(Alert, alert.pk) == Sending.ENDED


@pytest.mark.django_db
def test_a_server_that_is_down_is_asked_few_times_in_a_sweep() -> None:
    platform = make_platform()
    for _ in range(5):
        subscription(platform)
    make_change_set(platform)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=taken.getsockname()[1],
        ):
            assert send_everything()
    assert sorted(Alert.objects.values_list("attempts", flat=True)) == [0, 0, 1, 1, 1]
    assert not Alert.objects.exclude(state=AlertState.OWED).exists()


@pytest.mark.django_db
def test_waits_grow_to_six_hours(inbox: Inbox) -> None:
    alert = owed_alert()
    inbox.answers = ["451 Later"] * 40
    waits = []
    for _ in range(10):
        before = timezone.now()
        send(Alert, alert.pk)
        alert.refresh_from_db()
        assert alert.next_try_at
        waits.append(round((alert.next_try_at - before).total_seconds() / 60))
        forget_the_wait(alert)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 360, 360]


@pytest.mark.django_db
def test_a_mail_that_went_out_counts_as_sent_before_the_server_says_goodbye(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = owed_alert()
    states = []
    close = EmailBackend.close

    def noting(backend: EmailBackend) -> None:
        states.append(Alert.objects.get(pk=alert.pk).state)
        close(backend)
        raise OSError("hung up")

    monkeypatch.setattr(EmailBackend, "close", noting)
    assert send(Alert, alert.pk) == Sending.SENT
    assert states == [AlertState.SENT]


@pytest.mark.django_db
def test_a_message_our_own_code_cannot_write_is_tried_a_number_of_times(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    alert = owed_alert()
    monkeypatch.setitem(delivering._WRITERS, Alert, lambda _: 1 // 0)
    assert send(Alert, alert.pk) == Sending.LATER
    alert.refresh_from_db()
    assert (alert.attempts, alert.error) == (1, "ZeroDivisionError: integer division or modulo by zero")
    assert "writing Alert" in caplog.text


@pytest.mark.django_db
def test_a_sweep_ends_when_its_time_is_over(inbox: Inbox) -> None:
    owed_alert()
    assert not send_all(timezone.now() - timedelta(seconds=1))
    assert inbox.messages == []

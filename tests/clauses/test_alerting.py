"""Alerts through a real SMTP server: one mail a subscriber and qualifying change set, whatever happens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from clauses import subscribing
from clauses.alerting import owe, send, waiting
from clauses.analysis import analyze_pending
from clauses.models import Alert, AlertState, Subscription
from clauses.models.choices import SeverityLevel
from monitor.models import Origin, Platform
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_user,
    publish,
)
from tests.mail_server import Inbox, smtp_inbox


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with smtp_inbox() as running:
        yield running


def subscription(platform: Platform, severity: SeverityLevel = SeverityLevel.LOW) -> Subscription:
    return subscribing.subscribe(make_user(), platform, severity)


def owed_alert(severity: SeverityLevel = SeverityLevel.LOW) -> Alert:
    platform = make_platform()
    subscription(platform, severity)
    make_change_set(platform)
    return Alert.objects.get()


def send_all() -> None:
    for alert in waiting(timezone.now()):
        send(alert.pk)


def forget_the_wait(alert: Alert) -> None:
    Alert.objects.filter(pk=alert.pk).update(next_try_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_change_that_qualifies_gives_one_mail_although_sending_is_asked_twice(inbox: Inbox) -> None:
    alert = owed_alert()
    assert send(alert.pk)
    assert not send(alert.pk)
    send_all()
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
            results.append(send(alert.pk))
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
def test_owing_a_change_set_twice_owes_one_alert() -> None:
    alert = owed_alert()
    owe(alert.change_set)
    assert Alert.objects.count() == 1


@pytest.mark.django_db
def test_every_subscriber_gets_a_mail_of_their_own(inbox: Inbox) -> None:
    platform = make_platform()
    people = [subscription(platform).user.email for _ in range(3)]
    make_change_set(platform)
    send_all()
    assert sorted(str(message["To"]) for message in inbox.messages) == sorted(people)


@pytest.mark.django_db
@pytest.mark.parametrize(("wanted", "count"), [("LOW", 1), ("MEDIUM", 0), ("HIGH", 0)])
def test_a_change_below_the_wanted_severity_is_not_mailed(wanted: str, count: int) -> None:
    platform = make_platform()
    subscription(platform, SeverityLevel[wanted])
    change_set = make_change_set(platform)
    Alert.objects.all().delete()
    change_set.severity = SeverityLevel.LOW
    owe(change_set)
    assert Alert.objects.count() == count


@pytest.mark.django_db
def test_another_platforms_change_is_not_mailed() -> None:
    subscription(make_platform())
    make_change_set()
    assert not Alert.objects.exists()


@pytest.mark.django_db
def test_a_first_version_owes_nothing() -> None:
    platform = make_platform()
    subscription(platform)
    publish(make_source(make_document(platform)), KEPT_30_DAYS, day(0))
    assert not Alert.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("origin", [Origin.SAMPLE, Origin.IMPORT])
def test_samples_and_imports_owe_nothing(origin: Origin) -> None:
    platform = make_platform()
    subscription(platform)
    source = make_source(make_document(platform))
    for number, text in enumerate([KEPT_30_DAYS, KEPT_5_YEARS, KEPT_5_YEARS]):
        capture(source, text, day(number), furniture=number, origin=origin)
    analyze_pending()
    assert source.document.change_sets.count() == 1
    assert not Alert.objects.exists()


@pytest.mark.django_db
def test_a_change_of_our_own_reading_owes_nothing() -> None:
    platform = make_platform()
    subscription(platform)
    source = make_source(make_document(platform))
    publish(source, KEPT_30_DAYS, day(0))
    source.select = ["main p"]
    source.save()
    capture(source, KEPT_30_DAYS, day(2), furniture="other selectors")
    analyze_pending()
    assert source.document.change_sets.get().is_technical
    assert not Alert.objects.exists()


@pytest.mark.django_db
def test_a_server_that_says_not_now_is_asked_again_later(inbox: Inbox) -> None:
    alert = owed_alert()
    inbox.answers = ["451 Come back later"]
    assert not send(alert.pk)
    alert.refresh_from_db()
    assert (alert.state, alert.attempts) == (AlertState.OWED, 1)
    assert "451" in alert.error
    assert alert.next_try_at is not None
    assert alert.next_try_at > timezone.now()
    assert not send(alert.pk), "not before its time"
    forget_the_wait(alert)
    assert send(alert.pk)
    assert len(inbox.messages) == 1


@pytest.mark.django_db
def test_a_server_that_says_never_is_not_asked_again(inbox: Inbox) -> None:
    alert = owed_alert()
    inbox.answers = ["554 No"]
    assert not send(alert.pk)
    forget_the_wait(alert)
    assert not send(alert.pk)
    alert.refresh_from_db()
    assert alert.state == AlertState.FAILED
    assert inbox.messages == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "state"),
    [("550 No such mailbox", AlertState.FAILED), ("450 Mailbox busy", AlertState.OWED)],
)
def test_a_refused_recipient_counts_like_a_refused_message(inbox: Inbox, answer: str, state: str) -> None:
    alert = owed_alert()
    inbox.recipient_answer = answer
    assert not send(alert.pk)
    alert.refresh_from_db()
    assert alert.state == state


@pytest.mark.django_db
def test_sending_gives_up_after_eight_tries(inbox: Inbox) -> None:
    alert = owed_alert()
    inbox.answers = ["451 Later"] * 20
    for _ in range(12):
        send(alert.pk)
        forget_the_wait(alert)
    alert.refresh_from_db()
    assert (alert.state, alert.attempts) == (AlertState.FAILED, 8)


@pytest.mark.django_db
def test_a_retry_has_the_same_message_id(inbox: Inbox) -> None:
    alert = owed_alert()
    assert send(alert.pk)
    Alert.objects.filter(pk=alert.pk).update(state=AlertState.OWED)
    assert send(alert.pk)
    first, second = inbox.messages
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.django_db
def test_a_subscription_that_ended_before_sending_drops_its_alert(inbox: Inbox) -> None:
    alert = owed_alert()
    subscribing.end(alert.subscription)
    assert not send(alert.pk)
    alert.refresh_from_db()
    assert alert.state == AlertState.DROPPED
    assert inbox.messages == []


@pytest.mark.django_db
def test_an_inactive_user_gets_no_mail(inbox: Inbox) -> None:
    alert = owed_alert()
    alert.subscription.user.is_active = False
    alert.subscription.user.save()
    assert not send(alert.pk)
    assert inbox.messages == []


@pytest.mark.django_db
def test_an_alert_to_nobodys_address_is_not_called_sent() -> None:
    alert = owed_alert()
    alert.subscription.user.email = ""
    alert.subscription.user.save()
    assert not send(alert.pk)
    alert.refresh_from_db()
    assert (alert.state, alert.error) == (AlertState.FAILED, "the user has no mail address")

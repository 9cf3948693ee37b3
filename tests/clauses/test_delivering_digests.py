"""Sending digests, and what comes in one although it was asked for at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from clauses import subscribing
from clauses.alerting import bundle
from clauses.delivering import owe_again, send, send_all
from clauses.models import Alert, AlertState, Digest, Frequency, Recipient, Subscription
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


def owed_digest(count: int = 2) -> Digest:
    platform = make_platform()
    subscription(platform, frequency=Frequency.DAILY)
    for _ in range(count):
        make_change_set(platform)
    Alert.objects.update(owed_at=timezone.now() - timedelta(days=2))
    bundle(timezone.now())
    return Digest.objects.get()


@pytest.mark.django_db
def test_a_digest_is_one_mail_and_what_it_holds_is_sent_with_it(inbox: Inbox) -> None:
    digest = owed_digest()
    assert send_everything()
    assert send(Digest, digest.pk) == Sending.NOT_OURS
    (message,) = inbox.messages
    assert message["Subject"].startswith("[Proviso] Daily digest, High: 2 changes, worst at ")
    assert {row.state for row in Alert.objects.all()} == {AlertState.SENT}


@pytest.mark.django_db
def test_a_digest_that_failed_takes_what_it_holds_along_and_can_be_owed_again(inbox: Inbox) -> None:
    digest = owed_digest()
    inbox.answers = ["554 No"]
    assert send(Digest, digest.pk) == Sending.ENDED
    assert {row.state for row in Alert.objects.all()} == {AlertState.FAILED}
    assert owe_again(Alert.objects.all()) == 0, "they go with their digest"
    assert owe_again(Digest.objects.all()) == 1
    assert send(Digest, digest.pk) == Sending.SENT
    assert {row.state for row in Alert.objects.all()} == {AlertState.SENT}


@pytest.mark.django_db
def test_a_digest_leaves_out_what_its_reader_no_longer_wants_and_is_never_blank(inbox: Inbox) -> None:
    digest = owed_digest()
    kept, ended = Alert.objects.order_by("pk")
    Alert.objects.filter(pk=ended.pk).update(
        subscription=subscribing.begin(
            kept.recipient, subscribing.Wish(type="data_retention", frequency=Frequency.DAILY)
        )
    )
    subscribing.end(kept.subscription)
    subscribing.end(Subscription.objects.get(type="data_retention"))
    other = subscribing.begin(kept.recipient, subscribing.Wish(document=kept.change_set.document))
    assert send(Digest, digest.pk) == Sending.SENT
    assert "1 change, worst" in inbox.messages[0]["Subject"]
    assert sorted(Alert.objects.values_list("state", flat=True)) == [AlertState.DROPPED, AlertState.SENT]
    subscribing.end(other)
    Digest.objects.update(state=AlertState.OWED)
    Alert.objects.update(state=AlertState.OWED)
    assert send(Digest, digest.pk) == Sending.ENDED
    assert len(inbox.messages) == 1
    assert Digest.objects.get().state == AlertState.DROPPED


@pytest.mark.django_db
def test_another_subscription_of_the_same_person_still_wants_the_change(inbox: Inbox) -> None:
    alert = owed_alert()
    subscribing.begin(alert.recipient, subscribing.Wish(type="data_retention"))
    subscribing.end(alert.subscription)
    assert send(Alert, alert.pk) == Sending.SENT


@pytest.mark.django_db
@override_settings(MAILS_AN_HOUR=2)
def test_more_changes_than_an_hour_may_bring_come_in_a_digest(inbox: Inbox) -> None:
    platform = make_platform()
    subscription(platform)
    for _ in range(4):
        make_change_set(platform)
    send_everything()
    assert len(inbox.messages) == 2
    rest = Alert.objects.filter(state=AlertState.OWED)
    assert {row.frequency for row in rest} == {Frequency.DAILY}
    bundle(timezone.now() + timedelta(days=1))
    send_everything()
    assert "2 changes" in inbox.messages[-1]["Subject"]
    assert not Alert.objects.exclude(state=AlertState.SENT).exists()


@pytest.mark.django_db
def test_an_alert_that_is_for_a_digest_is_never_sent_by_itself(inbox: Inbox) -> None:
    alert = owed_alert(frequency=Frequency.DAILY)
    assert send(Alert, alert.pk) == Sending.NOT_OURS
    send_everything()
    assert inbox.messages == []


def by_mail(person: Subscription, **wish: object) -> Subscription:
    """A confirmed subscription by mail to the address of somebody with an account."""
    recipient = Recipient.objects.create(own_address=person.recipient.address.upper())
    return subscribing.begin(recipient, subscribing.Wish(**wish))


@pytest.mark.django_db
@pytest.mark.parametrize("frequency", [Frequency.INSTANT, Frequency.DAILY])
@pytest.mark.parametrize("what", ["ended", "paused", "deactivated"])
def test_who_wants_it_no_more_leaves_it_to_the_other_subscription_of_the_address(
    inbox: Inbox, what: str, frequency: Frequency
) -> None:
    """One mail for each address: it must not be lost with the one of two subscriptions that was to bring it."""
    platform = make_platform()
    first = subscription(platform, frequency=frequency)
    other = by_mail(first, platform=platform)
    stranger = subscribing.begin(
        Recipient.objects.create(own_address="other@example.org"), subscribing.Wish(platform=platform)
    )
    Subscription.objects.filter(pk=other.pk).update(paused_at=timezone.now())
    make_change_set(platform)
    subscribing.resume(other)
    if what == "ended":
        subscribing.end(first)
    elif what == "paused":
        subscribing.pause(first)
    else:
        type(first.recipient.user).objects.update(is_active=False)
    Alert.objects.filter(recipient=first.recipient).update(owed_at=timezone.now() - timedelta(days=2))
    bundle(timezone.now())
    for _ in range(3):
        send_everything()
    mailed = sorted(str(message["To"]).casefold() for message in inbox.messages)
    assert mailed == sorted([other.recipient.address.casefold(), stranger.recipient.address])
    assert Alert.objects.get(recipient=first.recipient).state == AlertState.DROPPED
    assert Alert.objects.get(recipient=other.recipient).subscription == other


@pytest.mark.django_db
def test_one_change_dropped_from_a_digest_goes_to_the_other_subscription_of_the_address(inbox: Inbox) -> None:
    digest = owed_digest(2)
    ended = Alert.objects.order_by("pk")[0]
    platform = ended.change_set.document.platform
    gone = subscribing.begin(ended.recipient, subscribing.Wish(type="arbitration"))
    Alert.objects.filter(pk=ended.pk).update(subscription=gone)
    subscribing.end(gone)
    kept = subscribing.begin(
        ended.recipient, subscribing.Wish(document=Alert.objects.latest("pk").change_set.document)
    )
    subscribing.end(Subscription.objects.get(platform=platform, document=None))
    other = by_mail(kept, platform=platform)
    assert send(Digest, digest.pk) == Sending.SENT
    assert "1 change, worst" in inbox.messages[0]["Subject"]
    assert Alert.objects.get(subscription=other).change_set == ended.change_set


@pytest.mark.django_db
def test_an_address_whose_mail_was_stopped_gets_nothing_by_another_subscription(inbox: Inbox) -> None:
    alert = owed_alert()
    by_mail(alert.subscription, platform=alert.change_set.document.platform)
    subscribing.stop(Recipient.objects.filter(pk=alert.recipient.pk), "came back")
    send_everything()
    send_everything()
    assert inbox.messages == []
    assert Alert.objects.count() == 1


@pytest.mark.django_db
def test_another_subscription_of_the_address_gets_only_what_it_is_about(inbox: Inbox) -> None:
    alert = owed_alert()
    by_mail(alert.subscription, type="arbitration")
    subscribing.end(alert.subscription)
    send_everything()
    assert Alert.objects.get() == alert
    assert inbox.messages == []

"""Webhooks of a subscription: which changes they are owed, their tests and their limits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from clauses import alerting, calling, connecting, subscribing
from clauses.models import Alert, AlertState, Frequency, Subscription, Webhook, WebhookDelivery
from clauses.models.choices import SeverityLevel
from clauses.queries.wanted import preview
from monitor.models import Platform
from tests.builders import make_change_set, make_platform, make_user
from tests.receiver import Reply, receiver

pytestmark = pytest.mark.django_db
URL = "https://hooks.example/services/T1"


def subscription(platform: Platform, **wish: Any) -> Subscription:
    return subscribing.subscribe(wish.pop("user", None) or make_user(), platform, SeverityLevel.LOW, **wish)


@pytest.mark.parametrize("frequency", Frequency.values)
def test_a_webhook_is_owed_a_change_at_once_whenever_its_subscription_mails(frequency: str) -> None:
    platform = make_platform()
    connecting.connect(subscription(platform, frequency=frequency), URL, "json")
    change_set = make_change_set(platform)
    alerting.owe(change_set)
    row = WebhookDelivery.objects.get()
    assert (row.change_set, row.state) == (change_set, AlertState.OWED)
    assert Alert.objects.count() == (0 if frequency == Frequency.NEVER else 1)


def test_a_webhook_has_the_filters_of_its_subscription() -> None:
    platform = make_platform()
    connecting.connect(subscription(platform, type="arbitration"), URL, "json")
    connecting.connect(subscription(make_platform()), URL, "json")
    make_change_set(platform)
    assert not WebhookDelivery.objects.exists()


def test_people_with_one_mail_address_have_webhooks_of_their_own() -> None:
    platform = make_platform()
    for _ in range(2):
        connecting.connect(subscription(platform, user=make_user(email="both@example.org")), URL, "json")
    make_change_set(platform)
    assert (Alert.objects.count(), WebhookDelivery.objects.count()) == (1, 2)


def test_an_address_that_two_subscriptions_of_a_person_call_is_called_once() -> None:
    platform, user = make_platform(), make_user()
    connecting.connect(subscription(platform, user=user), URL, "json")
    connecting.connect(subscription(platform, user=user, type="data_retention"), URL, "json")
    make_change_set(platform)
    assert WebhookDelivery.objects.count() == 1


def test_webhooks_go_on_where_mail_to_the_person_was_stopped() -> None:
    platform = make_platform()
    wish = subscription(platform)
    connecting.connect(wish, URL, "json")
    subscribing.stop(type(wish.recipient).objects.all(), "mail came back")
    make_change_set(platform)
    assert (Alert.objects.count(), WebhookDelivery.objects.count()) == (0, 1)


def test_a_subscription_without_mail_would_have_sent_none() -> None:
    platform = make_platform()
    wish = subscription(platform, frequency=Frequency.NEVER)
    make_change_set(platform, at=timezone.now() - timedelta(days=9))
    ahead = preview(wish, wish.recipient, timezone.now())
    assert (ahead.mails, ahead.changes) == (0, 1)


def test_an_address_is_added_once_and_there_is_a_limit() -> None:
    wish = subscription(make_platform())
    connecting.connect(wish, URL, "json")
    with pytest.raises(connecting.NotConnected, match="calls this address already"):
        connecting.connect(wish, URL, "slack")
    for number in range(1, connecting.MOST):
        connecting.connect(wish, f"{URL}{number}", "json")
    with pytest.raises(connecting.NotConnected, match="as many as one person may have"):
        connecting.connect(wish, f"{URL}/more", "json")
    connecting.connect(subscription(make_platform()), URL, "json")


def test_a_test_is_tried_once_and_also_where_the_webhook_is_paused(settings: Any) -> None:
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with receiver() as program:
        webhook = connecting.connect(subscription(make_platform()), program.url, "json")
        connecting.pause(webhook)
        program.replies = [Reply(500)]
        for _ in range(2):
            calling.call(connecting.owe_test(webhook, timezone.now()).pk)
    states = WebhookDelivery.objects.order_by("pk").values_list("state", "attempts")
    assert list(states) == [(AlertState.FAILED, 1), (AlertState.SENT, 1)]
    assert [came.headers["Proviso-Event"] for came in program.calls] == ["test", "test"]


def test_twenty_tests_an_hour_are_enough() -> None:
    webhook = connecting.connect(subscription(make_platform()), URL, "json")
    for _ in range(20):
        connecting.owe_test(webhook, timezone.now())
    with pytest.raises(connecting.TooManyTests):
        connecting.owe_test(webhook, timezone.now())
    connecting.owe_test(webhook, timezone.now() + timedelta(hours=1, minutes=1))


def test_a_removed_webhook_is_called_no_more() -> None:
    platform = make_platform()
    webhook = connecting.connect(subscription(platform), URL, "json")
    make_change_set(platform)
    connecting.remove(webhook)
    assert not Webhook.objects.exists()
    assert not WebhookDelivery.objects.exists()
    make_change_set(platform)
    assert not WebhookDelivery.objects.exists()

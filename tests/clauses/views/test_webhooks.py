"""The pages of webhooks: whose they are, what they show, what a button does."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses import calling, connecting, subscribing
from clauses.models import Frequency, Subscription, Webhook, WebhookDelivery
from clauses.models.choices import SeverityLevel
from tests.builders import make_change_set, make_platform, make_user
from tests.receiver import Reply, receiver

pytestmark = pytest.mark.django_db
URL = "https://hooks.example/services/T1"


@pytest.fixture
def anna(client: Client) -> User:
    user = make_user("anna")
    client.force_login(user)
    return user


def subscription(user: User, **wish: Any) -> Subscription:
    return subscribing.subscribe(user, make_platform(name="Harbor & Quill"), SeverityLevel.LOW, **wish)


def shown(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def press(client: Client, webhook: Webhook, act: str) -> str:
    return client.post(reverse("webhook", args=[webhook.pk]), {"act": act}, follow=True).content.decode()


def test_a_webhook_is_added_beside_a_subscription_and_its_page_has_the_secret(client: Client, anna: User):
    wish = subscription(anna)
    assert reverse("webhook-add", args=[wish.pk]) in shown(client, "subscriptions")
    answer = client.post(reverse("webhook-add", args=[wish.pk]), {"url": URL, "format": "slack"}, follow=True)
    webhook = Webhook.objects.get()
    page = answer.content.decode()
    assert (webhook.url, webhook.format) == (URL, "slack")
    assert webhook.secret in page
    assert "Nothing sent yet" in page
    assert "no-store" in answer.headers["Cache-Control"]
    for name in ("webhooks", "subscriptions"):
        assert f'href="{reverse("webhook", args=[webhook.pk])}">hooks.example</a>' in shown(client, name)
    twin = client.get(reverse("subscriptions-json")).json()["subscriptions"][0]["webhooks"]
    assert twin == [{"url": URL, "format": "slack", "paused_at": None, "stopped_at": None}]


def test_without_a_webhook_the_list_says_how_to_get_one(client: Client, anna: User):
    assert "No webhook yet" in shown(client, "webhooks")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "This field is required."),
        ("javascript:alert(1)", "begins with https://"),
        ("file:///etc/passwd", "begins with https://"),
        ("https://anna:secret@hooks.example/", "Leave out the user name"),
        ("http://169.254.169.254/latest/", "never fetched"),
        ("https://hooks.example/" + "x" * 500, "at most 500"),
        (URL, "calls this address already"),
    ],
)
def test_what_cannot_be_called_is_said_beside_the_form(client: Client, anna: User, url: str, says: str):
    wish = subscription(anna)
    connecting.connect(wish, URL, "json")
    answer = client.post(reverse("webhook-add", args=[wish.pk]), {"url": url, "format": "json"})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert Webhook.objects.count() == 1


def test_nobody_sees_or_touches_the_webhooks_of_others(client: Client, anna: User):
    theirs = connecting.connect(subscription(make_user("ben")), URL, "json")
    for name, pk in (
        ("webhook", theirs.pk),
        ("webhook-remove", theirs.pk),
        ("webhook-add", theirs.subscription_id),
    ):
        for ask in (client.get, client.post):
            assert ask(reverse(name, args=[pk]), {"url": URL, "act": "renew"}).status_code == 404
    assert Webhook.objects.get().secret == theirs.secret
    assert "No webhook yet" in shown(client, "webhooks")


def test_the_form_asks_for_a_public_address_only_where_the_site_does(
    client: Client, anna: User, settings: Any
):
    wish = subscription(anna)
    asked = "It must lead to a public address."
    assert asked in shown(client, "webhook-add", wish.pk)
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    page = shown(client, "webhook-add", wish.pk)
    assert asked not in page
    assert "Begins with https:// or http://. Redirects are not followed." in page


def test_the_log_shows_what_the_receiver_answered_as_text(client: Client, anna: User, settings: Any):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    wish = subscription(anna, frequency=Frequency.NEVER)
    with receiver() as program:
        webhook = connecting.connect(wish, program.url, "json")
        program.replies = [Reply(404, b"<script>alert(1)</script>")]
        change_set = make_change_set(wish.platform)
        calling.call(WebhookDelivery.objects.get().pk)
    page = shown(client, "webhook", webhook.pk)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert reverse("change-set", args=[change_set.number]) in page
    assert ">404</td>" in page
    assert "Given up" in page


def test_a_call_that_failed_several_times_is_shown_as_stuck(client: Client, anna: User):
    wish = subscription(anna)
    webhook = connecting.connect(wish, URL, "json")
    make_change_set(wish.platform)
    WebhookDelivery.objects.update(
        attempts=3, next_try_at="2030-01-01T00:00Z", error="the connection was refused"
    )
    page = shown(client, "webhook", webhook.pk)
    assert "stuck" in page
    assert "the connection was refused" in page
    status = client.get(reverse("status-json")).json()
    assert (status["webhook_calls_stuck"], status["webhook_calls_given_up"]) == (1, 0)


def test_the_test_button_says_what_came_of_it(client: Client, anna: User, settings: Any):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with receiver() as program:
        webhook = connecting.connect(subscription(anna), program.url, "json")
        assert "The test arrived: the answer was 200." in press(client, webhook, "test")
        program.replies = [Reply(503)]
        assert "The test did not arrive: the answer was 503." in press(client, webhook, "test")
        settings.WEBHOOKS_ALLOW_PRIVATE = False
        assert "leads into a private network" in press(client, webhook, "test")
        assert len(program.calls) == 2
    WebhookDelivery.objects.bulk_create(WebhookDelivery(webhook=webhook) for _ in range(20))
    assert "many tests within an hour" in press(client, webhook, "test")


def test_looking_at_a_webhook_sends_nothing(client: Client, anna: User, settings: Any):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with receiver() as program:
        webhook = connecting.connect(subscription(anna), program.url, "json")
        shown(client, "webhook", webhook.pk)
        client.get(reverse("webhook", args=[webhook.pk]), {"act": "test"})
        assert program.calls == []


def test_buttons_pause_resume_and_renew(client: Client, anna: User):
    webhook = connecting.connect(subscription(anna), URL, "json")
    assert "Paused" in press(client, webhook, "pause")
    assert Webhook.objects.get().paused_at is not None
    assert "(not running)" in shown(client, "subscriptions")
    assert "Resumed" in press(client, webhook, "resume")
    assert Webhook.objects.get().is_running
    page = press(client, webhook, "renew")
    renewed = Webhook.objects.get().secret
    assert renewed != webhook.secret
    assert renewed in page
    assert webhook.secret not in page
    press(client, webhook, "explode")
    assert Webhook.objects.get().secret == renewed


def test_removing_asks_first(client: Client, anna: User):
    webhook = connecting.connect(subscription(anna), URL, "json")
    address = reverse("webhook-remove", args=[webhook.pk])
    assert "Remove the webhook to hooks.example?" in client.get(address).content.decode()
    assert Webhook.objects.exists()
    assert client.post(address).url == reverse("webhooks")
    assert not Webhook.objects.exists()


def test_ending_a_subscription_names_the_webhooks_that_end(client: Client, anna: User):
    wish = subscription(anna)
    connecting.connect(wish, URL, "json")
    says = "It ends its webhook as well: hooks.example."
    assert says in shown(client, "subscription-end", wish.pk)
    assert says in Client().get(reverse("unsubscribe", args=[wish.token])).content.decode()


def test_the_list_of_alerts_asks_no_more_for_more_webhooks(client: Client, anna: User):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(client, "subscriptions")
        return len(queries)

    wish = subscription(anna)
    connecting.connect(wish, URL, "json")
    count()
    before = count()
    for number in range(4):
        connecting.connect(wish, f"{URL}{number}", "json")
    assert count() == before

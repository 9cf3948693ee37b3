"""Subscribing by mail address: asked by a mail, confirmed by a button, found out by nobody."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from clauses import asking, confirming, subscribing
from clauses.delivering import send_all
from clauses.models import Alert, Confirmation, Frequency, Recipient, Subscription
from clauses.subscribing import Wish
from monitor.models import Platform
from tests.builders import make_change_set, make_platform, make_user
from tests.mail_server import parts, smtp_inbox

pytestmark = pytest.mark.django_db


def ask(client: Client, address: str = "reader@example.org", platform: Platform | None = None, **values: str):
    form = {"address": address, "min_severity": "1", "platform": (platform or make_platform()).slug}
    return client.post(reverse("subscribe"), form | values)


def link() -> str:
    return reverse("subscribe-confirm", args=[Confirmation.objects.latest("pk").token])


def test_a_reader_asks_confirms_is_mailed_and_keeps_the_subscription(client: Client) -> None:
    platform = make_platform(name="Hollowreed")
    assert "Look into your mail" in ask(client, platform=platform, frequency="daily").content.decode()
    make_change_set(platform)
    assert not Alert.objects.exists(), "nothing before it is confirmed"
    with smtp_inbox() as inbox:
        send_all(timezone.now() + timedelta(minutes=1))
    (message,) = inbox.messages
    assert message["Subject"] == "[Proviso] Confirm your subscription"
    path = link()
    assert all(path in part for part in parts(message))
    shown = client.get(path).content.decode()
    assert "changes of Hollowreed, rated low or higher: daily digest" in shown
    assert Subscription.objects.get().confirmed_at is None, "scanners open every link of a mail"
    page = client.post(path, follow=True)
    assert page.redirect_chain[0][0] == reverse("subscriptions-by-mail", args=[Recipient.objects.get().token])
    assert "daily digest of changes of Hollowreed" in page.content.decode()
    make_change_set(platform)
    assert Alert.objects.get().recipient.address == "reader@example.org"
    opened_again = client.get(path).content.decode()
    assert "Your subscription is confirmed" in opened_again
    assert "nothing is sent" not in opened_again
    assert client.post(path).status_code == 302, "a second click leads to the same page"
    assert Subscription.objects.filter(ended_at=None).count() == 1


def test_confirming_what_runs_already_changes_it(client: Client) -> None:
    platform = make_platform()
    ask(client, platform=platform)
    client.post(link())
    ask(client, platform=platform, min_severity="3", frequency="weekly")
    assert Subscription.objects.get(ended_at=None, confirmed_at__isnull=False).min_severity == 1, "not yet"
    client.post(link())
    (row,) = Subscription.objects.filter(ended_at=None)
    assert (row.min_severity, row.frequency) == (3, Frequency.WEEKLY)


def test_who_confirms_a_digest_says_when_it_comes(client: Client) -> None:
    ask(client, frequency="weekly")
    assert "Day of the weekly digest" in client.get(link()).content.decode()
    wrong = client.post(link(), {"hour": "7", "weekday": "4", "zone": "Nowhere/Land"})
    assert "Nowhere/Land is not one of the available choices" in wrong.content.decode()
    assert Subscription.objects.get().confirmed_at is None
    client.post(link(), {"hour": "7", "weekday": "4", "zone": "Europe/Berlin"})
    recipient = Recipient.objects.get()
    assert (recipient.hour, recipient.weekday, recipient.zone) == (7, 4, "Europe/Berlin")
    assert Subscription.objects.get(ended_at=None).confirmed_at


def test_a_daily_digest_needs_no_day(client: Client) -> None:
    ask(client, frequency="daily")
    assert "Day of the weekly digest" not in client.get(link()).content.decode()
    client.post(link(), {"hour": "7", "weekday": "4", "zone": "Europe/Berlin"})
    recipient = Recipient.objects.get()
    assert (recipient.hour, recipient.weekday, recipient.zone) == (7, 0, "Europe/Berlin")


def test_who_is_mailed_at_once_is_not_asked_when(client: Client) -> None:
    ask(client)
    assert "Time zone" not in client.get(link()).content.decode()
    client.post(link(), {"hour": "7", "weekday": "4", "zone": "Europe/Berlin"})
    assert Recipient.objects.get().zone == "UTC"


@pytest.mark.parametrize("address", ["reader@example.org", "READER@example.org", "somebody@example.org"])
def test_the_answer_does_not_tell_who_is_subscribed_or_has_an_account(client: Client, address: str) -> None:
    platform = make_platform()
    make_user("somebody")
    ask(client, platform=platform)
    client.post(link())
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    known, unknown = (ask(Client(), name, platform).content.decode() for name in (address, "new@example.org"))
    known, unknown = (token.sub("", text) for text in (known, unknown))
    assert known.replace(address, "X") == unknown.replace("new@example.org", "X")


def test_an_address_is_asked_three_times_a_day_at_most_and_nobody_is_told(client: Client) -> None:
    answers = {ask(client).status_code for _ in range(5)}
    assert answers == {200}
    assert Confirmation.objects.count() == 3
    Confirmation.objects.update(owed_at=timezone.now() - timedelta(days=2))
    ask(client)
    assert Confirmation.objects.count() == 4


def test_a_client_asks_ten_times_an_hour_at_most(client: Client) -> None:
    answers = [ask(client, f"reader-{number}@example.org").status_code for number in range(11)]
    assert answers == [200] * 10 + [429]
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert ask(other, "another@example.org").status_code == 200


def test_a_client_is_known_by_its_network_and_not_by_what_it_says(client: Client) -> None:
    same = asking.client_key("2001:db8:0:1::5")
    assert same == asking.client_key("2001:db8:0:1:ffff::9") != asking.client_key("2001:db8:0:2::5")
    assert asking.client_key("192.0.2.7") == asking.client_key("::ffff:192.0.2.7")
    assert asking.client_key("nonsense") != same
    for number in range(10):
        ask(client, f"reader-{number}@example.org")
    made_up = Client(HTTP_X_FORWARDED_FOR="198.51.100.3")
    assert ask(made_up, "x@example.org").status_code == 429
    with override_settings(BEHIND_PROXY=True):
        assert ask(Client(HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.3"), "y@example.org").status_code == 200
    assert Confirmation.objects.latest("pk").client == asking.client_key("198.51.100.3")


def test_whoever_complained_is_not_asked_again(client: Client) -> None:
    ask(client)
    subscribing.stop(Recipient.objects.all(), "complained")
    assert ask(client).status_code == 200
    assert Confirmation.objects.count() == 1


def test_a_link_holds_for_a_week_and_a_guessed_one_never(client: Client) -> None:
    ask(client)
    path = link()
    Confirmation.objects.update(owed_at=timezone.now() - timedelta(days=8))
    assert client.post(path).status_code == 410
    assert client.post(reverse("subscribe-confirm", args=["guess"])).status_code == 410
    assert Subscription.objects.get().confirmed_at is None


def test_what_was_never_confirmed_is_deleted_with_its_address(client: Client) -> None:
    ask(client)
    ask(client, "confirmed@example.org")
    client.post(link())
    ask(client, "fresh@example.org")
    old = timezone.now() - timedelta(days=8)
    Subscription.objects.exclude(recipient__own_address="fresh@example.org").update(created_at=old)
    Recipient.objects.exclude(own_address="fresh@example.org").update(created_at=old)
    confirming.forget(timezone.now())
    left = set(Recipient.objects.values_list("own_address", flat=True))
    assert left == {"confirmed@example.org", "fresh@example.org"}


@override_settings(SUBSCRIBE_BY_MAIL=False)
def test_a_site_can_turn_it_off(client: Client) -> None:
    assert client.get(reverse("subscribe")).status_code == 404
    assert ask(client).status_code == 404
    platform = client.get(reverse("platform", args=[Platform.objects.get().slug])).content.decode()
    assert "/subscribe/" not in platform
    assert f"/sign-in/?next=%2Fplatforms%2F{Platform.objects.get().slug}%2F" in platform
    assert not Recipient.objects.exists()


@pytest.mark.parametrize("address", ["", "no address", "a@b\r\nBcc: c@d.example", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_refused(client: Client, address: str) -> None:
    ask(client, address)
    assert not Recipient.objects.exists()


def test_the_secret_page_keeps_its_own_subscriptions_and_no_others(client: Client) -> None:
    ask(client, platform=make_platform(name="Hollowreed"))
    client.post(link())
    recipient = Recipient.objects.get()
    mine = Subscription.objects.get(ended_at=None)
    other = subscribing.subscribe(make_user(), make_platform(), 1)
    base = reverse("subscriptions-by-mail", args=[recipient.token])
    client.post(f"{base}{mine.pk}/", {"act": "pause"})
    mine.refresh_from_db()
    assert mine.paused_at is not None
    client.post(f"{base}{mine.pk}/", {"act": "resume"})
    client.post(base, {"act": "rhythm", "zone": "Asia/Tokyo", "hour": "7", "weekday": "4"})
    recipient.refresh_from_db()
    assert (recipient.zone, recipient.hour, recipient.weekday) == ("Asia/Tokyo", 7, 4)
    for path in (f"{base}{other.pk}/", f"{base}{other.pk}/end/"):
        assert client.post(path, {"min_severity": 3}).status_code == 404
    client.post(f"{base}{mine.pk}/end/")
    mine.refresh_from_db()
    assert mine.ended_at is not None
    user_token = other.recipient.token
    assert client.get(reverse("subscriptions-by-mail", args=[user_token])).status_code == 404, "has a sign-in"


def test_a_wish_reads_back_as_it_was() -> None:
    recipient = Recipient.objects.create(own_address="a@example.org")
    wish = Wish(platform=make_platform(), type="arbitration", direction="adverse", min_severity=3)
    assert subscribing.wish_of(subscribing.begin(recipient, wish)) == wish

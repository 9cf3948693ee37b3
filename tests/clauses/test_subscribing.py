"""Subscribing, changing and ending: on the pages and by the link of a mail."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses import subscribing
from clauses.models import Alert, Digest, Frequency, Subscription
from clauses.models.choices import SeverityLevel
from tests.builders import (
    make_change_set,
    make_platform,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_user("reader"))
    return client


def subscription(name: str = "Hollowreed") -> Subscription:
    return subscribing.subscribe(make_user(), make_platform(name=name), SeverityLevel.LOW)


def subscribe(client: Client, slug: str, level: int = 2, **values: str):
    return client.post(reverse("subscriptions"), {"platform": slug, "min_severity": level, **values})


def test_a_reader_subscribes_changes_and_ends(reader: Client) -> None:
    platform = make_platform(name="Hollowreed")
    assert subscribe(reader, platform.slug).url == reverse("subscriptions")
    row = Subscription.objects.get()
    assert (row.platform, row.min_severity) == (platform, SeverityLevel.MEDIUM)
    reader.post(reverse("subscription-change", args=[row.pk]), {"min_severity": 3})
    row.refresh_from_db()
    assert row.min_severity == SeverityLevel.HIGH
    assert (
        "End alerts about Hollowreed?"
        in reader.get(reverse("subscription-end", args=[row.pk])).content.decode()
    )
    row.refresh_from_db()
    assert row.ended_at is None, "looking ends nothing"
    reader.post(reverse("subscription-end", args=[row.pk]))
    row.refresh_from_db()
    assert row.ended_at is not None


def test_subscribing_again_changes_the_running_subscription(reader: Client) -> None:
    platform = make_platform()
    subscribe(reader, platform.slug, 1)
    subscribe(reader, platform.slug, 3)
    assert Subscription.objects.get().min_severity == SeverityLevel.HIGH


def test_a_subscription_that_ended_can_begin_anew(reader: Client) -> None:
    platform = make_platform()
    subscribe(reader, platform.slug)
    subscribing.end(Subscription.objects.get())
    subscribe(reader, platform.slug)
    assert Subscription.objects.filter(ended_at__isnull=True).count() == 1
    assert Subscription.objects.count() == 2


def test_ending_twice_keeps_the_first_moment() -> None:
    row = subscription()
    assert subscribing.end(row)
    row.refresh_from_db()
    first = row.ended_at
    assert not subscribing.end(row)
    row.refresh_from_db()
    assert row.ended_at == first


@pytest.mark.parametrize("level", ["0", "4", "x", ""])
def test_only_the_three_severities_are_accepted(reader: Client, level: str) -> None:
    subscribe(reader, make_platform().slug, level)
    assert not Subscription.objects.exists()


def test_samples_are_not_offered_and_not_accepted(reader: Client) -> None:
    sample = make_platform(is_sample=True, name="Invented one")
    assert "Invented one" not in reader.get(reverse("subscriptions")).content.decode()
    subscribe(reader, sample.slug)
    assert not Subscription.objects.exists()


def test_a_digest_is_ended_by_one_click_with_all_it_comes_from() -> None:
    row = subscription()
    user = row.recipient.user
    Subscription.objects.update(frequency=Frequency.DAILY)
    spilled = subscribing.subscribe(user, None, 1, type="data_retention")
    kept = subscribing.subscribe(user, None, 3)
    change_set = make_change_set(row.platform)
    digest = Digest.objects.create(recipient=row.recipient, frequency=Frequency.DAILY, on=date(2026, 3, 3))
    Alert.objects.filter(change_set=change_set).update(subscription=spilled, digest=digest)
    path = reverse("unsubscribe-digest", args=[digest.token])
    client = Client(enforce_csrf_checks=True)
    assert "Stop the daily digest?" in client.get(path).content.decode()
    assert Subscription.objects.filter(ended_at=None).count() == 3
    answer = client.post(path, {"List-Unsubscribe": "One-Click"}).content.decode()
    assert "You are unsubscribed" in answer
    assert Subscription.objects.get(ended_at=None) == kept


def test_nobody_touches_the_subscription_of_another(reader: Client) -> None:
    other = subscription()
    for name in ("subscription-change", "subscription-end"):
        assert reader.post(reverse(name, args=[other.pk]), {"min_severity": 3}).status_code == 404
    other.refresh_from_db()
    assert (other.ended_at, other.min_severity) == (None, SeverityLevel.LOW)


def test_the_form_of_a_platforms_page_leads_back_within_the_site(reader: Client) -> None:
    slug = make_platform().slug
    assert subscribe(reader, slug, next=f"/platforms/{slug}/").url == f"/platforms/{slug}/"
    assert subscribe(reader, slug, next="//evil.example/").url == reverse("subscriptions")


def test_the_list_asks_no_more_of_the_database_for_more_rows(reader: Client) -> None:
    user = User.objects.get(username="reader")
    counts = []
    for _ in range(2):
        for _ in range(3):
            subscribing.subscribe(user, make_platform(), SeverityLevel.LOW)
        with CaptureQueriesContext(connection) as queries:
            reader.get(reverse("subscriptions"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_platforms_page_offers_the_severities_and_then_shows_the_choice(reader: Client) -> None:
    path = reverse("platform", args=[make_platform(slug="hollowreed").slug])
    offered = reader.get(path).content.decode()
    assert all(words in offered for words in ("Get alerts", "Medium and above", "High only"))
    subscribe(reader, "hollowreed", 2, next=path)
    assert "Alerts on, from medium" in reader.get(path).content.decode()
    visitor = Client().get(path).content.decode()
    assert "Get alerts" in visitor
    assert "/subscribe/?platform=hollowreed" in visitor


def test_a_sample_offers_no_alerts(reader: Client) -> None:
    path = reverse("platform", args=[make_platform(is_sample=True).slug])
    assert "Get alerts" not in reader.get(path).content.decode()


def test_a_reader_without_an_address_is_told(reader: Client) -> None:
    User.objects.update(email="")
    assert "no mail address yet" in reader.get(reverse("subscriptions")).content.decode()


def test_a_name_with_markup_is_shown_as_text(reader: Client) -> None:
    platform = make_platform(name="<script>alert(1)</script>")
    subscribe(reader, platform.slug)
    body = reader.get(reverse("subscriptions")).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body


def test_the_link_of_a_mail_asks_first_and_works_without_sign_in(client: Client) -> None:
    row = subscription()
    path = reverse("unsubscribe", args=[row.token])
    assert "Stop mails about Hollowreed?" in client.get(path).content.decode()
    row.refresh_from_db()
    assert row.ended_at is None, "scanners open every link of a mail"
    assert "You are unsubscribed" in client.post(path).content.decode()
    row.refresh_from_db()
    assert row.ended_at is not None
    assert "You are unsubscribed" in client.get(path).content.decode()


def test_a_mail_client_unsubscribes_with_one_click() -> None:
    row = subscription()
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("unsubscribe", args=[row.token]), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    row.refresh_from_db()
    assert row.ended_at is not None


def test_a_guessed_link_ends_nothing(client: Client) -> None:
    row = subscription()
    assert client.post(reverse("unsubscribe", args=["guess"])).status_code == 404
    row.refresh_from_db()
    assert row.ended_at is None

"""What a subscription may ask for, looking ahead at it, pauses, and the hour of digests."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses import subscribing
from clauses.models import Alert, Recipient, Subscription
from clauses.queries.wanted import preview
from monitor.retiring import retire
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    make_change_set,
    make_document,
    make_platform,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_user("reader"))
    return client


def subscribe(client: Client, slug: str, level: int = 2, **values: str):
    return client.post(reverse("subscriptions"), {"platform": slug, "min_severity": level, **values})


@pytest.mark.parametrize("values", [{}, {"min_severity": "1"}, {"platform": "", "direction": ""}])
def test_a_subscription_asks_for_something(reader: Client, values: dict[str, str]) -> None:
    make_platform()
    page = reader.post(reverse("subscriptions"), {"min_severity": "1", **values}).content.decode()
    assert "Choose at least one" in page
    assert not Subscription.objects.exists()


def test_a_retired_document_is_not_offered(reader: Client) -> None:
    platform = make_platform(name="Hollowreed")
    read_on, old = make_document(platform, name="Terms"), make_document(platform, name="Old terms")
    assert "Hollowreed: Old terms" in reader.get(reverse("subscriptions")).content.decode()
    retire(old, read_on, timezone.now())
    page = reader.get(reverse("subscriptions")).content.decode()
    assert "Hollowreed: Terms" in page
    assert "Hollowreed: Old terms" not in page
    reader.post(reverse("subscriptions"), {"document": old.pk, "min_severity": "1"})
    assert not Subscription.objects.exists()


def test_any_combination_of_wishes_is_kept(reader: Client) -> None:
    document = make_document(make_platform(name="Hollowreed"), name="Terms", type="privacy_policy")
    other = make_platform()
    wishes: list[dict[str, str | int]] = [
        {"document": document.pk, "type": "arbitration", "frequency": "weekly"},
        {"type": "arbitration", "direction": "adverse", "min_severity": 3},
        {"document_type": "privacy_policy"},
        {"platform": other.slug},
        {"min_severity": 3},
    ]
    for wish in wishes:
        reader.post(reverse("subscriptions"), {"min_severity": 1, **wish})
    assert Subscription.objects.count() == 5
    assert Subscription.objects.get(document=document).platform == document.platform
    page = reader.get(reverse("subscriptions")).content.decode()
    assert "Changes of Hollowreed, Terms, in clauses on Arbitration, rated low or higher." in page
    assert "all platforms, in clauses on Arbitration, with something adverse to users, rated high." in page
    twin = reader.get(reverse("subscriptions-json")).json()["subscriptions"]
    assert {row["frequency"] for row in twin} == {"weekly", "instant"}
    wrong = {"min_severity": 1, "document": document.pk, "platform": other.slug}
    assert "document of another platform" in reader.post(reverse("subscriptions"), wrong).content.decode()


def test_a_pause_ends_by_resuming_and_by_subscribing_again(reader: Client) -> None:
    platform = make_platform()
    subscribe(reader, platform.slug)
    row = Subscription.objects.get()
    change = reverse("subscription-change", args=[row.pk])
    reader.post(change, {"act": "pause"})
    assert "Paused since" in reader.get(reverse("subscriptions")).content.decode()
    reader.post(change, {"act": "resume"})
    row.refresh_from_db()
    assert row.is_running
    reader.post(change, {"act": "pause"})
    subscribe(reader, platform.slug)
    row.refresh_from_db()
    assert row.is_running


def test_the_hour_of_digests_is_chosen_in_ones_own_zone(reader: Client) -> None:
    chosen = {"act": "rhythm", "zone": "America/Sao_Paulo", "hour": "18", "weekday": "6"}
    reader.post(reverse("subscriptions"), chosen)
    reader.post(reverse("subscriptions"), {**chosen, "zone": "Nowhere/At_All"})
    recipient = Recipient.objects.get()
    assert (recipient.zone, recipient.hour, recipient.weekday) == ("America/Sao_Paulo", 18, 6)
    assert recipient.zone_info.key == "America/Sao_Paulo"
    assert Recipient(zone="Gone/Away").zone_info.key == "UTC"


@pytest.mark.parametrize(("frequency", "mails"), [("instant", 3), ("daily", 2), ("weekly", 1)])
def test_a_preview_counts_what_would_have_been_sent_and_subscribes_nothing(
    reader: Client, frequency: str, mails: int
) -> None:
    platform = make_platform()
    monday = timezone.now() - timedelta(days=timezone.now().weekday() + 14)
    monday = monday.replace(hour=9)
    for days in (0, 0, 1):
        # The change is first seen a day after the first text.
        make_change_set(platform, at=monday + timedelta(days=days))
    make_change_set(platform, at=monday - timedelta(days=200))
    make_change_set()
    wish = {"platform": platform.slug, "min_severity": 1, "frequency": frequency, "act": "preview"}
    page = reader.post(reverse("subscriptions"), wish).content.decode()
    assert f"In the last 90 days this would have sent {mails} mail" in page
    assert "About 3 changes" in page
    assert not Subscription.objects.exists()


def test_a_preview_counts_what_would_have_been_owed(reader: Client) -> None:
    """The same selection: subscribed before, each change of the preview owes its alert, and no other."""
    platform = make_platform()
    wish = {"type": "data_retention", "direction": "adverse", "min_severity": 2}
    begun = subscribing.subscribe(User.objects.get(), None, 2, type="data_retention", direction="adverse")
    start = timezone.now() - timedelta(days=20)
    make_change_set(platform, at=start)
    make_change_set(platform, KEPT_5_YEARS, KEPT_30_DAYS, at=start)
    make_change_set(platform, new=KEPT_30_DAYS.replace("write", "talk"), at=start)
    found = preview(begun, begun.recipient, timezone.now())
    owed = set(Alert.objects.values_list("change_set", flat=True))
    assert {row.pk for row in found.newest} == owed
    assert found.mails == len(owed) == 1
    assert (
        "would have sent 1 mail"
        in reader.post(reverse("subscriptions"), {**wish, "act": "preview"}).content.decode()
    )


def test_somebody_whose_mail_was_stopped_reads_why_and_starts_again(reader: Client) -> None:
    subscribe(reader, make_platform().slug)
    subscribing.stop(Recipient.objects.all(), "mail to this address came back")
    assert "mail to this address came back" in reader.get(reverse("subscriptions")).content.decode()
    reader.post(reverse("subscriptions"), {"act": "start"})
    assert Recipient.objects.get().may_be_mailed

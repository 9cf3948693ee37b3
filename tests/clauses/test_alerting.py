"""Who is owed word of a change set, and the digests that gather it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from clauses import subscribing
from clauses.alerting import bundle, owe
from clauses.analysis import analyze_pending
from clauses.models import Alert, AlertState, ChangeSet, Digest, Frequency, Recipient, Subscription
from clauses.models.choices import SeverityLevel
from monitor.models import DocumentType, Origin, Platform
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

ARBITRATION = (
    "<p>You agree to resolve all disputes with us by binding arbitration and waive class actions.</p>"
)


def subscription(
    platform: Platform | None, severity: SeverityLevel = SeverityLevel.LOW, **wish: object
) -> Subscription:
    return subscribing.subscribe(make_user(), platform, severity, **wish)


def owed_alert(severity: SeverityLevel = SeverityLevel.LOW) -> Alert:
    platform = make_platform()
    subscription(platform, severity)
    make_change_set(platform)
    return Alert.objects.get()


@pytest.mark.django_db
def test_owing_a_change_set_twice_owes_one_alert() -> None:
    alert = owed_alert()
    owe(alert.change_set)
    assert Alert.objects.count() == 1


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
def test_imported_history_and_a_later_rating_owe_nothing_although_owing_is_asked() -> None:
    platform = make_platform()
    change_set = make_change_set(platform)
    subscription(platform)
    change_set.is_technical = True
    owe(change_set)
    change_set.is_technical = False
    change_set.new_version.origin = Origin.IMPORT
    owe(change_set)
    assert not Alert.objects.exists()
    change_set.new_version.origin = Origin.FETCH
    owe(change_set)
    assert Alert.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wish", "fits"),
    [
        ({"type": "data_retention"}, True),
        ({"type": "arbitration"}, False),
        ({"document_type": DocumentType.TERMS}, True),
        ({"document_type": DocumentType.PRIVACY}, False),
        ({"direction": "adverse"}, True),
        ({"direction": "favorable"}, False),
        ({"type": "data_retention", "direction": "adverse", "document_type": DocumentType.TERMS}, True),
        ({"type": "data_retention", "direction": "favorable"}, False),
    ],
)
def test_a_change_is_owed_by_all_that_a_subscription_asks_for(wish: dict[str, str], fits: bool) -> None:
    subscription(None, **wish)
    make_change_set()
    assert Alert.objects.exists() == fits


@pytest.mark.django_db
def test_one_document_can_be_asked_for() -> None:
    platform = make_platform()
    one, other = make_source(make_document(platform)), make_source(make_document(platform))
    row = subscription(platform, document=one.document)
    for source in (one, other):
        publish(source, KEPT_30_DAYS, day(0))
        publish(source, KEPT_5_YEARS, day(1))
    assert Alert.objects.get().change_set.document == one.document
    assert Alert.objects.get().subscription == row


@pytest.mark.django_db
def test_with_a_type_its_own_change_is_as_severe_as_asked() -> None:
    platform = make_platform()
    subscription(platform, SeverityLevel.HIGH, type="data_retention")
    source = make_source(make_document(platform))
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, KEPT_30_DAYS.replace("30 days", "35 days") + ARBITRATION, day(1))
    change_set = ChangeSet.objects.get()
    assert change_set.severity == SeverityLevel.HIGH, "by the arbitration"
    assert change_set.changed_types.filter(type="data_retention").exists()
    assert not Alert.objects.exists()


@pytest.mark.django_db
def test_a_person_with_two_subscriptions_that_fit_is_owed_one_alert_by_the_one_that_tells_sooner() -> None:
    platform, user = make_platform(), make_user()
    subscribing.subscribe(user, platform, SeverityLevel.LOW, frequency=Frequency.WEEKLY)
    soon = subscribing.subscribe(user, None, SeverityLevel.LOW, type="data_retention")
    make_change_set(platform)
    assert Alert.objects.get().subscription == soon


@pytest.mark.django_db
def test_an_account_and_a_subscription_by_mail_of_one_address_get_one_mail() -> None:
    platform, user = make_platform(), make_user(email="Reader@example.org")
    subscribing.subscribe(user, platform, SeverityLevel.LOW)
    by_mail = Recipient.objects.create(own_address="reader@example.org")
    subscribing.begin(by_mail, subscribing.Wish(platform=platform))
    make_change_set(platform)
    assert Alert.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["paused", "unconfirmed", "stopped", "inactive", "ended"])
def test_whoever_wants_no_mail_now_is_owed_none(how: str) -> None:
    platform = make_platform()
    row = subscription(platform)
    if how == "paused":
        subscribing.pause(row)
    elif how == "unconfirmed":
        Subscription.objects.update(confirmed_at=None)
    elif how == "stopped":
        subscribing.stop(Recipient.objects.all(), "came back")
    elif how == "inactive":
        row.recipient.user.is_active = False
        row.recipient.user.save()
    else:
        subscribing.end(row)
    make_change_set(platform)
    assert not Alert.objects.exists()


def daily(zone: str = "UTC", hour: int = 8, frequency: str = Frequency.DAILY) -> Recipient:
    platform = make_platform()
    row = subscription(platform, frequency=frequency)
    Recipient.objects.update(zone=zone, hour=hour)
    make_change_set(platform)
    make_change_set(platform)
    Alert.objects.update(owed_at=datetime(2026, 3, 3, 6, 0, tzinfo=UTC))
    return row.recipient


@pytest.mark.django_db
def test_a_digest_gathers_what_is_owed_at_the_readers_hour_and_once_a_day() -> None:
    daily("America/New_York", 7)
    assert bundle(datetime(2026, 3, 3, 11, 59, tzinfo=UTC)) == 0, "not before seven in New York"
    assert bundle(datetime(2026, 3, 3, 12, 0, tzinfo=UTC)) == 1
    assert bundle(datetime(2026, 3, 3, 18, 0, tzinfo=UTC)) == 0
    digest = Digest.objects.get()
    assert digest.alerts.count() == 2
    assert digest.on.isoformat() == "2026-03-03"


@pytest.mark.django_db
def test_a_day_without_a_change_gives_no_digest() -> None:
    daily()
    at = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    assert [bundle(at + timedelta(days=days)) for days in range(4)] == [1, 0, 0, 0]


@pytest.mark.django_db
def test_what_is_recorded_while_a_digest_is_on_its_way_comes_with_the_next() -> None:
    daily()
    late = Alert.objects.first()
    assert late
    Alert.objects.filter(pk=late.pk).update(frequency=Frequency.INSTANT)
    at = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    bundle(at)
    Alert.objects.filter(pk=late.pk).update(frequency=Frequency.DAILY)
    assert bundle(at + timedelta(hours=1)) == 0
    assert bundle(at + timedelta(days=1)) == 1
    assert [digest.alerts.count() for digest in Digest.objects.order_by("on")] == [1, 1]


@pytest.mark.django_db
def test_days_that_no_worker_ran_come_in_one_digest() -> None:
    daily(frequency=Frequency.WEEKLY)
    assert bundle(datetime(2026, 3, 8, 23, 0, tzinfo=UTC)) == 0, "a Sunday"
    assert bundle(datetime(2026, 3, 18, 23, 0, tzinfo=UTC)) == 1
    assert Digest.objects.get().on.isoformat() == "2026-03-16"


@pytest.mark.django_db
def test_a_digest_of_nobody_is_not_made_for_alerts_that_are_sent() -> None:
    daily()
    Alert.objects.update(state=AlertState.SENT)
    assert bundle(timezone.now()) == 0

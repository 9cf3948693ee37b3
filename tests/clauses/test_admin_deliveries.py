"""What administrators do about mail: send again what is stuck, stop mail to an address that returns it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clauses import subscribing
from clauses.models import Alert, AlertState, Digest, Recipient
from tests.builders import make_change_set, make_platform, make_user

pytestmark = pytest.mark.django_db


def act(client: Client, model: str, action: str, pk: int):
    path = reverse(f"admin:clauses_{model}_changelist")
    return client.post(path, {"action": action, "_selected_action": [pk]}, follow=True)


def owed_alert() -> Alert:
    platform = make_platform()
    subscribing.subscribe(make_user(), platform, 1)
    make_change_set(platform)
    return Alert.objects.get()


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user(role="administrator", is_staff=True))
    return client


def test_a_mail_that_was_given_up_is_owed_again(desk: Client) -> None:
    alert = owed_alert()
    Alert.objects.update(state=AlertState.FAILED, attempts=24, error="SMTPDataError: (554, b'No')")
    listed = desk.get(reverse("admin:clauses_alert_changelist") + "?standing=failed").content.decode()
    assert "SMTPDataError" in listed
    act(desk, "alert", "send_again", alert.pk)
    alert.refresh_from_db()
    assert (alert.state, alert.attempts, alert.next_try_at) == (AlertState.OWED, 0, None)


def test_the_list_can_be_narrowed_to_what_is_stuck(desk: Client) -> None:
    alert = owed_alert()
    path = reverse("admin:clauses_alert_changelist") + "?standing=stuck"
    assert alert.change_set.headline not in desk.get(path).content.decode()
    Alert.objects.update(attempts=3)
    assert alert.change_set.headline in desk.get(path).content.decode()


@pytest.mark.parametrize("action", ["stop_bounced", "stop_complained"])
def test_mail_to_somebody_is_stopped_and_started(desk: Client, action: str) -> None:
    recipient = owed_alert().recipient
    act(desk, "recipient", action, recipient.pk)
    recipient.refresh_from_db()
    assert not recipient.may_be_mailed
    assert recipient.stopped_because
    act(desk, "recipient", "start_again", recipient.pk)
    assert Recipient.objects.get(pk=recipient.pk).may_be_mailed


def test_a_curator_sees_nobody_who_is_mailed(client: Client) -> None:
    client.force_login(make_user(role="curator", is_staff=True))
    owed_alert()
    for model in ("alert", "digest", "confirmation", "recipient", "subscription"):
        assert client.get(reverse(f"admin:clauses_{model}_changelist")).status_code == 403


def test_no_secret_of_a_mail_is_shown(desk: Client) -> None:
    alert = owed_alert()
    digest = Digest.objects.create(recipient=alert.recipient, frequency="daily", on="2026-03-03")
    rows = (alert.recipient, alert.subscription, digest)
    for row in rows:
        name = row._meta.model_name
        page = desk.get(reverse(f"admin:clauses_{name}_change", args=[row.pk])).content.decode()
        assert row.token not in page

"""A mail provider reports what came back: who is mailed no more, and who is only counted."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clauses import delivering, subscribing
from clauses.models import Alert, AlertState, MailReturn, Recipient, ReturnKind, Subscription
from monitor.models import Platform
from tests.builders import make_change_set, make_platform, make_user
from tests.mail_reports import bounce, post, reports_on, sent_alert
from tests.mail_server import smtp_inbox

__all__ = ["reports_on"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reports_on")]


def test_an_address_that_takes_no_mail_is_mailed_no_more_and_the_person_reads_why_and_can_go_on(
    client: Client,
) -> None:
    alert, inbox = sent_alert()
    assert post(client, bounce(inbox)) == 200
    alert.recipient.refresh_from_db()
    assert alert.recipient.stopped_because == "mail to this address came back"
    assert MailReturn.objects.get().said == "smtp;550 5.1.1 The email account does not exist."
    make_change_set(Platform.objects.get())
    assert Alert.objects.count() == 1, "nothing more is owed"
    client.force_login(alert.recipient.user)
    page = client.get(reverse("subscriptions")).content.decode()
    assert "mail to this address came back" in page
    client.post(reverse("subscriptions"), {"act": "start"})
    alert.recipient.refresh_from_db()
    assert alert.recipient.stopped_at is None


def test_a_report_that_comes_again_stops_nobody_who_started_again(client: Client) -> None:
    alert, inbox = sent_alert()
    post(client, bounce(inbox))
    subscribing.start_again(Recipient.objects.all())
    assert post(client, bounce(inbox)) == 200
    alert.recipient.refresh_from_db()
    assert alert.recipient.stopped_at is None
    assert MailReturn.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "because"),
    [("SpamComplaint", "a mail of ours was marked as spam"), ("Unsubscribe", "you asked for no more mail")],
)
def test_who_complains_or_unsubscribes_at_the_provider_is_mailed_no_more(
    client: Client, kind: str, because: str
) -> None:
    alert, inbox = sent_alert()
    assert post(client, bounce(inbox, kind)) == 200
    alert.recipient.refresh_from_db()
    assert alert.recipient.stopped_because == because


def test_a_mail_that_was_not_delivered_this_time_is_only_counted(client: Client) -> None:
    alert, inbox = sent_alert()
    post(client, bounce(inbox, "SoftBounce"))
    post(client, bounce(inbox, "SoftBounce"))
    alert.recipient.refresh_from_db()
    assert alert.recipient.stopped_at is None
    assert [row.kind for row in MailReturn.objects.all()] == [ReturnKind.SOFT]
    client.force_login(make_user(role="administrator"))
    desk = client.get(reverse("admin:clauses_recipient_changelist")).content.decode()
    assert '<td class="field-came_back">1</td>' in desk
    assert client.get(reverse("admin:clauses_mailreturn_changelist")).status_code == 200


@pytest.mark.parametrize("kind", ["Transient", "AutoResponder"])
def test_what_is_late_or_answered_by_a_machine_is_nothing(client: Client, kind: str) -> None:
    _, inbox = sent_alert()
    assert post(client, bounce(inbox, kind)) == 200
    assert not MailReturn.objects.exists()


def test_everybody_mailed_at_the_address_is_stopped_with_an_account_or_without(client: Client) -> None:
    alert, inbox = sent_alert()
    other = Recipient.objects.create(own_address=alert.recipient.address.upper())
    post(client, bounce(inbox))
    other.refresh_from_db()
    assert other.stopped_at


def test_the_bounce_of_an_address_somebody_has_left_stops_nobody(client: Client) -> None:
    alert, inbox = sent_alert()
    report = bounce(inbox)
    alert.recipient.user.email = "new@example.org"
    alert.recipient.user.save()
    assert post(client, report) == 200
    assert not Recipient.objects.exclude(stopped_at=None).exists()


@pytest.mark.parametrize(
    "name",
    [
        "C-000001.999.20260101000000000000",
        "C-000001.1.20260101000000000000",
        "daily.1.20260101000000000000",
        "somebody.else@example.org",
        "C-1." + "9" * 18 + ".20260101000000000000",
        "x" * 5000,
        "\0",
    ],
)
def test_a_message_that_is_not_ours_is_ignored_with_a_line_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    _, inbox = sent_alert()
    with caplog.at_level(logging.INFO, logger="clauses.returning"):
        assert post(client, bounce(inbox, Metadata={"proviso": name})) == 200
    assert "not ours" in caplog.text
    assert not Recipient.objects.exclude(stopped_at=None).exists()


def test_each_kind_of_mail_is_found_by_its_name(client: Client) -> None:
    recipient = Recipient.objects.create(own_address="reader@example.org")
    wish = subscribing.Wish(platform=make_platform())
    asked: Subscription = wish.row(recipient)
    asked.save()
    confirmation = delivering.Confirmation.objects.create(subscription=asked, client="x")
    with smtp_inbox() as inbox:
        delivering.send(delivering.Confirmation, confirmation.pk)
    assert post(client, bounce(inbox)) == 200
    recipient.refresh_from_db()
    assert recipient.stopped_at


@pytest.mark.parametrize("secret", ["provider:wrong", "", "a:b:c", "provider:a-secret-nobody-guesses\n"])
def test_who_does_not_know_the_secret_changes_nothing(client: Client, secret: str) -> None:
    alert, inbox = sent_alert()
    assert post(client, bounce(inbox), secret) == 403
    assert client.post(reverse("mail-events"), headers={"Authorization": "Basic %%%"}).status_code == 403
    assert client.post(reverse("mail-events")).status_code == 403
    alert.recipient.refresh_from_db()
    assert alert.recipient.stopped_at is None


def test_the_words_of_another_server_are_one_plain_line(client: Client) -> None:
    _, inbox = sent_alert()
    assert post(client, bounce(inbox, Details="<script>\n\u202e\0 550 " + "x" * 500)) == 200
    said = MailReturn.objects.get().said
    assert len(said) == 200
    assert said.isprintable()


def test_off_there_is_no_such_page_and_no_mail_carries_a_providers_header(
    client: Client, settings: Any
) -> None:
    settings.MAIL_EVENTS = ""
    alert, inbox = sent_alert()
    assert alert.state == AlertState.OWED
    assert not [name for name in inbox.messages[0] if name.startswith(("X-PM", "X-M"))]
    assert post(client, {}) == 404
    settings.MAIL_EVENTS, settings.MAIL_EVENTS_SECRET = "postmark", ""
    assert post(client, {}) == 404

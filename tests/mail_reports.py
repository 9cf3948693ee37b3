"""Reports of a mail provider about a mail that was sent."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clauses import delivering, subscribing
from clauses.models import Alert
from clauses.models.choices import SeverityLevel
from tests.builders import make_change_set, make_platform, make_user
from tests.mail_server import Inbox, smtp_inbox

SECRET = "provider:a-secret-nobody-guesses"
KEY = "key-of-mailgun"


@pytest.fixture
def reports_on(settings: Any) -> Any:
    """A site that takes the reports of Postmark."""
    settings.MAIL_EVENTS = "postmark"
    settings.MAIL_EVENTS_SECRET = SECRET
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
    return settings


def post(client: Client, body: Any, secret: str = SECRET) -> int:
    """Report; the status of the answer."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    sign_in = {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
    address = reverse("mail-events")
    return client.post(address, data, content_type="application/json", headers=sign_in).status_code


def sent_alert() -> tuple[Alert, Inbox]:
    """An alert that went out, and where it went."""
    platform = make_platform()
    subscribing.subscribe(make_user(), platform, SeverityLevel.LOW)
    make_change_set(platform)
    alert = Alert.objects.get()
    with smtp_inbox() as inbox:
        delivering.send(Alert, alert.pk)
    return alert, inbox


def bounce(inbox: Inbox, kind: str = "HardBounce", **others: Any) -> dict[str, Any]:
    """What Postmark reports, with what the mail itself carried."""
    mail = inbox.messages[0]
    return {
        "RecordType": "SpamComplaint" if kind == "SpamComplaint" else "Bounce",
        "Type": kind,
        "ID": 42,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"proviso": mail["X-PM-Metadata-proviso"]},
        "Email": str(mail["To"]),
        "Details": "smtp;550 5.1.1 The email account does not exist.",
        "BouncedAt": "2026-03-01T10:00:00Z",
        **others,
    }

"""Reports in each provider's own form, as its manual shows it, and what is no report at all."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
from django.test import Client

from clauses.models import MailReturn
from tests.mail_reports import KEY, post, reports_on, sent_alert

__all__ = ["reports_on"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reports_on")]


def test_mailgun_reports_by_our_message_id_and_its_own_signature(client: Client, settings: Any) -> None:
    settings.MAIL_EVENTS = "mailgun"
    alert, inbox = sent_alert()
    mail = inbox.messages[0]
    data = {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "recipient": str(mail["To"]),
        "timestamp": 1767225600.5,
        "message": {"headers": {"message-id": str(mail["Message-ID"]).strip("<>")}},
        "delivery-status": {"code": 550, "message": "5.1.1 no such user"},
    }
    report: dict[str, Any] = {"signature": _signed("wrong"), "event-data": data}
    assert post(client, report) == 403
    report["signature"] = _signed(KEY)
    assert post(client, report) == 200
    alert.recipient.refresh_from_db()
    assert alert.recipient.stopped_at


def _signed(key: str) -> dict[str, str]:
    signature = hmac.new(key.encode(), b"1767225600token", hashlib.sha256).hexdigest()
    return {"timestamp": "1767225600", "token": "token", "signature": signature}


@pytest.mark.parametrize(
    ("provider_name", "report"),
    [
        (
            "brevo",
            {"event": "hard_bounce", "email": "{to}", "message-id": "<other>", "X-Mailin-custom": "{custom}"},
        ),
        ("mailjet", [{"event": "bounce", "hard_bounce": True, "email": "{to}", "Payload": "{custom}"}]),
        (
            "sparkpost",
            [
                {
                    "msys": {
                        "message_event": {
                            "type": "bounce",
                            "bounce_class": "10",
                            "raw_rcpt_to": "{to}",
                            "rcpt_meta": "{metadata}",
                        }
                    }
                }
            ],
        ),
    ],
)
def test_other_providers_report_by_the_header_each_mail_carries(
    client: Client, settings: Any, provider_name: str, report: Any
) -> None:
    settings.MAIL_EVENTS = provider_name
    headers = {"brevo": "X-Mailin-custom", "mailjet": "X-MJ-EventPayload", "sparkpost": "X-MSYS-API"}
    alert, inbox = sent_alert()
    mail = inbox.messages[0]
    custom = str(mail[headers[provider_name]])
    filled = json.dumps(report).replace("{to}", str(mail["To"]))
    filled = filled.replace('"{custom}"', json.dumps(custom))
    if provider_name == "sparkpost":
        filled = filled.replace('"{metadata}"', json.dumps(json.loads(custom)["metadata"]))
    assert post(client, filled.encode()) == 200
    alert.recipient.refresh_from_db()
    assert alert.recipient.stopped_at


_HOSTILE = [
    b"",
    b"\xff\xfe",
    b"null",
    b"[]",
    b"1",
    b'"x"',
    b"{",
    b"[" * 100_000,
    b'{"RecordType": []}',
    b'{"RecordType": {"a": 1}}',
    b'{"RecordType": "Bounce", "Type": ["HardBounce"], "Metadata": [], "Email": {}}',
    b'{"RecordType": "Bounce", "Type": "HardBounce", "Metadata": {"proviso": {}}, "Email": [1], "MessageID": 5}',
    b'{"RecordType": "Bounce", "BouncedAt": "yesterday"}',
    b'{"RecordType": "Inbound"}',
    b"[[[]]]",
    b'{"event": "hard_bounce", "ts_epoch": 1e400, "message-id": 1}',
    b'{"event-data": [], "signature": {}}',
    b'{"msys": []}',
    b'[{"msys": {"a": {}, "b": {}}}]',
    b'[{"event": "bounce", "time": 1e30, "Payload": "{"}]',
    b"x" * 3_000_000,
]


@pytest.mark.parametrize("provider_name", ["brevo", "mailgun", "mailjet", "postmark", "sparkpost"])
def test_what_makes_no_sense_is_never_a_fault_of_the_site(
    client: Client, settings: Any, provider_name: str
) -> None:
    settings.MAIL_EVENTS = provider_name
    for body in _HOSTILE:
        assert post(client, body) in {200, 400, 403}, body[:80]
    assert not MailReturn.objects.exists()

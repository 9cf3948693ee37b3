"""Where a mail provider reports what came back, in its own form, which the views of django-anymail check and read."""

from __future__ import annotations

import logging
from typing import Any

from anymail.signals import EventType
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from clauses import returning
from clauses.core.bounces import is_for_good
from clauses.mail.provider import FIELD
from clauses.models import ReturnKind

_log = logging.getLogger(__name__)
_VIEWS = {
    "brevo": BrevoTrackingWebhookView,
    "mailgun": MailgunTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "sparkpost": SparkPostTrackingWebhookView,
}
_KINDS = {EventType.COMPLAINED: ReturnKind.COMPLAINT, EventType.UNSUBSCRIBED: ReturnKind.UNWANTED}
_RETURNED = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}


@login_not_required
@csrf_exempt
@never_cache
@require_POST
def mail_events(request: HttpRequest) -> HttpResponse:
    """Note what the provider of MAIL_EVENTS reports, for who knows the secret; without both there is no such page."""
    if not settings.MAIL_EVENTS or not settings.MAIL_EVENTS_SECRET:
        return _said("Not found", 404)
    # The library reads what it expects: of anything else it may raise whatever it likes.
    try:
        view = _VIEWS[settings.MAIL_EVENTS]()
        view.run_validators(request)
    except Exception as error:
        _log.warning("a report of mail was refused: %s", type(error).__name__)
        return _said("Forbidden", 403)
    try:
        reports = [_report(event) for event in view.parse_events(request)]
    except Exception as error:
        _log.warning("a report of mail cannot be read: %s", type(error).__name__)
        return _said("Not understood", 400)
    for report in filter(None, reports):
        returning.note(report, timezone.now())
    return _said("Noted", 200)


def _report(event: Any) -> returning.Report | None:
    """What one event reports; None for what was delivered, is late, was opened or names no message."""
    kind = _kind(event)
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    name = _text(metadata.get(FIELD)) or _text(event.message_id)
    if kind is None or not name:
        return None
    said = _text(event.mta_response) or _text(event.description)
    return returning.Report(name, _text(event.recipient), kind, said)


def _kind(event: Any) -> ReturnKind | None:
    if event.event_type in _RETURNED:
        return ReturnKind.HARD if is_for_good(settings.MAIL_EVENTS, event.esp_event) else ReturnKind.SOFT
    return _KINDS.get(event.event_type)


def _text(value: Any) -> str:
    # PostgreSQL stores no null character.
    return value.replace("\0", "") if isinstance(value, str) else ""


def _said(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")

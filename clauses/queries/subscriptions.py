"""Reads of subscriptions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from clauses.models import Alert, Recipient, Subscription, Webhook
from clauses.models.choices import DirectionWord, SeverityLevel
from clauses.queries.clause_types import named_type
from clauses.queries.twins import Json, document_head, written
from monitor.models import Document, DocumentType, Platform

_OF_DIRECTION = {
    DirectionWord.ADVERSE: "with something adverse to users",
    DirectionWord.FAVORABLE: "with something favorable to users",
    DirectionWord.MIXED: "with both adverse and favorable parts",
    DirectionWord.NEUTRAL: "neutral for users",
}


def kept(recipient: Recipient | None) -> QuerySet[Subscription]:
    """The subscriptions of a person that have not ended, paused ones too, by platform."""
    rows = _kept().filter(recipient=recipient)
    return rows.select_related("platform", "document__platform", "view", "recipient__user")


def _kept() -> QuerySet[Subscription]:
    return Subscription.objects.filter(confirmed_at__isnull=False, ended_at__isnull=True)


def recipient_of_user(user: Any) -> Recipient | None:
    """The row by which a user is mailed; None as long as there was no need for one."""
    return Recipient.objects.select_related("user").filter(user=user).first()


def kept_for(user: Any, platform: Platform) -> Subscription | None:
    """The user's subscription to all that one platform changes; None for somebody who is not signed in."""
    if not user.is_authenticated:
        return None
    whole = {"document": None, "view": None, "document_type": "", "type": "", "direction": ""}
    return _kept().filter(recipient__user=user, platform=platform, **whole).first()


def subscribable() -> QuerySet[Platform]:
    """The platforms one can be told about: samples never owe a mail."""
    return Platform.objects.filter(is_sample=False)


def subscribable_documents() -> QuerySet[Document]:
    """Their documents, by platform. A retired one is read no more, so nothing comes of subscribing to it."""
    read_on = Document.objects.filter(platform__in=subscribable(), succeeded_by=None)
    shown = read_on.select_related("platform")
    return shown.order_by("platform__name", "name")


def latest_mails(recipient: Recipient, count: int = 10) -> QuerySet[Alert]:
    """The latest changes a person was owed word of, newest first, with how that went."""
    return recipient.alerts.select_related("change_set__document__platform", "digest")[:count]


def rated(level: int) -> str:
    """Which changes a subscription from a severity on is about: "rated low or higher"."""
    severity = SeverityLevel(level)
    return f"rated {severity.word}" if severity == SeverityLevel.HIGH else f"rated {severity.word} or higher"


def asked_words(subscription: Subscription) -> str:
    """What a subscription is about, after "changes of": "Hollowreed, Terms, in clauses on Arbitration, rated high"."""
    parts = [about_words(subscription)]
    if subscription.document_type:
        parts.append(f"documents of the kind {DocumentType(subscription.document_type).label}")
    if subscription.type:
        parts.append(f"in clauses on {named_type(subscription.type).name}")
    if subscription.direction:
        parts.append(_OF_DIRECTION[DirectionWord(subscription.direction)])
    is_by_view = subscription.view_id or subscription.removed_view
    if not is_by_view or subscription.min_severity > SeverityLevel.LOW:
        parts.append(rated(subscription.min_severity))
    return ", ".join(parts)


def about_words(subscription: Subscription) -> str:
    """The beginning of it: "Hollowreed, Terms", "your view “High”", "all platforms"."""
    if subscription.removed_view:
        return f"your view “{subscription.removed_view}”, which is removed"
    if subscription.view:
        return f"your view “{subscription.view.name}”"
    if subscription.document:
        return f"{subscription.document.platform.name}, {subscription.document.name}"
    return subscription.platform.name if subscription.platform else "all platforms"


def subscription_twin(row: Subscription) -> Json:
    """What the JSON twin of one's own page says of a subscription."""
    return {
        "platform": row.platform.slug if row.platform else None,
        "document": document_head(row.document) if row.document else None,
        "view": row.view.name if row.view else None,
        "document_type": row.document_type or None,
        "type": row.type or None,
        "severity": SeverityLevel(row.min_severity).word,
        "direction": row.direction or None,
        "frequency": row.frequency,
        "since": written(row.confirmed_at),
        "paused_at": written(row.paused_at),
        "webhooks": [_webhook_twin(webhook) for webhook in row.webhooks.all()],
    }


def _webhook_twin(webhook: Webhook) -> Json:
    return {
        "url": webhook.url,
        "format": webhook.format,
        "paused_at": written(webhook.paused_at),
        "stopped_at": written(webhook.stopped_at),
    }

"""Addresses of programs that are told of changes, and what is owed to them, each a row."""

from __future__ import annotations

import secrets
import uuid
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

from clauses.models.alert import Delivery
from clauses.models.change import ChangeSet
from clauses.models.subscription import Subscription
from monitor.models.entered import validate_web_address


def new_secret() -> str:
    """A secret by which a receiver tells our calls from others."""
    return f"whsec_{secrets.token_urlsafe(32)}"


def new_key() -> str:
    """The name of a delivery, the same at every try."""
    return str(uuid.uuid4())


class WebhookFormat(models.TextChoices):
    """What a call says."""

    JSON = "json", "JSON"
    SLACK = "slack", "Slack-compatible text"


class Webhook(models.Model):
    """An address that is called for every change that its subscription is about, at once.

    It runs as long as the subscription does, unless it is paused, or stopped because its receiver said that it is gone.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField("address", max_length=500, validators=[validate_web_address])
    format = models.CharField(max_length=8, choices=WebhookFormat, default=WebhookFormat.JSON)
    secret = models.CharField(max_length=64, default=new_secret, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["subscription", "url"], name="webhook_address_once")]

    def __str__(self) -> str:
        # The rest of such an address is often a secret itself.
        return urlsplit(self.url).hostname or self.url

    @property
    def is_running(self) -> bool:
        """Whether it is called for what its subscription is about."""
        return self.paused_at is None and self.stopped_at is None


class WebhookDelivery(Delivery):
    """That one webhook is owed word of one change set, once; or a test, which names none.

    `status` and `answer` are of the last try that a server answered, `tried_at` is when the last one began.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    change_set = models.ForeignKey(ChangeSet, null=True, on_delete=models.PROTECT, related_name="deliveries")
    key = models.CharField(max_length=36, unique=True, default=new_key, editable=False)
    tried_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField("answer code", null=True, blank=True)
    answer = models.CharField(max_length=200, blank=True, help_text="How the answer began, as text")

    class Meta:
        ordering = ["-owed_at", "-pk"]
        verbose_name_plural = "webhook deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "change_set"],
                condition=Q(change_set__isnull=False),
                name="webhook_change_once",
            )
        ]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return f"{self.change_set.public_id if self.change_set else 'test'} to {self.webhook}"

    @property
    def is_test(self) -> bool:
        """Whether somebody asked for it to try the webhook: then it is tried once."""
        return self.change_set_id is None

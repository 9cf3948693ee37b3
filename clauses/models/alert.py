"""Who wants to be told, and the messages owed to them."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from clauses.models.change import ChangeSet
from clauses.models.choices import SeverityLevel
from monitor.models import Platform


def new_token() -> str:
    """A link nobody can guess."""
    return secrets.token_urlsafe(24)


class Subscription(models.Model):
    """That a person wants a mail for every change of a platform from a severity on."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="subscriptions")
    min_severity = models.PositiveSmallIntegerField(choices=SeverityLevel, default=SeverityLevel.LOW)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["platform__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "platform"], condition=Q(ended_at__isnull=True), name="subscription_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} to {self.platform} from {self.get_min_severity_display().lower()}"


class AlertState(models.TextChoices):
    """Where a message stands."""

    OWED = "owed", "Owed"
    SENT = "sent", "Sent"
    FAILED = "failed", "Given up"
    DROPPED = "dropped", "No longer wanted"


class Alert(models.Model):
    """One message owed to one subscription for one change set."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="alerts")
    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="alerts")
    state = models.CharField(max_length=8, choices=AlertState, default=AlertState.OWED)
    owed_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-owed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "change_set"], name="alert_once"),
        ]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return f"{self.change_set.public_id} to {self.subscription.user}"

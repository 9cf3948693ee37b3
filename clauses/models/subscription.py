"""What somebody wants to be told about, and how often."""

from __future__ import annotations

from django.db import models
from django.db.models import BigIntegerField, Q, Value
from django.db.models.functions import Coalesce

from clauses.models.choices import DirectionWord, SeverityLevel
from clauses.models.recipient import Recipient, new_token
from clauses.models.saved_view import SavedView
from monitor.models import Document, DocumentType, Platform


class Frequency(models.TextChoices):
    """When a change is mailed. Webhooks are called at once, whatever it says."""

    INSTANT = "instant", "At once"
    DAILY = "daily", "Daily digest"
    WEEKLY = "weekly", "Weekly digest"
    NEVER = "never", "No mail, webhooks only"

    @property
    def rank(self) -> int:
        """Its place by how soon it tells, 0 for the soonest."""
        return Frequency.values.index(self.value)


def _or_none(field: str) -> Coalesce:
    # In a unique constraint a null differs from every other null.
    return Coalesce(field, Value(0), output_field=BigIntegerField())


class Subscription(models.Model):
    """That a person wants word of changes that fit, by mail and by its webhooks.

    Empty fields ask for nothing, as in ChangeFilter. It runs from `confirmed_at` until `ended_at`, except while it is
    paused.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="subscriptions")
    platform = models.ForeignKey(
        Platform, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions"
    )
    # A view goes only once its subscriptions have ended: without it, they would be about everything.
    view = models.ForeignKey(
        SavedView, null=True, blank=True, on_delete=models.RESTRICT, related_name="subscriptions"
    )
    removed_view = models.CharField(
        max_length=60, blank=True, help_text="Name of the view it followed until that was removed"
    )
    document_type = models.CharField(max_length=24, choices=DocumentType, blank=True)
    type = models.SlugField("clause type", max_length=40, blank=True)
    min_severity = models.PositiveSmallIntegerField(choices=SeverityLevel, default=SeverityLevel.LOW)
    direction = models.CharField(max_length=9, choices=DirectionWord, blank=True)
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.INSTANT)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: asked for by mail, not confirmed"
    )
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["platform__name", "document__name", "type", "pk"]
        constraints = [
            models.UniqueConstraint(
                "recipient",
                _or_none("platform_id"),
                _or_none("document_id"),
                _or_none("view_id"),
                "document_type",
                "type",
                "direction",
                condition=Q(ended_at__isnull=True, confirmed_at__isnull=False),
                name="subscription_once_a_wish",
            )
        ]

    def __str__(self) -> str:
        about = self.view or self.document or self.platform or "every platform"
        return f"{self.recipient} to {about} from {self.get_min_severity_display().lower()}"

    @property
    def is_running(self) -> bool:
        """Whether changes that fit are mailed now."""
        return self.confirmed_at is not None and self.ended_at is None and self.paused_at is None

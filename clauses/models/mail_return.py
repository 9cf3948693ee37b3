"""What a mail provider reported of a mail that we sent: that it came back, or was complained of."""

from __future__ import annotations

from django.db import models

from clauses.models.recipient import Recipient


class ReturnKind(models.TextChoices):
    """What became of a mail after a server had taken it."""

    SOFT = "soft", "Not delivered this time"
    HARD = "hard", "The address takes no mail"
    COMPLAINT = "complaint", "Marked as spam"
    UNWANTED = "unwanted", "Unsubscribed at the provider"


class MailReturn(models.Model):
    """That one mail came back from a person's address, or was complained of, each once however often it is reported."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="returns")
    message_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=9, choices=ReturnKind)
    said = models.CharField(max_length=200, blank=True, help_text="What the other server said")
    came_at = models.DateTimeField()

    class Meta:
        ordering = ["-came_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "message_id", "kind"], name="mail_return_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.recipient}"

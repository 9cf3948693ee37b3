"""The messages owed, each a row: claimed, sent, tried again, ended."""

from __future__ import annotations

from django.db import models

from clauses.models.change import ChangeSet
from clauses.models.recipient import Recipient, new_token
from clauses.models.subscription import Frequency, Subscription


class AlertState(models.TextChoices):
    """Where a message stands."""

    OWED = "owed", "Owed"
    SENT = "sent", "Sent"
    FAILED = "failed", "Given up"
    DROPPED = "dropped", "No longer wanted"


class Delivery(models.Model):
    """What every message on its way has."""

    state = models.CharField(max_length=8, choices=AlertState, default=AlertState.OWED)
    owed_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    # From so many failed tries on, a message that is still owed counts as stuck.
    STUCK_FROM = 3

    class Meta:
        abstract = True

    @property
    def is_stuck(self) -> bool:
        """Whether it is still owed after several failed tries."""
        return self.state == AlertState.OWED and self.attempts >= self.STUCK_FROM

    @property
    def stamp(self) -> str:
        """What tells its Message-ID from that of any other row, also after a restored backup."""
        return f"{self.pk}.{self.owed_at:%Y%m%d%H%M%S%f}"


class Digest(Delivery):
    """All that one person is told of in one mail for a period, which ends on a day of theirs at their hour."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="digests")
    frequency = models.CharField(max_length=8, choices=Frequency)
    on = models.DateField(help_text="The day it is owed, in the recipient's time zone")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)

    class Meta:
        ordering = ["-owed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "frequency", "on"], name="digest_once_a_period")
        ]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return f"{self.get_frequency_display()} of {self.on} to {self.recipient}"


class Alert(Delivery):
    """That one person is owed word of one change set, once: in a mail of its own, or in a digest."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="alerts")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="alerts")
    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="alerts")
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.INSTANT)
    digest = models.ForeignKey(Digest, null=True, blank=True, on_delete=models.CASCADE, related_name="alerts")

    class Meta:
        ordering = ["-owed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "change_set"], name="alert_once_a_person"),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"]),
            models.Index(fields=["recipient", "sent_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.change_set.public_id} to {self.recipient}"


class Confirmation(Delivery):
    """The mail that asks whoever reads an address whether they want a subscription; its link holds `token`.

    `client` is a keyed hash of the network address that asked, for the limit on asking.
    """

    subscription = models.OneToOneField(Subscription, on_delete=models.CASCADE, related_name="confirmation")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    client = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["-owed_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return f"Confirmation of {self.subscription}"

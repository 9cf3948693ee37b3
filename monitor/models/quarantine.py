"""Texts that the capture gate held back, and what a curator ruled about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from monitor.models.capture import Outcome, Snapshot
from monitor.models.checked import Checked
from monitor.models.watch_list import Source


class Ruling(models.TextChoices):
    """What became of a text held back."""

    WAITING = "waiting", "Held back"
    OFFERED = "offered", "Probably real: a curator decides"
    ACCEPTED = "accepted", "Accepted as the document's text"
    REJECTED = "rejected", "Not the document's text"


class Quarantine(Checked):
    """One text of one source that the gate held back, however often it was seen. Never a version by itself."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="quarantines")
    fingerprint = models.CharField(max_length=64)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=20, choices=Outcome)
    reasons = models.JSONField(default=list, help_text="Code and words of each")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    sightings = models.PositiveIntegerField(default=1, help_text="In a row")
    ruling = models.CharField(max_length=10, choices=Ruling, default=Ruling.WAITING)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    history = models.JSONField(
        default=list, blank=True, help_text="Of every ruling and withdrawal: what, by whom, when and why"
    )

    class Meta:
        ordering = ["-last_seen_at"]
        constraints = [
            models.UniqueConstraint(fields=["source", "fingerprint"], name="quarantine_text_once_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.source.url} {self.get_verdict_display()}"

"""What others say about a change: pages that curators attach, and tracked announcements that speak of it."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q

from clauses.models.change import ChangeSet
from monitor.models import Document, Platform, Version
from monitor.models.checked import Checked
from monitor.models.entered import validate_web_address


class ReferenceKind(models.TextChoices):
    """What kind of page is referred to."""

    ANNOUNCEMENT = "announcement", "Announcement"
    HELP = "help_article", "Help article"
    NEWS = "news", "News"


class Reference(Checked):
    """A page outside that a curator attached to a platform, or to one of its change sets. Never fetched.

    A removed one is shown to curators alone, with who removed it and why; the page may be attached again.
    """

    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="references")
    change_set = models.ForeignKey(
        ChangeSet, null=True, blank=True, on_delete=models.PROTECT, related_name="references"
    )
    kind = models.CharField(max_length=12, choices=ReferenceKind)
    url = models.CharField("web address", max_length=600, validators=[validate_web_address])
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=120)
    published_on = models.DateField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: it came with the samples",
    )
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "url"],
                condition=Q(change_set__isnull=True, removed_at__isnull=True),
                name="reference_once_on_a_platform",
            ),
            models.UniqueConstraint(
                fields=["change_set", "url"],
                condition=Q(change_set__isnull=False, removed_at__isnull=True),
                name="reference_once_on_a_change_set",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"


class MentionRuling(models.TextChoices):
    """What became of a proposal that an announcement speaks of a change set."""

    PROPOSED = "proposed", "Proposed"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"


class Mention(Checked):
    """That a tracked announcement seems to speak of a change set: proposed by the program, ruled on by a curator.

    A proposal follows the texts until somebody rules on it. A ruling stands, with the words it was made on.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="mentions")
    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="mentions")
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", help_text="The text of the announcement"
    )
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(help_text="Code, points, value, and the words here and there")
    rules_version = models.CharField(max_length=20)
    proposed_at = models.DateTimeField()
    ruling = models.CharField(max_length=10, choices=MentionRuling, default=MentionRuling.PROPOSED)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    history = models.JSONField(
        default=list, blank=True, help_text="Of every ruling and withdrawal: what, by whom, when and why"
    )

    class Meta:
        ordering = ["-score", "-change_set__detected_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["document", "change_set"], name="mention_once")]
        indexes = [models.Index(fields=["ruling", "-score"])]

    def __str__(self) -> str:
        return f"{self.document} on {self.change_set.public_id}"

    @property
    def basis(self) -> str:
        """A key of what the proposal rests on: the text of the announcement and the reasons that are shown."""
        shown = json.dumps([self.version_id, self.reasons], sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()[:32]


class AnnouncementReading(Checked):
    """What an announcement was last held against: while the key is the same, there is nothing new to propose."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="+")
    key = models.CharField(max_length=120)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.document} read at {self.read_at:%Y-%m-%d %H:%M}"

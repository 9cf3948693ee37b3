"""The text of a document that a person or the team agreed to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from monitor.models import Document, Version
from monitor.models.checked import Checked


class Baseline(Checked):
    """A version that was agreed to, to hold today's text against. One at a time for a person, and one for the team.

    An ended one stays on record. `user` is empty for the team's.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="baselines")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="baselines")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="baselines"
    )
    note = models.CharField(max_length=300, blank=True)
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["document", "-pinned_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "user"],
                condition=Q(ended_at__isnull=True, user__isnull=False),
                name="baseline_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(ended_at__isnull=True, user__isnull=True),
                name="baseline_once_a_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version.public_id} agreed to"

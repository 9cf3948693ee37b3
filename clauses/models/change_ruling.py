"""What curators ruled about change sets that look odd. Append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from clauses.models.change import ChangeSet
from monitor.models.append_only import AppendOnly


class ChangeRulingIsFinal(TypeError):
    """A ruling was to be changed or deleted: it is only ever followed by another one."""


class ChangeRuling(AppendOnly):
    """That a recorded change is the publisher's, or a fault of capture that the gate let through. The latest counts."""

    NOUN = "a ruling on a change"
    IS_FINAL = ChangeRulingIsFinal

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="rulings")
    is_real = models.BooleanField(help_text="The publisher's own change; else a fault of capture")
    reason = models.CharField(max_length=500)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()

    class Meta:
        ordering = ["-ruled_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.change_set.public_id} {'is real' if self.is_real else 'is a fault of capture'}"

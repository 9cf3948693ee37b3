"""What curators write about a record, for readers. Append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from clauses.models.clause import Clause
from clauses.models.wording import Wording
from monitor.models.append_only import AppendOnly


class CommentaryIsFinal(TypeError):
    """A commentary was to be changed or deleted: it is only ever followed by another one."""


class Commentary(AppendOnly):
    """A curator's own words about a clause at a wording. The latest counts; an empty one takes back the one before."""

    NOUN = "a commentary"
    IS_FINAL = CommentaryIsFinal

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="commentaries")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=3000, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name_plural = "commentaries"

    def __str__(self) -> str:
        return f"{self.clause} by {self.written_by} on {self.written_at:%Y-%m-%d}"

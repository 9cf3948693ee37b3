"""What operators are told, each once."""

from __future__ import annotations

from django.db import models

from monitor.models.checked import Checked
from monitor.models.watch_list import Source


class NoticeKind(models.TextChoices):
    """What happened to a source."""

    FAILED = "failed", "Reading failed"
    KEEPS_FAILING = "keeps_failing", "Reading keeps failing"
    WORKS_AGAIN = "works_again", "Reading works again"
    SILENT = "silent", "Nothing captured for longer than expected"
    UNSTABLE = "unstable", "Swings between two texts"
    MOVED = "moved", "Redirects to another address"
    PROBABLY_REAL = "probably_real", "A text held back keeps coming: a curator decides"


class Notice(Checked):
    """One notice about one source. Unique by the moment the matter began: told again, it stays one."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=16, choices=NoticeKind)
    began_at = models.DateTimeField(help_text="When what it speaks of began")
    told_at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "began_at"], name="notice_once_a_matter")
        ]

    def __str__(self) -> str:
        return f"{self.source.url}: {self.get_kind_display()}"

"""Copies of pages that a web archive was asked to keep: evidence that does not rest on this site's word."""

from __future__ import annotations

from django.db import models

from monitor.models.checked import Checked
from monitor.models.version import Version


class CopyState(models.TextChoices):
    """What became of the asking."""

    OWED = "owed", "To be asked for"
    KEPT = "kept", "Kept"
    GIVEN_UP = "given_up", "Given up"


class OutsideCopy(Checked):
    """One page of a version, and the copy that a web archive made of it when it was asked to."""

    # Who asks for it right now.
    UNSUMMED = frozenset({"due_at", "tries"})

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="outside_copies")
    url = models.CharField(max_length=2000, help_text="Of the page")
    state = models.CharField(max_length=8, choices=CopyState, default=CopyState.OWED)
    due_at = models.DateTimeField(help_text="When to ask next; ahead of now while somebody asks")
    tries = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True, help_text="Why the last try gave no copy")
    copy_url = models.CharField(max_length=2100, blank=True, help_text="Of the copy")
    copied_at = models.DateTimeField(null=True, blank=True, help_text="As the archive dates the copy")

    class Meta:
        verbose_name_plural = "outside copies"
        ordering = ["version", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "url"], name="outside_copy_once_a_page")]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.version} {self.url}"

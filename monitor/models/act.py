"""What people with a role did to the site, for whoever has to answer for it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from monitor.models.append_only import AppendOnly
from monitor.models.checked import CheckedQuerySet


class ActIsFinal(TypeError):
    """An act on record was to be changed or deleted."""


class ActKind(models.TextChoices):
    """What was done."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    DELETED = "deleted", "Deleted"
    ACCOUNT = "account", "Account or role"
    MAIL = "mail", "Mail stopped or sent again"
    READING = "reading", "Reading asked for, paused or resumed"
    SAMPLES = "samples", "Samples removed"


class FinalQuerySet(CheckedQuerySet["Act"]):
    """Acts, many of which can no more be changed than one."""

    def update(self, **_: Any) -> int:
        """Raises ActIsFinal."""
        raise ActIsFinal("an act is followed by another one, never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raises ActIsFinal."""
        raise ActIsFinal("an act is followed by another one, never deleted")


class Act(AppendOnly):
    """One act. `name` is who it was as they were called then; `by` is empty where nobody was signed in."""

    NOUN: ClassVar[str] = "an act"
    IS_FINAL: ClassVar[type[TypeError]] = ActIsFinal

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="acts")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=8, choices=ActKind)
    subject = models.CharField(max_length=300)
    detail = models.TextField(blank=True)

    objects = FinalQuerySet.as_manager()  # type: ignore[misc, assignment]

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}, {self.subject}"

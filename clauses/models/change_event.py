"""What happened to change sets, in the order in which it was put on record: what mirrors go by. Append-only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from monitor.models.append_only import AppendOnly
from monitor.models.counter import Numbered


class ChangeEventIsFinal(TypeError):
    """An event was to be changed or deleted."""


class ChangeEventKind(models.TextChoices):
    """What happened to a change set."""

    RECORDED = "recorded", "Put on record"
    RATED = "rated", "Rated otherwise"
    RULED = "ruled", "Ruled on"
    REMOVED = "removed", "Removed with its sample platform"


class ChangeEvent(AppendOnly, Numbered):
    """That something happened to a change set, which is named by its public number: it may be gone.

    Numbers come from a counter that stays locked until the transaction ends, so that whoever has seen a number has
    seen all below it: no event is committed late under a number that a mirror has passed.
    """

    LETTER = "E"
    NOUN: ClassVar[str] = "an event"
    IS_FINAL: ClassVar[type[TypeError]] = ChangeEventIsFinal

    change_set = models.PositiveBigIntegerField(help_text="Public number of the change set")
    kind = models.CharField(max_length=8, choices=ChangeEventKind)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.public_id} {self.kind}"

"""What curators ruled. Append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from clauses.models.choices import SeverityLevel
from clauses.models.clause import Clause
from clauses.models.wording import Wording
from monitor.models.append_only import AppendOnly
from monitor.models.checked import CheckedQuerySet


class DecisionIsFinal(TypeError):
    """A decision was to be changed or deleted: it is only ever followed by another one."""


class DecisionQuerySet(CheckedQuerySet["Decision"]):
    """Decisions by whether they stand."""

    def standing(self) -> DecisionQuerySet:
        """Those that were not taken back; taking one back is a row too, and rules nothing itself."""
        return self.filter(reverts__isnull=True, reverted_by__isnull=True)


class Decision(AppendOnly):
    """What a curator ruled about a clause at a wording, why and when.

    It binds the clause at that wording and its cosmetic variants; on other wordings it is a proposal. `said` is what
    the machine said of these words then: `types` with slug, score and basis, `severity`, `confidence` and
    `taxonomy_version`; empty where it was not noted. With `reverts` it takes another one back, whose types and
    severity it repeats: what was in force before that one is in force again.
    """

    NOUN = "a decision"
    IS_FINAL = DecisionIsFinal

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="decisions")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    types = models.JSONField(help_text="Slugs, strongest first; an empty list: of no type")
    severity = models.PositiveSmallIntegerField(choices=SeverityLevel)
    reason = models.CharField(max_length=500)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now, editable=False)
    said = models.JSONField(default=dict, help_text="What the machine said of the words then")
    reverts = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reverted_by"
    )

    objects = DecisionQuerySet.as_manager()  # type: ignore[misc, assignment]

    class Meta:
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.clause} by {self.decided_by} on {self.decided_at:%Y-%m-%d}"

"""What changed between two neighboring versions."""

from __future__ import annotations

from datetime import date

from django.db import models

from clauses.models.choices import ChangeWord, DirectionWord, SeverityLevel
from clauses.models.clause import Clause, Occurrence
from monitor.models import Cause, Document, Version
from monitor.models.checked import Checked
from monitor.models.counter import Numbered


class ChangeSet(Numbered):
    """All changes between two neighboring versions. Its number belongs to (document, from, to) for ever."""

    LETTER = "C"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="change_sets")
    old_version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    new_version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="change_sets")
    kind = models.CharField(max_length=12)
    severity = models.PositiveSmallIntegerField(choices=SeverityLevel)
    direction = models.CharField(max_length=9, choices=DirectionWord)
    adverse = models.PositiveSmallIntegerField(
        choices=SeverityLevel, default=SeverityLevel.NONE, help_text="The worst for the user in it"
    )
    favorable = models.PositiveSmallIntegerField(
        choices=SeverityLevel, default=SeverityLevel.NONE, help_text="The best for the user in it"
    )
    headline = models.CharField(max_length=200)
    summary = models.JSONField(default=list, help_text="Up to three sentences after the headline")
    affected = models.JSONField(default=list, help_text="Groups of people whom the changed clauses name")
    counts = models.JSONField()
    rubric_version = models.CharField(max_length=20)
    is_technical = models.BooleanField(
        default=False, help_text="Our own reading changed: hidden, never alerting"
    )
    detected_at = models.DateTimeField(db_index=True, help_text="First sight of the new text")
    effective_on = models.DateField(
        null=True, blank=True, help_text="As the new text states it; empty: unknown"
    )
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-detected_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "old_version", "new_version"], name="change_set_once")
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.headline}"

    @property
    def effective_as_before(self) -> date | None:
        """The effective date that the old text stated too, so that it is none of the change; None without one."""
        return None if self.effective_on else self.new_version.effective_on

    @property
    def is_alerting(self) -> bool:
        """Whether people who asked are told: a publisher's change, fetched by us."""
        version = self.new_version
        return version.cause == Cause.PUBLISHER and version.origin == "fetch" and not self.is_technical


class EarlierRating(Checked):
    """How a change set was rated before it was rated anew: by which versions, and until when."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="earlier_ratings")
    rubric_version = models.CharField(max_length=20)
    taxonomy_version = models.CharField(max_length=40)
    segmenter_version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    severity = models.PositiveSmallIntegerField(choices=SeverityLevel)
    direction = models.CharField(max_length=9, choices=DirectionWord)
    headline = models.CharField(max_length=200)
    counts = models.JSONField()
    rated_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["change_set", "-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.change_set.public_id} by rubric {self.rubric_version}"


class Change(Checked):
    """What happened to one clause."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField(help_text="Reading order")
    kind = models.CharField(max_length=10, choices=ChangeWord)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="changes")
    old = models.ForeignKey(Occurrence, null=True, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(Occurrence, null=True, on_delete=models.PROTECT, related_name="+")
    others = models.JSONField(default=list, help_text="Further occurrences of a split or merge")
    types = models.JSONField()
    severity = models.PositiveSmallIntegerField(choices=SeverityLevel)
    direction = models.CharField(max_length=9, choices=DirectionWord)
    summary = models.CharField(max_length=400, blank=True)
    reasons = models.JSONField()
    redline = models.JSONField(help_text="Runs: '=', '-' or '+', and text")
    facts = models.JSONField(help_text="Figures that changed: kind, subject, old and new")

    class Meta:
        ordering = ["change_set", "position"]
        constraints = [
            models.UniqueConstraint(fields=["change_set", "position"], name="change_position_once")
        ]
        # Few changes are of figures, and pages ask for these alone. SQLite does not see that it could use it.
        indexes = [
            models.Index(fields=["change_set"], condition=~models.Q(facts=[]), name="change_with_figures")
        ]

    def __str__(self) -> str:
        return f"{self.change_set.public_id} {self.kind} {self.clause}"


class ChangedType(Checked):
    """A clause type that a change set touches: what filters go by."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="changed_types")
    type = models.SlugField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change_set", "type"], name="changed_type_once")]
        indexes = [models.Index(fields=["type", "change_set"])]

    def __str__(self) -> str:
        return self.type

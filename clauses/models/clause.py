"""Clauses: lasting records of provisions, and where each of their wordings stands in which version."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from clauses.models.choices import ConfidenceWord, SeverityLevel
from clauses.models.wording import Classification, Wording
from monitor.models import Document, Version
from monitor.models.checked import Checked, CheckedQuerySet
from monitor.models.counter import Numbered


class ClauseQuerySet(CheckedQuerySet["Clause"]):
    """Clauses by whether they stand."""

    def standing(self) -> ClauseQuerySet:
        """Those that are in their document today: neither removed nor merged into another record, nor is it retired."""
        return self.filter(
            removed_in__isnull=True, superseded_by__isnull=True, document__succeeded_by__isnull=True
        )


class Clause(Numbered):
    """The lasting record of one provision of one document through all its wordings.

    Severity, confidence and labels are those in force: a curator's where one has ruled on the present wording.
    """

    LETTER = "P"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="clauses")
    current = models.ForeignKey(
        "Occurrence", null=True, on_delete=models.PROTECT, related_name="+", help_text="The latest wording"
    )
    removed_in = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    severity = models.PositiveSmallIntegerField(choices=SeverityLevel, default=SeverityLevel.NONE)
    confidence = models.CharField(max_length=6, choices=ConfidenceWord, default=ConfidenceWord.LOW)
    decision = models.ForeignKey(
        "Decision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The one in force: made on this wording, or on one that differs in nothing of substance",
    )
    proposal = models.ForeignKey(
        "Decision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The latest one, where the text changed since and none is in force",
    )
    doubt = models.FloatField(default=0, help_text="How much a curator's look would help, 0 to 1")
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )
    split_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pieces",
        help_text="The record it was cut out of, by the publisher or by a new reading of ours",
    )

    objects = ClauseQuerySet.as_manager()  # type: ignore[misc, assignment]

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["-doubt"]), models.Index(fields=["-severity", "number"])]

    def __str__(self) -> str:
        return self.public_id


class Occurrence(Checked):
    """A wording of a clause in its context, from one version to another. `last_version` empty: it still stands."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="occurrences")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="occurrences")
    classification = models.ForeignKey(Classification, on_delete=models.PROTECT, related_name="occurrences")
    heading_path = models.JSONField(default=list)
    intro = models.TextField(blank=True)
    header = models.JSONField(default=list)
    first_version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    last_version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["clause", "first_version__ordinal"]

    def __str__(self) -> str:
        return f"{self.clause} since {self.first_version}"

    @property
    def heading(self) -> str:
        """The nearest heading above it."""
        return self.heading_path[-1] if self.heading_path else ""


class Analysis(Checked):
    """That a version was analyzed, and where each clause stands in its text."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="analysis")
    taxonomy_version = models.CharField(max_length=40)
    segmenter_version = models.PositiveSmallIntegerField(
        default=0, help_text="What cut the text into clauses; 0: before it was noted"
    )
    analyzed_at = models.DateTimeField(default=timezone.now, editable=False)
    layout = models.JSONField(
        help_text="Occurrence key, start, end and number (“4.2(b)”) of every clause, in reading order"
    )

    class Meta:
        verbose_name_plural = "analyses"

    def __str__(self) -> str:
        return f"analysis of {self.version}"


class AnalysisClaim(models.Model):
    """That a process is at work on a version. Others leave it alone until the claim goes stale."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, primary_key=True, related_name="+")
    claimed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"analysis of {self.version} under way"


class RereadingClaim(models.Model):
    """That a process reads a document's versions anew. Others leave it alone until the claim goes stale."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="+")
    claimed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.document} being read anew"


class Label(Checked):
    """A type in force for a clause: what lists, filters and counts go by."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="labels")
    type = models.SlugField(max_length=40)
    rank = models.PositiveSmallIntegerField(default=0, help_text="0 for the strongest")
    basis = models.CharField(max_length=8)

    class Meta:
        ordering = ["clause", "rank"]
        constraints = [models.UniqueConstraint(fields=["clause", "type"], name="label_once")]
        indexes = [models.Index(fields=["type", "clause"])]

    def __str__(self) -> str:
        return self.type

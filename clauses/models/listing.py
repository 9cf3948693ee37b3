"""What stands today, as lists read it: rows made of others by `clauses.listing`, in the transaction that changes these.

They say nothing that other rows do not say. With a million clauses a list cannot ask those.
"""

from __future__ import annotations

from django.db import models

from clauses.models.choices import ConfidenceWord, SeverityLevel
from clauses.models.clause import Clause
from monitor.models import Document
from monitor.models.checked import Checked

# Numbers of clauses stay below.
_ROOM = 10**12


def position_of(severity: int, number: int) -> int:
    """The place of a clause in the order of the registry: the most severe first, then by number."""
    return (SeverityLevel.HIGH - severity) * _ROOM + number


def positions_of(severity: int) -> tuple[int, int]:
    """The first and the last place that a clause of a severity can have."""
    return position_of(severity, 0), position_of(severity, _ROOM - 1)


def severity_at(position: int) -> SeverityLevel:
    """The severity of the clause that has a place."""
    return SeverityLevel(SeverityLevel.HIGH - position // _ROOM)


def number_at(position: int) -> int:
    """The number of the clause that has a place."""
    return position % _ROOM


class ListedClause(Checked):
    """A clause that stands in its document. Its words are in the search index under the same key."""

    position = models.BigIntegerField(primary_key=True, help_text="Its place in the order of the registry")
    clause = models.OneToOneField(Clause, on_delete=models.CASCADE, related_name="listed")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+", db_index=False)
    severity = models.PositiveSmallIntegerField(choices=SeverityLevel)
    confidence = models.CharField(max_length=6, choices=ConfidenceWord)
    points = models.SmallIntegerField(help_text="Of the reading")
    since = models.DateTimeField(help_text="First sight of its present wording")
    made_of = models.CharField(max_length=16, help_text="Digest of what it was made of")

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["document", "position"], name="listed_of_document"),
            models.Index(fields=["-since", "position"], name="listed_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.clause} listed"


class ListedType(Checked):
    """A type in force for a listed clause."""

    listed = models.ForeignKey(
        ListedClause, on_delete=models.CASCADE, related_name="types", db_index=False, db_constraint=False
    )
    type = models.SlugField(max_length=40, db_index=False)
    rank = models.PositiveSmallIntegerField(help_text="0 for the strongest")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+", db_index=False)
    points = models.SmallIntegerField()
    since = models.DateTimeField()

    class Meta:
        ordering = ["type", "listed"]
        indexes = [
            models.Index(fields=["type", "listed"], name="listed_type"),
            models.Index(fields=["type", "document", "rank", "listed"], name="listed_type_of_document"),
            models.Index(fields=["type", "-since", "listed"], name="listed_type_newest"),
            models.Index(fields=["type", "rank", "points", "listed"], name="listed_type_points"),
            models.Index(fields=["document"], name="listed_type_document"),
        ]

    def __str__(self) -> str:
        return f"{self.listed_id} {self.type}"


class ListedFigure(Checked):
    """A figure of a listed clause, once for each of its types and once with the empty type, which stands for any."""

    listed = models.ForeignKey(
        ListedClause, on_delete=models.CASCADE, related_name="figures", db_index=False, db_constraint=False
    )
    type = models.SlugField(max_length=40, db_index=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)
    value = models.CharField(max_length=120)
    unit = models.CharField(max_length=24, blank=True)
    amount = models.FloatField(null=True, help_text="Days or years; empty: no number")

    class Meta:
        ordering = ["type", "kind", "amount", "listed"]
        indexes = [models.Index(fields=["type", "kind", "amount"], name="listed_figure")]

    def __str__(self) -> str:
        return f"{self.listed_id} {self.kind} {self.value} {self.unit}"


class TypeCount(Checked):
    """How many listed clauses of a type and a severity a document has. The empty type stands for all clauses."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+", db_index=False)
    type = models.CharField(max_length=40, blank=True)
    severity = models.PositiveSmallIntegerField(choices=SeverityLevel)
    clauses = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "type", "severity"], name="type_count_once")
        ]
        indexes = [
            models.Index(fields=["type", "document", "severity", "clauses"], name="type_count_of_type")
        ]

    def __str__(self) -> str:
        return f"{self.clauses} of {self.type or 'any type'} in {self.document}"


class ListingState(models.Model):
    """One row: a mark that is another one after every change of what is listed, for what was worked out of it."""

    mark = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.mark

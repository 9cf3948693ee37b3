"""Wordings, and what was read from them. An unchanged clause is stored and classified once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from clauses.core.values import Classification as ReadClassification
from clauses.core.values import Evidence, Fact, Reason, TypeMatch
from clauses.models.choices import ConfidenceWord, SeverityLevel
from monitor.models.checked import Checked

# Just doubtful enough for the queue.
_UNTYPED = 0.21


class Wording(Checked):
    """One distinct clause text, stored once under the SHA-256 of its comparable form."""

    sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]


class Classification(Checked):
    """What a wording says in its context, by rules and model of one taxonomy version."""

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="classifications")
    context_sha256 = models.CharField(max_length=64, help_text="Heading path, list intro and header cells")
    taxonomy_version = models.CharField(max_length=40)
    types = models.JSONField(help_text="Slug, score, basis and evidence of each type, strongest first")
    severity = models.PositiveSmallIntegerField(choices=SeverityLevel)
    confidence = models.CharField(max_length=6, choices=ConfidenceWord)
    reasons = models.JSONField(help_text="Code, points and quote of each line of the rating")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wording", "context_sha256", "taxonomy_version"], name="classification_once"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(match["slug"] for match in self.types) or "other"

    @property
    def slugs(self) -> list[str]:
        """Its types, strongest first."""
        return [match["slug"] for match in self.types]

    @property
    def points(self) -> int:
        """The sum of its reasons."""
        return sum(reason["points"] for reason in self.reasons)

    @property
    def doubt(self) -> float:
        """How much a curator's look would help, 0 to 1: an open question between types, or weak evidence.

        A clause that may have a type and shows none comes after all that show one.
        """
        if not self.types:
            return 0.0 if self.confidence == ConfidenceWord.HIGH else _UNTYPED
        return round(1 - float(self.types[0]["score"]), 3)

    def value(self, facts: Iterable[ReadFact] | None = None) -> ReadClassification:
        """The plain value, for comparing. `facts` are its figures in their order, where they are at hand."""
        return ReadClassification(
            types=tuple(_type_match(match) for match in self.types),
            severity=SeverityLevel(self.severity).word,  # type: ignore[arg-type]
            confidence=self.confidence,  # type: ignore[arg-type]
            reasons=tuple(Reason(**reason) for reason in self.reasons),
            facts=tuple(fact.value_read() for fact in (self.facts.all() if facts is None else facts)),
        )


def _type_match(row: dict[str, object]) -> TypeMatch:
    evidence = tuple(Evidence(**words) for words in row["evidence"])  # type: ignore[attr-defined]
    return TypeMatch(row["slug"], row["score"], row["basis"], evidence)  # type: ignore[arg-type]


class ReadFact(Checked):
    """A figure read from a wording in its context."""

    classification = models.ForeignKey(Classification, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=24, db_index=True)
    value = models.CharField(max_length=120)
    unit = models.CharField(max_length=24, blank=True)
    normalized = models.CharField(
        max_length=24, blank=True, help_text="Days, years or an ISO date; empty: no number"
    )
    subject = models.CharField(max_length=300, blank=True)
    condition = models.CharField(max_length=300, blank=True)
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["classification", "start"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.quote}"

    @property
    def amount(self) -> str:
        """The value as a reader says it: "30 days"."""
        return self.value_read().amount

    def value_read(self) -> Fact:
        """The plain value, for comparing."""
        return Fact(
            kind=self.kind,
            value=self.value,
            unit=self.unit,
            normalized=_number(self.normalized),
            subject=self.subject,
            condition=self.condition,
            quote=self.quote,
            start=self.start,
            end=self.end,
        )


def _number(stored: str) -> float | str | None:
    """A stored normalized value: a number, an ISO date, or nothing."""
    if not stored:
        return None
    try:
        return float(stored)
    except ValueError:
        return stored

"""Sentences that curators label without knowing what the machine says: they measure it, and never teach it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from clauses.models.choices import ConfidenceWord
from clauses.models.clause import Clause
from monitor.models.append_only import AppendOnly
from monitor.models.checked import Checked, CheckedQuerySet

# A claim that is older binds nobody: whoever has it went away.
_BINDS_FOR = timedelta(minutes=15)


class GoldSentenceQuerySet(CheckedQuerySet["GoldSentence"]):
    """Sentences by who is at them."""

    def free_for(self, curator: object, at: datetime) -> GoldSentenceQuerySet:
        """Those that nobody else looks at."""
        free = Q(claimed_by=None) | Q(claimed_by=curator) | Q(claimed_at__lte=at - _BINDS_FOR)
        return self.filter(free)


class GoldSentence(Checked):
    """A sentence drawn for the gold set. `band` is how sure the machine was of its clause then; no page tells it.

    `sha256` is that of the normalized sentence: the same words are drawn once, and nothing is learned from texts that
    hold them. `wanted`: how many curators are to label it.
    """

    # Of the moment; an account that goes takes its claim along.
    UNSUMMED = frozenset({"claimed_by", "claimed_at"})

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="gold_sentences")
    text = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    platform = models.CharField(max_length=120, help_text="Its name when the sentence was drawn")
    band = models.CharField(max_length=6, choices=ConfidenceWord)
    wanted = models.PositiveSmallIntegerField(default=1)
    drawn_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = GoldSentenceQuerySet.as_manager()  # type: ignore[misc, assignment]

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"sentence {self.pk}"


class GoldLabelIsFinal(TypeError):
    """A label was to be changed or deleted: it is only ever followed by another one."""


class GoldLabel(AppendOnly):
    """The types that a curator gave to a sentence; an empty list: of none. The latest of each curator counts."""

    NOUN = "a label"
    IS_FINAL = GoldLabelIsFinal

    sentence = models.ForeignKey(GoldSentence, on_delete=models.CASCADE, related_name="labels")
    types = models.JSONField()
    labeled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    labeled_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sentence} by {self.labeled_by}"

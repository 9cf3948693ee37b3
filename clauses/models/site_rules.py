"""What a site says otherwise than the shipped taxonomy, rubrics and notes, version by version, and what it would do."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from monitor.models import Document
from monitor.models.append_only import AppendOnly
from monitor.models.checked import Checked


class SiteRulesAreFinal(TypeError):
    """A version of the site's rules was to be changed or deleted."""


class SiteRules(AppendOnly):
    """All that a site says otherwise, as one saved version. It counts once a re-rating by it is accepted.

    `reads_as`, `rates_as` and `noted_as`: the first version with the same content as far as clauses are read by it,
    changes rated by it, and notes shown; 0: as shipped. Labels name them: what was read by an equal content is known.
    """

    LETTER: ClassVar[str] = "R"
    NOUN = "a version of the site's rules"
    IS_FINAL = SiteRulesAreFinal

    number = models.PositiveIntegerField(unique=True)
    content = models.JSONField(help_text="Sections as in clauses/core/amendments.py")
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    restores = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reads_as = models.PositiveIntegerField(default=0)
    rates_as = models.PositiveIntegerField(default=0)
    noted_as = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-number"]
        verbose_name = "version of the site's rules"
        verbose_name_plural = "versions of the site's rules"

    def __str__(self) -> str:
        return f"version {self.number} of the site's rules"


class ReratingEnd(models.TextChoices):
    """How a re-rating ended; empty while it waits for an answer."""

    OPEN = "", "Under way"
    ACCEPTED = "accepted", "Accepted"
    DISCARDED = "discarded", "Discarded"
    REPLACED = "replaced", "Replaced by a later version"


class Rerating(Checked):
    """What the site would read and rate by a version of its rules, for somebody to accept. One at a time is open.

    `over_taxonomy` and `over_rubric` were in force when it began, `taxonomy_version` and `rubric_version` are those it
    reads and rates by; learned heads are left out of all of them. `keeps_readings`: what was read by a version that
    did not come into force is still stored.
    """

    rules = models.ForeignKey(SiteRules, on_delete=models.PROTECT, related_name="reratings")
    over_taxonomy = models.CharField(max_length=40)
    over_rubric = models.CharField(max_length=20)
    taxonomy_version = models.CharField(max_length=40)
    rubric_version = models.CharField(max_length=20)
    begun_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True, help_text="When the last document was read")
    end = models.CharField(max_length=9, choices=ReratingEnd, blank=True, default=ReratingEnd.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    keeps_readings = models.BooleanField(default=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["end"], condition=Q(end=""), name="one_rerating_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"re-rating by version {self.rules.number}"


class RereadProposal(models.Model):
    """What a re-rating would change in one document, as `core/rerating.py` tells it; `failed`: it could not be read."""

    rerating = models.ForeignKey(Rerating, on_delete=models.CASCADE, related_name="proposals")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    told = models.JSONField(default=dict)
    failed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rerating", "document"], name="proposal_once")]

    def __str__(self) -> str:
        return f"{self.document} by {self.rerating}"

"""Clause types that the curators of a site have added to the shipped taxonomy."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from clauses.core.phrases import phrase_pattern, too_common
from clauses.core.tables import TaxonomyError
from clauses.core.taxonomy import shipped_taxonomy

MAX_PHRASES = 60
_GROUP = re.compile(r"[a-z][a-z0-9_]{0,19}")


def validate_phrases(value: Any) -> None:
    """Refuse what is no list of phrases."""
    if not isinstance(value, list) or not all(isinstance(phrase, str) for phrase in value):
        raise ValidationError("Write one phrase a line.")
    if len(value) > MAX_PHRASES:
        raise ValidationError(f"At most {MAX_PHRASES} phrases.")
    for phrase in value:
        try:
            phrase_pattern(phrase)
        except TaxonomyError as error:
            raise ValidationError(f"{error}.") from None


def validate_new_slug(value: str) -> None:
    """Refuse the slug of a shipped type: what that means is the same on every site."""
    if value in shipped_taxonomy().types:
        raise ValidationError(f"{value} is a type of the shipped taxonomy.")


def validate_group(value: str) -> None:
    """Refuse what cannot be the slug of a group. Which groups there are, the form knows: a site may have its own."""
    if not _GROUP.fullmatch(value):
        raise ValidationError(f"{value} is no group of the taxonomy.")


class SiteType(models.Model):
    """A clause type of this site: what it is, and the phrases that show it."""

    name = models.CharField(max_length=60)
    slug = models.CharField(
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(r"\A[a-z][a-z0-9_]*\Z", "Lower-case letters, digits and underscores."),
            validate_new_slug,
        ],
        help_text="Part of addresses that last, so it cannot be changed later.",
    )
    group = models.CharField(max_length=20, validators=[validate_group])
    description = models.CharField(max_length=300, help_text="What such a clause settles, in a sentence.")
    why_it_matters = models.CharField(max_length=300)
    what_it_means = models.CharField("What it means for users", max_length=300)
    what_one_can_do = models.JSONField(default=list, blank=True)
    base_points = models.PositiveSmallIntegerField(
        default=2,
        validators=[MinValueValidator(0), MaxValueValidator(8)],
        help_text="Its severity before any circumstance, on the scale of the methodology page.",
    )
    plain_phrases = models.JSONField(default=list, blank=True, validators=[validate_phrases])
    weak_phrases = models.JSONField(default=list, blank=True, validators=[validate_phrases])
    heading_phrases = models.JSONField(default=list, blank=True, validators=[validate_phrases])
    void_phrases = models.JSONField(default=list, blank=True, validators=[validate_phrases])
    is_retired = models.BooleanField(
        "retired",
        default=False,
        help_text="No new clause gets it. What a curator ruled stays, and so does its page.",
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "clause type of this site"
        verbose_name_plural = "clause types of this site"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a type that nothing can show, and one that a phrase would show everywhere."""
        if not (self.plain_phrases or self.weak_phrases or self.heading_phrases):
            raise ValidationError("A type needs at least one phrase, or no clause will ever be of it.")
        told = {
            field: [f"{reason}." for reason in map(too_common, getattr(self, field)) if reason]
            for field in ("plain_phrases", "weak_phrases", "heading_phrases")
        }
        if any(told.values()):
            raise ValidationError({field: lines for field, lines in told.items() if lines})

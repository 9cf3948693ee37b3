"""The words of the ratings, as stored."""

from django.db import models


class SeverityLevel(models.IntegerChoices):
    """Severity as a number, so that rows sort and compare by it."""

    NONE = 0, "None"
    LOW = 1, "Low"
    MEDIUM = 2, "Medium"
    HIGH = 3, "High"

    @property
    def word(self) -> str:
        """The word used in JSON and in style classes."""
        return self.name.lower()

    @property
    def in_words(self) -> str:
        """As a sentence says it: "High severity", "No severity"."""
        return f"{self.label} severity" if self else "No severity"


class DirectionWord(models.TextChoices):
    """For the user of the platform."""

    ADVERSE = "adverse", "Adverse"
    FAVORABLE = "favorable", "Favorable"
    NEUTRAL = "neutral", "Neutral"
    MIXED = "mixed", "Mixed"


class ConfidenceWord(models.TextChoices):
    """How sure a classification is."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class ChangeWord(models.TextChoices):
    """What happened to a clause."""

    ADDED = "added", "Added"
    REMOVED = "removed", "Removed"
    MODIFIED = "modified", "Modified"
    MOVED = "moved", "Moved"
    RENUMBERED = "renumbered", "Renumbered"
    SPLIT = "split", "Split"
    MERGED = "merged", "Merged"

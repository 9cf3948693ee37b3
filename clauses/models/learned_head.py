"""What was learned from a site's decisions, each time it was learned anew."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from monitor.models.checked import Checked


class LearnedHead(Checked):
    """A trained head with its figures. The latest adopted one of the taxonomy in force reads beside rules and model."""

    trained_at = models.DateTimeField(default=timezone.now, editable=False)
    taxonomy_version = models.CharField(
        max_length=40, help_text="The taxonomy, without a head, whose scores it goes by"
    )
    decisions = models.PositiveIntegerField(help_text="How many decisions it was trained on")
    lessons = models.JSONField(help_text="Bias, trust and words of every type something was learned of")
    before = models.JSONField(help_text="Precision, recall and F1 without it, on decisions held out")
    after = models.JSONField(help_text="The same with it")
    is_adopted = models.BooleanField("adopted", default=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "lesson from decisions"
        verbose_name_plural = "lessons from decisions"

    def __str__(self) -> str:
        return f"learned from {self.decisions} decisions on {self.trained_at:%Y-%m-%d}"

"""How far a person has read: the last visits, and the change sets marked by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from clauses.models.change import ChangeSet


class Reader(models.Model):
    """One signed-in person as a reader. Numbers are those of change sets, which are given in the order of recording.

    A visit ends with a break. `seen_…` is what the lists showed last, `since_…` what they had shown when the visit
    before ended; empty: there was none. What is not above `read_up_to` counts as read, but for what was marked.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="reader"
    )
    last_at = models.DateTimeField(help_text="The last page, to within minutes")
    seen_number = models.PositiveBigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    since_number = models.PositiveBigIntegerField(default=0)
    since_at = models.DateTimeField(null=True)
    read_up_to = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.user} as a reader"


class ReadMark(models.Model):
    """That a person marked a change set read, or unread again. What nobody marked has no row."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="read_marks")
    is_read = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "change_set"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.change_set.public_id} {'read' if self.is_read else 'unread'} by {self.user}"

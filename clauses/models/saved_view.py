"""A filter that a person gave a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from clauses.models.recipient import new_token


class SavedView(models.Model):
    """A named filter of the list of changes, one person's own. Its feed is read by whoever has the token."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.TextField(help_text="As in an address: severity=high&type=arbitration")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name

"""The hosts we read from: whose turn it is, when the next request may go out, and what robots.txt says."""

from __future__ import annotations

from django.db import models


class Host(models.Model):
    """One host, by name and port: one request in flight, a distance between two, and its robots.txt."""

    name = models.CharField(max_length=300, primary_key=True, help_text="Name and port: example.org:443")
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    free_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="No request before this moment"
    )
    robots = models.TextField(blank=True, help_text="As served; empty: everything is allowed")
    robots_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When it was read")
    robots_tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    robots_failing_since = models.DateTimeField(null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return self.name

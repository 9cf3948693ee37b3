"""Where something stood before: addresses that were given out lead on for ever."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from monitor.models.checked import Checked
from monitor.models.watch_list import Document, Platform


class FormerAddress(Checked):
    """The slugs under which a platform, or with `document_slug` a document, stood before a rename or a merger."""

    platform_slug = models.SlugField(max_length=50)
    document_slug = models.SlugField(max_length=80, blank=True)
    platform = models.ForeignKey(
        Platform, null=True, blank=True, on_delete=models.CASCADE, related_name="former_addresses"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.CASCADE, related_name="former_addresses"
    )
    made_at = models.DateTimeField(help_text="When it stood no longer there")

    class Meta:
        ordering = ["platform_slug", "document_slug"]
        constraints = [
            models.UniqueConstraint(fields=["platform_slug", "document_slug"], name="former_address_once"),
            models.CheckConstraint(
                condition=Q(platform__isnull=False, document__isnull=True, document_slug="")
                | Q(platform__isnull=True, document__isnull=False) & ~Q(document_slug=""),
                name="former_address_of_one",
            ),
        ]

    def __str__(self) -> str:
        return "/".join(filter(None, (self.platform_slug, self.document_slug)))

"""Where history from before a document's first capture comes in: under a document of its own that nobody sees yet.

Its captures go through the same door as all others, so they wait for nothing and nothing waits for them. What is
complete is put in front of the document in one transaction: see `joining`.
"""

from __future__ import annotations

from datetime import datetime

from monitor.models import Document, Fetch, Platform, Render

# What the two have in common: by these the capture gate knows what to expect, and pages what to say.
_SHARED = ("name", "type", "language", "jurisdiction", "audience", "interval_minutes")


def first_capture(document: Document) -> datetime | None:
    """When a document was first captured. None: never."""
    log = Fetch.objects.filter(source__document=document).order_by("at")
    return log.values_list("at", flat=True).first()


def last_capture(document: Document) -> datetime | None:
    """When a document was last captured. None: never."""
    log = Fetch.objects.filter(source__document=document).order_by("-at")
    return log.values_list("at", flat=True).first()


def incoming(document: Document) -> Document | None:
    """The document under which earlier history of this one comes in, if any does."""
    found = Document.objects.filter(platform__incoming_for=document.platform_id, slug=document.slug)
    return found.select_related("platform").first()


def make_incoming(document: Document) -> Document:
    """Find or create the document under which earlier history of this one comes in. It is never watched."""
    of = document.platform
    platform, _ = Platform.everything.get_or_create(
        # No slug of a service begins like this.
        incoming_for=of,
        defaults={"slug": f"-incoming-{of.pk}", "name": of.name, "is_sample": of.is_sample},
    )
    shared = {name: getattr(document, name) for name in _SHARED}
    made, _ = Document.objects.get_or_create(
        platform=platform, slug=document.slug, defaults={**shared, "is_paused": True}
    )
    return made


def joined_moments(document: Document) -> set[datetime]:
    """The moments of every capture that came in before what was on record."""
    log = Fetch.objects.filter(source__document=document, source__render=Render.ARCHIVE)
    return set(log.values_list("at", flat=True))

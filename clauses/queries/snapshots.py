"""One snapshot: the bytes of a capture, what the server said of them, and which texts rest on them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from clauses.queries.proof import has_sound_bytes
from monitor.models import Fetch, Part, Snapshot

_LATEST = 50


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """Everything the page of a snapshot states."""

    snapshot: Snapshot
    fetches: list[Fetch]
    fetch_count: int
    parts: list[Part]
    is_sound: bool


def snapshots() -> QuerySet[Snapshot]:
    """All snapshots with the documents they belong to."""
    return Snapshot.objects.select_related("source__document__platform", "blob__base")


def snapshot_page(snapshot: Snapshot) -> SnapshotPage:
    """The page of a snapshot."""
    fetches = snapshot.fetches.order_by("-at")
    parts = Part.objects.filter(snapshot=snapshot).select_related("version")
    return SnapshotPage(
        snapshot=snapshot,
        fetches=list(fetches[:_LATEST]),
        fetch_count=fetches.count(),
        parts=list(parts.defer("version__text", "version__outline").order_by("version__ordinal")),
        is_sound=has_sound_bytes(snapshot),
    )

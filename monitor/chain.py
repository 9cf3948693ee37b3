"""The chain of a document: every snapshot and version, in the order of recording, each bound to the one before.

A chain is added to in the transaction that records, with the document locked: so it has no gaps, and no two ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from monitor.core.manifest import canonical, link_of, snapshot_manifest, version_manifest
from monitor.core.normalize import sha256
from monitor.models import Document, Link, Part, Platform, Snapshot, Version

Record = Snapshot | Version


def manifest_of(record: Record) -> dict[str, Any]:
    """What a chain says of a record as it is now."""
    if isinstance(record, Snapshot):
        return snapshot_manifest(record, record.source, record.source.document)
    parts = Part.objects.filter(version=record).select_related("source", "snapshot").order_by("position")
    return version_manifest(record, record.document, parts)


def append(document: Document, records: Iterable[Record]) -> None:
    """Take records in as they are now, unless the chain has them as that. Called with the document locked.

    History that is still coming in is in no chain: it is taken in when it becomes the document's own.
    """
    if Platform.everything.filter(pk=document.platform_id, incoming_for__isnull=False).exists():
        return
    links = Link.objects.filter(document=document)
    head = links.order_by("-position").first()
    for record in records:
        manifest = canonical(manifest_of(record)).decode()
        before = links.filter(record=record.public_id).order_by("-position")
        if before.values_list("manifest", flat=True).first() != manifest:
            head = _linked(document, head, record.public_id, manifest)


def _linked(document: Document, head: Link | None, record: str, manifest: str) -> Link:
    position, previous = (head.position + 1, head.sha256) if head else (1, "")
    recorded_at = timezone.now()
    link = link_of(document.public_id, position, previous, recorded_at, manifest.encode())
    return Link.objects.create(
        document=document,
        position=position,
        record=record,
        manifest=manifest,
        previous=previous,
        recorded_at=recorded_at,
        sha256=sha256(link),
    )


def append_all(document: Document) -> None:
    """Take in whatever of a document its chain does not have as it is: after many rows were moved at once."""
    snapshots = Snapshot.objects.filter(source__document=document).select_related("source__document")
    append(document, snapshots.order_by("number").iterator(chunk_size=200))
    versions = Version.objects.filter(document=document).select_related("document", "returns_to")
    append(document, versions.order_by("ordinal").iterator(chunk_size=200))

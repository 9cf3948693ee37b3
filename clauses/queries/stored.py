"""What the captures and texts of each document take, and what the rules of retention would remove now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Length

from monitor.models import Blob, Document, Fetch, PackedText, Snapshot, Version
from monitor.retention import aged


@dataclass(frozen=True, slots=True)
class Stored:
    """The store of one document, in bytes.

    `served`: of its captures as they came; `kept`: of these as they are packed, `texts`: of its versions' texts as they
    are packed. What several documents share is counted with each.
    """

    document: Document
    attempts: int
    captures: int
    removed: int
    removable: int
    served: int
    kept: int
    versions: int
    texts: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The store of the site, in bytes: everything once. `removable`: captures whose bytes a rule gives up now."""

    captures: int
    removed: int
    removable: int
    served: int
    kept: int
    texts: int


def stored_documents(now: datetime) -> list[Stored]:
    """Every document that has a capture, those first whose captures take most. Six queries, however many there are."""
    captures = _by_document(
        Snapshot.objects,
        "source__document",
        count=Count("pk"),
        gone=Count("pk", filter=~Q(bytes_removed_at=None)),
        served=Sum("blob__size"),
        kept=Sum(Length("blob__packed")),
    )
    kept = Sum(Length("packed_text__packed"))
    texts = _by_document(Version.objects, "document", count=Count("pk"), kept=kept)
    attempts = _by_document(Fetch.objects, "source__document", count=Count("pk"))
    removable = _by_document(aged(now), "source__document", count=Count("pk"))
    documents = Document.objects.select_related("platform").in_bulk(list(captures))
    found = [
        Stored(
            document=documents[key],
            attempts=attempts.get(key, {}).get("count", 0),
            captures=row["count"],
            removed=row["gone"],
            removable=removable.get(key, {}).get("count", 0),
            served=row["served"],
            kept=row["kept"],
            versions=texts.get(key, {}).get("count", 0),
            texts=texts.get(key, {}).get("kept", 0),
        )
        for key, row in captures.items()
        if key in documents
    ]
    return sorted(found, key=lambda one: (-one.kept, one.document.number))


def stored_in_all(now: datetime) -> Totals:
    """The store of the site."""
    blobs = Blob.objects.aggregate(served=Sum("size"), kept=Sum(Length("packed")))
    return Totals(
        captures=Snapshot.objects.count(),
        removed=Snapshot.objects.exclude(bytes_removed_at=None).count(),
        removable=aged(now).count(),
        served=blobs["served"] or 0,
        kept=blobs["kept"] or 0,
        texts=PackedText.objects.aggregate(kept=Sum(Length("packed")))["kept"] or 0,
    )


def _by_document(rows: Any, key: str, **figures: Any) -> dict[int, dict[str, int]]:
    """Figures of rows by the key of their document."""
    return {row.pop(key): row for row in rows.order_by().values(key).annotate(**figures)}

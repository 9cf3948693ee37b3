"""What the JSON twin of a snapshot's page says: never the bytes, nor words read from them."""

from __future__ import annotations

from clauses.queries.snapshots import SnapshotPage
from clauses.queries.twins import Json, document_head, public_url, written


def snapshot_twin(page: SnapshotPage) -> Json:
    """The twin of a snapshot's page."""
    found = page.snapshot
    return {
        "id": found.public_id,
        "url": public_url("snapshot", found.number),
        "bytes_url": public_url("snapshot-bytes", found.number),
        "document": document_head(found.source.document),
        "source": found.source.url,
        "captured_at": written(found.captured_at),
        "bytes_sha256": found.blob_id,
        "size": found.blob.size,
        "content_type": found.content_type,
        "headers": found.headers,
        "final_url": found.final_url or None,
        "bytes_removed_at": written(found.bytes_removed_at),
        "is_sound": page.is_sound,
        "verdict": found.verdict or None,
        "fetch_count": page.fetch_count,
        "fetches": [
            {
                "at": written(fetch.at),
                "outcome": fetch.outcome,
                "status": fetch.status,
                "final_url": fetch.final_url or None,
            }
            for fetch in page.fetches
        ],
        "parts": [
            {"version": part.version.public_id, "start": part.start, "end": part.end} for part in page.parts
        ],
    }

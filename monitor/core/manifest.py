"""What a chain says of a record, as bytes that everybody writes alike: the recipe is in docs/evidence.md.

The names in `format` end in a number. What a number means never changes: another shape gets the next one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from monitor.core.normalize import sha256


def canonical(value: object) -> bytes:
    """JSON as UTF-8 with sorted keys, no white space between its signs, and no escapes that JSON can do without."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # Half a sign, which a server's header may hold, has no UTF-8: as an escape it is JSON still.
    return text.encode("utf-8", "backslashreplace")


def moment(at: datetime) -> str:
    """A moment in UTC with microseconds: "2025-08-29T06:00:00.000000Z"."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def public_id(letter: str, number: int) -> str:
    """An ID as readers cite it: "S-000012", "D-00012"."""
    return f"{letter}-{number:0{5 if letter == 'D' else 6}d}"


def snapshot_manifest(snapshot: Any, source: Any, document: Any) -> dict[str, Any]:
    """All that is on record of a capture but its bytes, of which it holds the hash. Takes rows of any release.

    Of a capture whose bytes were removed by a rule of retention, it says when.
    """
    removed_at = getattr(snapshot, "bytes_removed_at", None)
    removal = {"format": "proviso-snapshot-2", "bytes_removed_at": moment(removed_at)} if removed_at else {}
    return {
        "format": "proviso-snapshot-1",
        "id": public_id("S", snapshot.number),
        "document": public_id("D", document.number),
        "url": source.url,
        "final_url": snapshot.final_url,
        "captured_at": moment(snapshot.captured_at),
        "bytes_sha256": snapshot.blob_id,
        "content_type": snapshot.content_type,
        "headers_sha256": sha256(canonical(snapshot.headers)),
        "fingerprint": snapshot.fingerprint,
        "text_sha256": snapshot.text_sha256,
        "links_sha256": snapshot.links_sha256,
        "reading_key": snapshot.reading_key,
        "verdict": snapshot.verdict,
        "reasons": [list(reason) for reason in snapshot.reasons],
    } | removal


def version_manifest(version: Any, document: Any, parts: Iterable[Any]) -> dict[str, Any]:
    """All that is on record of a version but its text, of which it holds the hash. Takes rows of any release.

    Its ordinal is left out: it grows where earlier history comes in, and is for display only.
    """
    returns_to = version.returns_to
    return {
        "format": "proviso-version-1",
        "id": public_id("V", version.number),
        "document": public_id("D", document.number),
        "cause": version.cause,
        "origin": version.origin,
        "first_seen_at": moment(version.first_seen_at),
        "confirmed_at": moment(version.confirmed_at),
        "title": version.title,
        "language": version.language,
        "effective_on": _day(version.effective_on),
        "updated_on": _day(version.updated_on),
        "text_sha256": version.text_sha256,
        "fingerprint": version.fingerprint,
        "outline_sha256": version.packed_outline_id,
        "extractor_version": version.extractor_version,
        "returns_to": public_id("V", returns_to.number) if returns_to else None,
        "parts": [
            {
                "position": part.position,
                "url": part.source.url,
                "snapshot": public_id("S", part.snapshot.number),
                "start": part.start,
                "end": part.end,
                "fingerprint": part.fingerprint,
            }
            for part in parts
        ],
    }


def link_of(document: str, position: int, previous: str, recorded_at: datetime, manifest: bytes) -> bytes:
    """A link of a document's chain, whose SHA-256 is its hash. `previous` is the hash of the link before, or ""."""
    return canonical(
        {
            "format": "proviso-link-1",
            "document": document,
            "position": position,
            "previous": previous,
            "recorded_at": moment(recorded_at),
            "manifest_sha256": sha256(manifest),
        }
    )


def root_of(
    on: date, made_at: datetime, previous: str, key: str, heads: Iterable[Mapping[str, object]]
) -> bytes:
    """A root, as it is signed: the heads of the chains that grew since the root before, whose hash is `previous`."""
    return canonical(
        {
            "format": "proviso-root-1",
            "on": on.isoformat(),
            "made_at": moment(made_at),
            "previous": previous,
            "key": key,
            "heads": [dict(head) for head in heads],
        }
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

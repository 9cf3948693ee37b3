"""The keys of the site and the roots they signed, as they are published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.core.manifest import moment
from monitor.models import Root, SigningKey
from monitor.timestamping import stamped_at

_LATEST = 30


@dataclass(frozen=True, slots=True)
class PublishedRoot:
    """A root with the moment that an outside authority states of it, if any."""

    root: Root
    stamped_at: datetime | None


def keys() -> list[SigningKey]:
    """All keys that ever signed, the one in force first."""
    return list(SigningKey.objects.order_by("-first_used_at"))


def latest_roots() -> list[PublishedRoot]:
    """The roots of the last thirty days on which one was made, newest first."""
    rows = Root.objects.order_by("-on")[:_LATEST]
    return [PublishedRoot(row, stamped_at(bytes(row.stamp)) if row.stamp else None) for row in rows]


def keys_twin(published: Iterable[SigningKey], roots: Iterable[PublishedRoot]) -> dict[str, Any]:
    """Keys and roots as JSON states them. A root's own bytes, which are signed, are at its address."""
    return {
        "algorithm": "Ed25519 over the bytes of the root",
        "keys": [
            {
                "fingerprint": key.fingerprint,
                "public_key": key.public,
                "first_used_at": moment(key.first_used_at),
                "retired_at": moment(key.retired_at) if key.retired_at else None,
            }
            for key in published
        ],
        "roots": [
            {
                "on": row.root.on.isoformat(),
                "sha256": row.root.sha256,
                "key": row.root.key_id,
                "signature": row.root.signature,
                "stamped_at": moment(row.stamped_at) if row.stamped_at else None,
            }
            for row in roots
        ],
    }

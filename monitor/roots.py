"""The root of a day: what all chains came to, each root bound to the one before, signed with the key of the site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from monitor import signing
from monitor.core.manifest import public_id, root_of
from monitor.core.normalize import sha256
from monitor.models import Link, Root


def make_root(now: datetime) -> Root | None:
    """Make the root of this day, in UTC, where there is none yet; else None. Raises NoKey.

    Made twice at once, one stands. It names the chains that grew since the root before: that one's hash, which it
    holds, binds all others.
    """
    on = now.astimezone(UTC).date()
    if Root.objects.filter(on__gte=on).exists():
        return None
    key = signing.private_key()
    try:
        with transaction.atomic():
            return _made(on, now, key)
    except IntegrityError:
        if Root.objects.filter(on=on).exists():
            return None
        raise


def _made(on: Any, now: datetime, key: Any) -> Root:
    previous = Root.objects.order_by("-on").values_list("sha256", flat=True).first() or ""
    row = signing.published(key, now)
    heads = list(_heads())
    manifest = root_of(on, now, previous, row.fingerprint, [head for _, head in heads])
    root = Root.objects.create(
        on=on,
        manifest=manifest.decode(),
        sha256=sha256(manifest),
        key=row,
        signature=key.sign(manifest).hex(),
    )
    for document, head in heads:
        # What was added meanwhile waits for the next root.
        Link.objects.filter(document=document, position__lte=head["position"], root=None).update(root=root)
    return root


def _heads() -> Iterator[tuple[int, dict[str, Any]]]:
    """The last link of every chain with links that no root covers, by the number of its document."""
    grown = Link.objects.filter(root=None).values(
        "document", "document__number", "document__platform__is_sample"
    )
    for row in grown.annotate(last=Max("position")).order_by("document__number"):
        link = Link.objects.get(document=row["document"], position=row["last"])
        yield (
            row["document"],
            {
                "document": public_id("D", row["document__number"]),
                "position": link.position,
                "sha256": link.sha256,
                # Invented samples can be removed; nothing else may leave a chain.
                "is_sample": row["document__platform__is_sample"],
            },
        )

"""What seals a version: its place in the chain of its document, and the root that first covers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.models import Link, Root, Version
from monitor.timestamping import stamped_at


@dataclass(frozen=True, slots=True)
class Seal:
    """The last link of a version. `root`: None until the next one is made; `stamped_at`: by an authority, if any."""

    link: Link
    root: Root | None
    stamped_at: datetime | None


def seal_of(version: Version) -> Seal | None:
    """What seals a version. None where its document has no chain."""
    links = Link.objects.filter(document=version.document_id, record=version.public_id)
    link = links.select_related("root").order_by("-position").first()
    if link is None:
        return None
    root = link.root
    return Seal(link, root, stamped_at(bytes(root.stamp)) if root and root.stamp else None)

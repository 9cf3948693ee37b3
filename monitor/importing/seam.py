"""How earlier history and the text that was on record first fit together: what differs, and by whose doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.core.declaration import same_address
from monitor.core.extract import ExtractionError
from monitor.models import Candidate, Cause, Document, Part, Version
from monitor.texts import Assembled, assemble, reread


@dataclass(frozen=True)
class Seam:
    """What becomes of the version that was the first, `first`, behind `last`, the last of the earlier ones.

    `is_same`: both have the same text, so it was first seen when `last` was. Else `cause` is whose doing the
    difference is. `anew` is the last earlier text as the first one was read, where that makes a text of its own.
    `seen_at`: when the first one's text was seen before it was on record, if the earlier history ends with it.
    """

    first: Version
    last: Version
    is_same: bool = False
    cause: Cause = Cause.PUBLISHER
    anew: Assembled | None = None
    seen_at: datetime | None = None


def seam(document: Document, incoming: Document) -> Seam | None:
    """How a document goes on from its earlier history. None where one of them has no version yet."""
    first = Version.objects.filter(document=document).order_by("ordinal").first()
    last = Version.objects.filter(document=incoming).order_by("-ordinal").first()
    if first is None or last is None:
        return None
    if first.fingerprint == last.fingerprint:
        return Seam(first, last, is_same=True)
    anew = _read_alike(last, first)
    if anew is not None and anew.fingerprint in {first.fingerprint, _read_today(first)}:
        return Seam(first, last, cause=Cause.TECHNICAL)
    if anew is not None and anew.fingerprint != last.fingerprint:
        return Seam(first, last, anew=anew)
    return Seam(first, last, seen_at=_seen_at(incoming, first))


def _seen_at(incoming: Document, first: Version) -> datetime | None:
    waiting = Candidate.objects.filter(document=incoming, fingerprint=first.fingerprint).first()
    return waiting.first_seen_at if waiting else None


def _read_alike(last: Version, first: Version) -> Assembled | None:
    """The captures behind the last earlier version, read as the sources of the first one are read today.

    A source without a counterpart is one that joined: it says what it says. None where today's reading finds
    nothing in a capture: then the page changed, and its publisher did that.
    """
    before = list(last.parts.select_related("source", "snapshot__blob"))
    after = list(first.parts.select_related("source", "snapshot__blob", "version"))
    try:
        return assemble(
            [(part.source, found.snapshot if found else part) for part, found in _pairs(after, before)]
        )
    except ExtractionError:
        return None


def _pairs(after: Sequence[Part], before: Sequence[Part]) -> list[tuple[Part, Part | None]]:
    """Each part with the one of the same page, else of the same place. Recorded texts are no pages."""
    left = list(before)
    found: dict[int, Part] = {}
    for is_alike in (_is_same_page, _is_same_place):
        for part in after:
            match = next((one for one in left if part.pk not in found and is_alike(part, one)), None)
            if match:
                found[part.pk] = match
                left.remove(match)
    return [(part, found.get(part.pk)) for part in after]


def _is_same_page(one: Part, other: Part) -> bool:
    return _is_text(one) == _is_text(other) and same_address(one.source.url) == same_address(other.source.url)


def _is_same_place(one: Part, other: Part) -> bool:
    return _is_text(one) == _is_text(other) and one.source.position == other.source.position


def _is_text(part: Part) -> bool:
    return part.snapshot.content_type.startswith("text/markdown")


def _read_today(version: Version) -> str:
    """The fingerprint of a version's captures as they are read today; empty where nothing is found in one."""
    parts = version.parts.select_related("source", "snapshot__blob")
    try:
        for part in parts:
            reread(part.snapshot, part.source)
        return assemble([(part.source, part.snapshot) for part in parts]).fingerprint
    except ExtractionError:
        return ""

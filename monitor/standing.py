"""What stands: the captures behind a document's text, read as its sources are read today, and since when it does."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from monitor import chain
from monitor.core.extract import ExtractionError
from monitor.models import Cause, Fetch, Outcome, Part, Snapshot, Source, Version
from monitor.texts import note_reading, reading_key, reread


def by_today(source: Source) -> Snapshot | None:
    """The source's last good capture, read again where the way of reading has changed since.

    None where today's reading finds no text in it. Called with the document locked.
    """
    snapshot = source.last_good
    assert snapshot is not None
    key = reading_key(source)
    if snapshot.reading_key == key:
        return snapshot
    try:
        note_reading(snapshot, reread(snapshot, source), key)
    except ExtractionError:
        return None
    snapshot.save(update_fields=["fingerprint", "text_sha256", "links_sha256", "reading_key"])
    chain.append(source.document, [snapshot])
    return snapshot


def behind(source: Source, current: Version, part: Part, before: datetime) -> Snapshot | Part:
    """The latest capture that shows a part of the version in force; the part where today's reading finds none in it.

    A page that our reading can no longer read was changed by its publisher: what it said is what counts.
    """
    snapshot = _latest(source, current, part, before)
    try:
        reread(snapshot, source)
    except ExtractionError:
        return part
    return snapshot


def _latest(source: Source, current: Version, part: Part, before: datetime) -> Snapshot:
    """By what the log calls it: the reading of a page that stays the same may already be today's.

    Where it is, the text cannot be compared, and the last reading of all sources vouches for it: the log calls a
    capture of a round that was cut off the same text too.
    """
    shown = Fetch.objects.filter(
        source=part.source_id, at__lt=before, at__gte=current.first_seen_at, outcome__in=Outcome.showing()
    )
    is_settled = Q(at__lte=current.document.read_at or current.confirmed_at)
    is_read_anew = Q(snapshot__reading_key=reading_key(source)) & is_settled
    shown = shown.filter(Q(snapshot__fingerprint=part.fingerprint) | is_read_anew)
    shown = shown.filter(snapshot__bytes_removed_at=None)
    latest = shown.select_related("snapshot__blob").order_by("-at").first()
    return latest.snapshot if latest and latest.snapshot else part.snapshot


def publishers(version: Version) -> Version:
    """The version in which the publisher's text came: a reading of ours does not restart the clock."""
    while version.cause == Cause.TECHNICAL and (predecessor := version.predecessor):
        version = predecessor
    return version


def alternates(standing: Version, fingerprint: str) -> bool:
    """Whether a text is the very text that the standing one replaced when it came back: A, B, A and B again."""
    before = standing.predecessor
    if standing.returns_to_id is None or before is None:
        return False
    return fingerprint in {before.fingerprint, publishers(before).fingerprint}

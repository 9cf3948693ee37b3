"""What a completed round means: the same text, a new one, one confirmed, a return, or a change of our own reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings

from monitor.core.effective_date import find_effective_date
from monitor.core.extract import EXTRACTOR_VERSION, ExtractionError
from monitor.core.normalize import sha256
from monitor.core.returns import is_flip
from monitor.core.schedule import next_fetch_at
from monitor.models import Candidate, Cause, Document, Fetch, Origin, Outcome, Part, Snapshot, Source, Version
from monitor.texts import Assembled, assemble, document_key, reading_key, reread

Pages = Sequence[tuple[Source, Snapshot]]


def settle(document: Document, at: datetime, origin: Origin) -> None:
    """Bring a document up to date with the captures of one round. Called inside the transaction that completes it."""
    pages = _latest_pages(document, at)
    if pages:
        current = document.current_version
        if current is None:
            document.reading_key = document_key(source for source, _ in pages)
            _publish(document, assemble(pages), Cause.FIRST, origin, at, at)
            _mark(pages, at, Outcome.FIRST)
        else:
            current = _up_to_date(document, current, pages, at, origin)
            _judge(document, current, pages, at, origin)
        if len(pages) == Fetch.objects.filter(source__document=document, at=at, outcome__in=_GOOD).count():
            document.read_at = at
    _plan(document, at)


_GOOD = [outcome for outcome in Outcome if outcome not in Outcome.problems()]


def _latest_pages(document: Document, at: datetime) -> Pages:
    """The valid sources with their latest good capture. A source that was never read is not part of the text yet."""
    sources = Source.objects.valid(at).filter(document=document, last_good__isnull=False)
    return [(source, _by_today(source)) for source in sources.select_related("last_good__blob")]


def _by_today(source: Source) -> Snapshot:
    """The source's last good capture, read again where the way of reading has changed since."""
    snapshot = source.last_good
    assert snapshot is not None
    key = reading_key(source)
    if snapshot.reading_key != key:
        try:
            snapshot.fingerprint = reread(snapshot, source).fingerprint
        except ExtractionError:
            return snapshot
        snapshot.reading_key = key
        snapshot.save(update_fields=["fingerprint", "reading_key"])
    return snapshot


def _up_to_date(document: Document, current: Version, pages: Pages, at: datetime, origin: Origin) -> Version:
    """The current version under today's reading: a technical version where our own way of reading changed the text.

    A new extractor, other selectors, a source that joins or leaves: the captures behind the current text are read
    again, so that only what the publisher changed is left for the comparison that follows.
    """
    key = document_key(source for source, _ in pages)
    if key == document.reading_key:
        return current
    try:
        assembled = assemble([(source, _behind(source, current, at) or snapshot) for source, snapshot in pages])
    except ExtractionError:
        # Today's selectors find nothing in the older page: nothing but the new captures can be read with them.
        assembled = assemble(pages)
    document.reading_key = key
    if assembled.fingerprint == current.fingerprint:
        return current
    version = _publish(document, assembled, Cause.TECHNICAL, origin, at, at)
    _mark(pages, at, Outcome.TECHNICAL)
    _rebase_candidate(document, pages)
    return version


def _behind(source: Source, current: Version, at: datetime) -> Snapshot | None:
    """The latest capture that shows the current text: of this source, or of the one whose place it took."""
    parts = list(current.parts.select_related("source", "snapshot__blob"))
    part = next((part for part in parts if part.source_id == source.pk), None)
    if part is None:
        still_valid = set(Source.objects.valid(at).filter(document=source.document_id).values_list("pk", flat=True))
        gone = [part for part in parts if part.source_id not in still_valid]
        part = next((part for part in gone if part.source.position == source.position), None)
    if part is None:
        return None
    shown = Fetch.objects.filter(source=part.source_id, at__lt=at, snapshot__fingerprint=part.fingerprint)
    latest = shown.select_related("snapshot__blob").order_by("-at").first()
    return latest.snapshot if latest else part.snapshot


def _rebase_candidate(document: Document, pages: Pages) -> None:
    """Read a waiting candidate by today's reading, so that its second sight is recognized."""
    candidate = Candidate.objects.filter(document=document).first()
    if candidate is None:
        return
    seen = {source_id: snapshot_id for source_id, snapshot_id, _ in candidate.snapshots}
    snapshots = Snapshot.objects.select_related("blob").in_bulk(seen.values())
    try:
        assembled = assemble([(source, snapshots.get(seen.get(source.pk), page)) for source, page in pages])
    except ExtractionError:
        candidate.delete()
        return
    candidate.fingerprint, candidate.snapshots = assembled.fingerprint, _keys(assembled)
    candidate.save()


def _judge(document: Document, current: Version, pages: Pages, at: datetime, origin: Origin) -> None:
    candidate = Candidate.objects.filter(document=document).first()
    seen = [snapshot.fingerprint for _, snapshot in pages]
    if seen == [part.fingerprint for part in current.parts.all()]:
        _dismiss(candidate)
    elif candidate and seen == [fingerprint for _, _, fingerprint in candidate.snapshots]:
        _see_again(candidate, current, pages, at, origin)
    else:
        assembled = assemble(pages)
        if assembled.fingerprint == current.fingerprint:
            _dismiss(candidate)
        elif candidate and assembled.fingerprint == candidate.fingerprint:
            _see_again(candidate, current, pages, at, origin)
        else:
            _dismiss(candidate)
            _see_first(document, current, assembled, pages, at)


def _see_first(document: Document, current: Version, assembled: Assembled, pages: Pages, at: datetime) -> None:
    Candidate.objects.create(
        document=document,
        fingerprint=assembled.fingerprint,
        snapshots=_keys(assembled),
        first_seen_at=at,
        last_seen_at=at,
    )
    _mark(_changed(pages, current), at, Outcome.CANDIDATE)


def _see_again(candidate: Candidate, current: Version, pages: Pages, at: datetime, origin: Origin) -> None:
    """Confirm a candidate, unless it is an earlier text that came back too soon to be believed."""
    changed = _changed(pages, current)
    if not _were_read(changed, at):
        # The last good text of a failed source stands in: that is no second sight.
        return
    document = candidate.document
    earlier = Version.objects.filter(document=document, fingerprint=candidate.fingerprint).exclude(pk=current.pk)
    returns_to = earlier.order_by("-ordinal").first()
    candidate.last_seen_at = at
    if returns_to and is_flip(
        _stands_since(current),
        candidate.first_seen_at,
        at,
        alternates=current.returns_to_id is not None,
    ):
        candidate.is_flip = True
        candidate.save()
        _mark(changed, at, Outcome.FLIP)
        return
    assembled = assemble(_first_sight(candidate, pages))
    candidate.delete()
    _publish(document, assembled, Cause.PUBLISHER, origin, candidate.first_seen_at, at, returns_to)
    _mark(changed, at, Outcome.CONFIRMED)


def _first_sight(candidate: Candidate, pages: Pages) -> Pages:
    """The captures in which the candidate was first seen: a version rests on these."""
    seen = {source_id: snapshot_id for source_id, snapshot_id, _ in candidate.snapshots}
    snapshots = Snapshot.objects.select_related("blob").in_bulk(seen.values())
    return [(source, snapshots.get(seen.get(source.pk), page)) for source, page in pages]


def _stands_since(version: Version) -> datetime:
    """When the publisher's text behind a version was first seen: a reading of ours does not restart the clock."""
    while version.cause == Cause.TECHNICAL and (predecessor := version.predecessor):
        version = predecessor
    return version.first_seen_at


def _dismiss(candidate: Candidate | None) -> None:
    """Take back a candidate that gave way to another text: seen, never confirmed."""
    if candidate is None:
        return
    sightings = Fetch.objects.filter(source__document=candidate.document_id, at__gte=candidate.first_seen_at)
    sightings.filter(outcome=Outcome.CANDIDATE).update(outcome=Outcome.TRANSIENT)
    candidate.delete()


def _changed(pages: Pages, current: Version) -> Pages:
    known = {part.source_id: part.fingerprint for part in current.parts.all()}
    return [(source, page) for source, page in pages if known.get(source.pk) != page.fingerprint]


def _were_read(pages: Pages, at: datetime) -> bool:
    sources = [source.pk for source, _ in pages]
    return Fetch.objects.filter(source__in=sources, at=at, outcome__in=_GOOD).count() == len(sources)


def _mark(pages: Pages, at: datetime, outcome: Outcome) -> None:
    sources = [source.pk for source, _ in pages]
    Fetch.objects.filter(source__in=sources, at=at, outcome__in=_GOOD).update(outcome=outcome)


def _keys(assembled: Assembled) -> list[tuple[int, int, str]]:
    return [(part.source_id, part.snapshot_id, part.fingerprint) for part in assembled.stretches]


def _publish(
    document: Document,
    assembled: Assembled,
    cause: Cause,
    origin: Origin,
    first_seen_at: datetime,
    confirmed_at: datetime,
    returns_to: Version | None = None,
) -> Version:
    found = assembled.extract
    current = document.current_version
    version = Version(
        document=document,
        ordinal=current.ordinal + 1 if current else 1,
        cause=cause,
        origin=origin,
        first_seen_at=first_seen_at,
        confirmed_at=confirmed_at,
        title=found.title[:300],
        language=found.language[:12],
        effective_on=find_effective_date(found.text),
        text=found.text,
        text_sha256=sha256(found.text.encode()),
        fingerprint=assembled.fingerprint,
        outline=[(b.kind, b.start, b.end, b.level, b.header) for b in found.blocks],
        extractor_version=EXTRACTOR_VERSION,
        returns_to=returns_to,
    )
    version.save()
    for position, stretch in enumerate(assembled.stretches):
        Part.objects.create(version=version, position=position, **asdict(stretch))
    document.current_version = version
    return version


def _plan(document: Document, at: datetime) -> None:
    """Set the next reading, and let go of the document."""
    document.next_fetch_at = next_fetch_at(
        at,
        timedelta(minutes=document.interval_minutes),
        is_confirming=Candidate.objects.filter(document=document, is_flip=False).exists(),
        confirm_after=timedelta(minutes=settings.CONFIRM_AFTER_MINUTES),
    )
    document.claimed_at = None
    document.save()

"""What a completed round means: the same text, a new one, one confirmed, a return, or a change of our own reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db.models import Min

from monitor import reliability
from monitor.core.extract import ExtractionError
from monitor.core.returns import is_flip
from monitor.models import Candidate, Cause, Document, Fetch, Origin, Outcome, Snapshot, Source, Version
from monitor.planning import plan
from monitor.publishing import publish
from monitor.sweeps import Pages, Sweep
from monitor.texts import Assembled, assemble, document_key, note_reading, reading_key, reread

_Known = TypeVar("_Known")


def settle(document: Document, sweep: Sweep, origin: Origin) -> None:
    """Bring a document up to date with the captures of one round. Called inside the transaction that completes it."""
    try:
        pages = _latest_pages(document, sweep.until)
    except ExtractionError:
        # A last good page has no text under today's selectors: nothing can be compared until they are mended.
        pages = []
    if pages:
        Round(document, sweep, origin, pages).settle()
    plan(document, sweep)
    document.save()


def _latest_pages(document: Document, at: datetime) -> Pages:
    """The valid sources with their latest good capture. A source that was never read is not part of the text yet.

    Raises ExtractionError where today's reading finds no text in one of these captures.
    """
    sources = Source.objects.valid(at).filter(document=document, last_good__isnull=False)
    return [(source, _by_today(source)) for source in sources.select_related("last_good")]


def _by_today(source: Source) -> Snapshot:
    """The source's last good capture, read again where the way of reading has changed since.

    Raises ExtractionError.
    """
    snapshot = source.last_good
    assert snapshot is not None
    key = reading_key(source)
    if snapshot.reading_key != key:
        note_reading(snapshot, reread(snapshot, source), key)
        snapshot.save(update_fields=["fingerprint", "text_sha256", "links_sha256", "reading_key"])
    return snapshot


@dataclass(frozen=True)
class Round:
    """The captures of one moment, with the last good one for a source that failed."""

    document: Document
    sweep: Sweep
    origin: Origin
    pages: Pages

    @property
    def at(self) -> datetime:
        """The moment the round was complete."""
        return self.sweep.until

    def settle(self) -> None:
        """Publish the first text, or compare with the current one."""
        key = document_key(source for source, _ in self.pages)
        current = self.document.current_version
        if current is None:
            self._publish(assemble(self.pages), Cause.FIRST, self._seen_at(self.pages))
            self._mark(self.pages, Outcome.FIRST)
        else:
            if key != self.document.reading_key:
                current = self._read_anew(current)
                self._rebase_candidate()
            self._judge(current)
        self.document.reading_key = key
        if self._were_read(self._awaited()):
            self.document.read_at = self.at

    def _read_anew(self, current: Version) -> Version:
        """The current version under today's reading: a technical version where that changed the text.

        A new extractor, other selectors, a source that joins or leaves: the captures behind the current text are
        read again, so that only what the publisher changed is left for the comparison that follows. Where these
        selectors find nothing in the older page, it was the page that changed: then the new text is judged as the
        publisher's, for a change of theirs must not hide behind ours.
        """
        behind = [(source, self._behind(source, current) or snapshot) for source, snapshot in self.pages]
        try:
            assembled = assemble(behind)
        except ExtractionError:
            return current
        if assembled.fingerprint == current.fingerprint:
            return current
        version = self._publish(assembled, Cause.TECHNICAL, self.sweep.since)
        self._mark(self.pages, Outcome.TECHNICAL)
        return version

    def _behind(self, source: Source, current: Version) -> Snapshot | None:
        """The latest capture that shows the current text: of this source, or of the one whose place it took."""
        parts = current.parts.select_related("snapshot__blob")
        part = self._of(source, {part.source_id: part for part in parts})
        if part is None:
            return None
        shown = Fetch.objects.filter(
            source=part.source_id, at__lt=self.sweep.since, snapshot__fingerprint=part.fingerprint
        )
        latest = shown.select_related("snapshot__blob").order_by("-at").first()
        return latest.snapshot if latest else part.snapshot

    def _of(self, source: Source, known: Mapping[int, _Known]) -> _Known | None:
        """What is known by source key: of this source, or of the one whose place it took."""
        if source.pk in known:
            return known[source.pk]
        gone = set(known) - {page.pk for page, _ in self.pages}
        before = Source.objects.filter(pk__in=gone, position=source.position).first()
        return known[before.pk] if before else None

    def _rebase_candidate(self) -> None:
        """Read a waiting candidate by today's reading, so that its second sight is recognized."""
        candidate = self._candidate()
        if candidate is None:
            return
        try:
            assembled = assemble(self._first_sight(candidate))
        except ExtractionError:
            self._dismiss(candidate)
            return
        candidate.fingerprint, candidate.snapshots = assembled.fingerprint, _keys(assembled)
        candidate.save()

    def _judge(self, current: Version) -> None:
        """Compare the round's text with the current one and with the candidate, by hash as long as that decides."""
        candidate = self._candidate()
        seen = [snapshot.fingerprint for _, snapshot in self.pages]
        if seen == [part.fingerprint for part in current.parts.all()]:
            self._dismiss(candidate)
        elif candidate and seen == [fingerprint for _, _, fingerprint in candidate.snapshots]:
            self._see_again(candidate, current)
        else:
            self._judge_text(assemble(self.pages), candidate, current)

    def _judge_text(self, assembled: Assembled, candidate: Candidate | None, current: Version) -> None:
        if candidate and assembled.fingerprint == candidate.fingerprint:
            self._see_again(candidate, current)
            return
        self._dismiss(candidate)
        if assembled.fingerprint != current.fingerprint:
            self._see_first(assembled, current)

    def _see_first(self, assembled: Assembled, current: Version) -> None:
        changed = self._changed(current)
        Candidate.objects.create(
            document=self.document,
            fingerprint=assembled.fingerprint,
            snapshots=_keys(assembled),
            first_seen_at=self._seen_at(changed),
            last_seen_at=self.at,
        )
        self._mark(changed, Outcome.CANDIDATE)

    def _see_again(self, candidate: Candidate, current: Version) -> None:
        """Confirm a candidate, unless it is an earlier text that came back too soon to be believed."""
        changed = self._changed(current)
        if not self._were_read(changed):
            # The last good text of a failed source stands in: that is no second sight.
            return
        candidate.last_seen_at = self.at
        if self._is_too_soon(candidate):
            candidate.save()
            self._mark(changed, Outcome.CANDIDATE)
            return
        same = Version.objects.filter(document=self.document, fingerprint=candidate.fingerprint)
        returns_to = same.exclude(pk=current.pk).order_by("-ordinal").first()
        standing = _publishers(current)
        alternates = _alternates(standing, candidate)
        if returns_to and is_flip(
            standing.first_seen_at, candidate.first_seen_at, self.at, alternates=alternates
        ):
            candidate.is_flip = True
            candidate.save()
            if self.origin == Origin.FETCH:
                reliability.tell_unstable((source for source, _ in changed), self.at)
            self._mark(changed, Outcome.FLIP)
            return
        assembled = assemble(self._first_sight(candidate))
        candidate.delete()
        self._publish(assembled, Cause.PUBLISHER, candidate.first_seen_at, returns_to)
        self._mark(changed, Outcome.CONFIRMED)

    def _is_too_soon(self, candidate: Candidate) -> bool:
        """Whether a fetch came before the wait was over: two looks at one moment are one sight."""
        wait = timedelta(minutes=settings.CONFIRM_AFTER_MINUTES)
        return self.origin == Origin.FETCH and self.at - candidate.first_seen_at < wait

    def _first_sight(self, candidate: Candidate) -> Pages:
        """The captures in which the candidate was first seen: a version rests on these."""
        keys = {source_id: snapshot_id for source_id, snapshot_id, _ in candidate.snapshots}
        snapshots = Snapshot.objects.select_related("blob").in_bulk(keys.values())
        seen = {source_id: snapshots[snapshot_id] for source_id, snapshot_id in keys.items()}
        return [(source, self._of(source, seen) or page) for source, page in self.pages]

    def _dismiss(self, candidate: Candidate | None) -> None:
        """Take back a candidate that gave way to another text: seen, never confirmed."""
        if candidate is None:
            return
        sightings = Fetch.objects.filter(source__document=self.document, at__gte=candidate.first_seen_at)
        sightings.filter(outcome=Outcome.CANDIDATE).update(outcome=Outcome.TRANSIENT)
        candidate.delete()

    def _candidate(self) -> Candidate | None:
        return Candidate.objects.filter(document=self.document).first()

    def _changed(self, current: Version) -> Pages:
        known = {part.source_id: part.fingerprint for part in current.parts.all()}
        return [(source, page) for source, page in self.pages if self._of(source, known) != page.fingerprint]

    def _awaited(self) -> Pages:
        """What a reading of the whole document takes: a source that rests between its own readings stands in."""
        if self.origin == Origin.IMPORT:
            return self.pages
        return [(source, page) for source, page in self.pages if source.pk in self.sweep.sources]

    def _were_read(self, pages: Pages) -> bool:
        """Whether these sources were seen as they are, in this round.

        An archive keeps no capture of bytes that are the same: there a source counts as seen unless its last
        capture gave no text.
        """
        if self.origin == Origin.IMPORT:
            return all(fetch and not fetch.is_problem for fetch in self._last_captures(pages))
        return self.sweep.read(pages).count() == len(pages)

    def _last_captures(self, pages: Pages) -> list[Fetch | None]:
        until = Fetch.objects.filter(at__lte=self.at).order_by("-at")
        return [until.filter(source=source).first() for source, _ in pages]

    def _mark(self, pages: Pages, outcome: Outcome) -> None:
        rows = self.sweep.read(pages)
        if not self.sweep.sources:
            # Nothing was captured: what stands since an earlier round is settled at its last capture.
            rows = Fetch.objects.filter(pk__in=[fetch.pk for fetch in self._last_captures(pages) if fetch])
        rows.update(outcome=outcome)

    def _seen_at(self, pages: Pages) -> datetime:
        """The first of these captures in this round."""
        first: datetime | None = self.sweep.read(pages).aggregate(first=Min("at"))["first"]
        return first or self.sweep.since

    def _publish(
        self, assembled: Assembled, cause: Cause, first_seen_at: datetime, returns_to: Version | None = None
    ) -> Version:
        return publish(
            self.document,
            assembled,
            cause=cause,
            origin=self.origin,
            first_seen_at=first_seen_at,
            confirmed_at=self.at,
            returns_to=returns_to,
        )


def _publishers(version: Version) -> Version:
    """The version in which the publisher's text came: a reading of ours does not restart the clock."""
    while version.cause == Cause.TECHNICAL and (predecessor := version.predecessor):
        version = predecessor
    return version


def _alternates(standing: Version, candidate: Candidate) -> bool:
    """Whether the candidate is the very text that the standing one replaced when it came back: A, B, A and B again."""
    before = standing.predecessor
    if standing.returns_to_id is None or before is None:
        return False
    return candidate.fingerprint in {before.fingerprint, _publishers(before).fingerprint}


def _keys(assembled: Assembled) -> list[list[object]]:
    return [[part.source_id, part.snapshot_id, part.fingerprint] for part in assembled.stretches]

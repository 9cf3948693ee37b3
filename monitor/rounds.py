"""What a completed round means: the same text, a new one, one confirmed, a return, or a change of our own reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar

from django.conf import settings
from django.db.models import Min, prefetch_related_objects

from monitor import reliability
from monitor.candidates import dismiss, keep_waiting, waiting
from monitor.core.extract import ExtractionError
from monitor.core.returns import is_flip
from monitor.models import Candidate, Cause, Document, Fetch, Origin, Outcome, Part, Snapshot, Source, Version
from monitor.planning import plan
from monitor.publishing import publish
from monitor.standing import alternates, behind, by_today, publishers
from monitor.sweeps import Pages, Sweep
from monitor.texts import Assembled, assemble, document_key

_Known = TypeVar("_Known")


def settle(document: Document, sweep: Sweep, origin: Origin) -> None:
    """Bring a document up to date with the captures of one round. Called inside the transaction that completes it."""
    _judge(document, sweep, origin)
    plan(document, sweep)
    document.save()


def settle_cut_off(document: Document, before: datetime) -> None:
    """Settle a round that was begun before and given up, if any, by the captures it has.

    The sources that it never came to stand in, as if they had failed. A first text waits for a whole round. Called
    as the next round begins, in its transaction.
    """
    begun = document.round_at
    if begun is None or begun >= before:
        return
    document.round_at = None
    captures = Fetch.objects.filter(source__document=document, at__gte=begun, at__lt=before)
    last = captures.order_by("-at").values_list("at", flat=True).first()
    if last and document.current_version_id:
        sources = frozenset(document.sources.valid(last).values_list("pk", flat=True))
        _judge(document, Sweep(begun, last, sources), Origin.FETCH)
    document.save()


def _judge(document: Document, sweep: Sweep, origin: Origin) -> None:
    valid = Source.objects.valid(sweep.until).filter(document=document, last_good__isnull=False)
    Round(document, sweep, origin, list(valid.select_related("last_good"))).settle()


@dataclass(frozen=True)
class Round:
    """The captures of one moment. `sources`: the valid ones that gave a text before, in reading order.

    A source that was never read is not part of the text yet.
    """

    document: Document
    sweep: Sweep
    origin: Origin
    sources: list[Source]

    @property
    def at(self) -> datetime:
        """The moment the round was complete."""
        return self.sweep.until

    @cached_property
    def seen(self) -> dict[int, Snapshot]:
        """What was seen of the document in this round, by source key."""
        found = {source.pk: by_today(source) for source in self._read()}
        return {key: snapshot for key, snapshot in found.items() if snapshot}

    def _read(self) -> list[Source]:
        """The sources that were seen as they are, in this round.

        An archive keeps no capture of bytes that are the same: there a source counts as seen unless its last
        capture gave no text.
        """
        if self.origin == Origin.IMPORT:
            last = zip(self.sources, self._last_captures(self.sources), strict=True)
            return [source for source, fetch in last if fetch and not fetch.is_problem]
        keys = set(self.sweep.read(self.sources).values_list("source", flat=True))
        return [source for source in self.sources if source.pk in keys]

    def settle(self) -> None:
        """Publish the first text, or compare with the current one. Where nothing was read there is nothing to say."""
        if not self.seen:
            return
        current = self.document.current_version
        if current:
            prefetch_related_objects([current], "parts")
        pages = self._beside(current)
        key = document_key(source for source, _ in pages)
        if current is None:
            self._publish(assemble(pages), Cause.FIRST, self._seen_at(self.sources))
            self._mark(self.sources, Outcome.FIRST)
        else:
            if key != self.document.reading_key:
                current = self._read_anew(current, pages)
            self._judge(current)
        self.document.reading_key = key
        if not self.sweep.skipped_until and self._awaited() <= set(self.seen):
            self.document.read_at = self.at

    def _beside(self, current: Version | None, seen: Mapping[int, Snapshot] | None = None) -> Pages:
        """What was seen, and beside it the parts of the text in force that were not.

        A source that failed or rests says what it last said for certain: a text of it that was seen once, and not
        again, is no reason to doubt what another one says.
        """
        seen = self.seen if seen is None else seen
        parts = _parts(current)
        found = (
            (source, seen.get(source.pk) or self._of(source, parts) or by_today(source))
            for source in self.sources
        )
        return [(source, page) for source, page in found if page]

    def _read_anew(self, current: Version, pages: Pages) -> Version:
        """The current version under today's reading: a technical version where that changed the text.

        A new extractor, other selectors, a source that joins or leaves: the captures behind the current text are
        read again, so that only what the publisher changed is left for the comparison that follows. Where these
        selectors find nothing in the older page, it was the page that changed: then its new text is judged as the
        publisher's, for a change of theirs must not hide behind ours.
        """
        parts = _parts(current)
        candidate = waiting(self.document)
        unconfirmed = self._waiting(candidate, current) if candidate else {}
        old = [
            (source, behind(source, current, part, self.sweep.since) if part else page)
            for source, page in pages
            for part in [self._of(source, parts)]
        ]
        assembled = assemble(old)
        if assembled.fingerprint != current.fingerprint:
            current = self._publish(assembled, Cause.TECHNICAL, self.sweep.since)
            self._mark(self.sources, Outcome.TECHNICAL)
        if candidate:
            self._rebase(candidate, self._beside(current, unconfirmed))
        return current

    def _of(self, source: Source, known: Mapping[int, _Known]) -> _Known | None:
        """What is known by source key: of this source, or of the one whose place it took."""
        if source.pk in known:
            return known[source.pk]
        gone = set(known) - {other.pk for other in self.sources}
        before = Source.objects.filter(pk__in=gone, position=source.position).first() if gone else None
        return known[before.pk] if before else None

    def _rebase(self, candidate: Candidate, pages: Pages) -> None:
        """Read a waiting candidate by today's reading, so that its second sight is recognized."""
        try:
            assembled = assemble(pages)
        except ExtractionError:
            dismiss(candidate)
            return
        candidate.fingerprint, candidate.snapshots = assembled.fingerprint, assembled.sightings
        candidate.save()

    def _judge(self, current: Version) -> None:
        """Compare what was seen with the current text and the candidate, by hash as long as that decides."""
        candidate = waiting(self.document)
        changed = self._changed(current)
        if candidate and self._agrees(candidate) and self._waiting(candidate, current):
            self._see_again(candidate, current, changed)
        elif not changed:
            dismiss(candidate)
        else:
            self._judge_text(candidate, current, changed)

    def _judge_text(self, candidate: Candidate | None, current: Version, changed: list[Source]) -> None:
        assembled = assemble(self._beside(current))
        if candidate and assembled.fingerprint == candidate.fingerprint:
            self._see_again(candidate, current, changed)
            return
        dismiss(candidate)
        if assembled.fingerprint != current.fingerprint:
            self._see_first(assembled, changed)

    def _see_first(self, assembled: Assembled, changed: list[Source]) -> None:
        keep_waiting(self.document, assembled, self._seen_at(changed), self.at)
        self._mark(changed, Outcome.CANDIDATE)

    def _see_again(self, candidate: Candidate, current: Version, changed: list[Source]) -> None:
        """Confirm a candidate, unless it is an earlier text that came back too soon to be believed.

        Where one of several changed sources was not seen again, its change goes on waiting; the others' is confirmed.
        """
        if not changed:
            return
        candidate.last_seen_at = self.at
        if self._is_too_soon(candidate):
            candidate.save()
            self._mark(changed, Outcome.CANDIDATE)
            return
        unconfirmed = self._waiting(candidate, current)
        again = {key: snapshot for key, snapshot in unconfirmed.items() if key in self.seen}
        assembled = assemble(self._beside(current, again))
        if assembled.fingerprint == current.fingerprint:
            dismiss(candidate)
            return
        same = Version.objects.filter(document=self.document, fingerprint=assembled.fingerprint)
        returns_to = same.exclude(pk=current.pk).order_by("-ordinal").first()
        standing = publishers(current)
        is_alternating = alternates(standing, assembled.fingerprint)
        if returns_to and is_flip(
            standing.first_seen_at, candidate.first_seen_at, self.at, alternates=is_alternating
        ):
            candidate.is_flip = True
            candidate.save()
            if self.origin == Origin.FETCH:
                reliability.tell_unstable(changed, self.at)
            self._mark(changed, Outcome.FLIP)
            return
        if len(again) == len(unconfirmed):
            candidate.delete()
        else:
            candidate.save()
        self._publish(assembled, Cause.PUBLISHER, candidate.first_seen_at, returns_to)
        self._mark(changed, Outcome.CONFIRMED)

    def _is_too_soon(self, candidate: Candidate) -> bool:
        """Whether a fetch came before the wait was over: two looks at one moment are one sight."""
        wait = timedelta(minutes=settings.CONFIRM_AFTER_MINUTES)
        return self.origin == Origin.FETCH and self.at - candidate.first_seen_at < wait

    def _waiting(self, candidate: Candidate, current: Version) -> dict[int, Snapshot]:
        """The captures in which the candidate's new texts were first seen, by source key: a version rests on these."""
        parts = _parts(current)
        rows = {row[0]: row for row in candidate.snapshots}
        new: dict[int, int] = {}
        for source in self.sources:
            row, part = self._of(source, rows), self._of(source, parts)
            if row and (part is None or row[2] != part.fingerprint):
                new[source.pk] = row[1]
        snapshots = Snapshot.objects.in_bulk(new.values())
        return {key: snapshots[snapshot] for key, snapshot in new.items()}

    def _agrees(self, candidate: Candidate) -> bool:
        """Whether each source that was seen says what it says in the candidate."""
        known = {row[0]: row[2] for row in candidate.snapshots}
        seen = ((source, self.seen[source.pk]) for source in self.sources if source.pk in self.seen)
        return all(self._of(source, known) == snapshot.fingerprint for source, snapshot in seen)

    def _changed(self, current: Version) -> list[Source]:
        """The sources that were seen to say something else than the current text."""
        known = {key: part.fingerprint for key, part in _parts(current).items()}
        return [
            source
            for source in self.sources
            if source.pk in self.seen and self._of(source, known) != self.seen[source.pk].fingerprint
        ]

    def _awaited(self) -> set[int]:
        """What a reading of the whole document takes: a source that rests between its own readings stands in."""
        known = {source.pk for source in self.sources}
        return known if self.origin == Origin.IMPORT else known & self.sweep.sources

    def _last_captures(self, sources: Iterable[Source]) -> list[Fetch | None]:
        until = Fetch.objects.filter(at__lte=self.at).order_by("-at")
        return [until.filter(source=source).first() for source in sources]

    def _mark(self, sources: list[Source], outcome: Outcome) -> None:
        rows = self.sweep.read(sources)
        if not self.sweep.sources:
            # Nothing was captured: what stands since an earlier round is settled at its last capture.
            rows = Fetch.objects.filter(pk__in=[fetch.pk for fetch in self._last_captures(sources) if fetch])
        rows.update(outcome=outcome)

    def _seen_at(self, sources: list[Source]) -> datetime:
        """The first of these captures in this round."""
        first: datetime | None = self.sweep.read(sources).aggregate(first=Min("at"))["first"]
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


def _parts(version: Version | None) -> dict[int, Part]:
    return {part.source_id: part for part in version.parts.all()} if version else {}

"""Raw captures of an archive through the one door in, each at its own moment, in rounds like ours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from monitor import storage
from monitor.core.declaration import same_address
from monitor.importing.histories import Record
from monitor.importing.repositories import Blobs
from monitor.importing.silence import GAPS_WEIGHED, is_steady, stands_from
from monitor.models import Candidate, Document, Fetch, Origin, Outcome, Snapshot, Source
from monitor.sweeps import Sweep
from monitor.tracking import Arrival, Failure, OutOfOrder, look_again, record, record_failure

# It reads the pages of a document within seconds, all pages in under three hours, and begins anew twelve hours later.
_ROUND = timedelta(hours=3)
_TICK = timedelta(microseconds=1)
_CONTENT_TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Capture:
    """A record of the archive and the source it belongs to."""

    source: Source
    record: Record

    @property
    def at(self) -> datetime:
        """The moment of the capture."""
        return self.record.at


@dataclass
class Replayed:
    """What one run did for one document: captures recorded now, and captures older than what was there.

    `days` are those on which the archive recorded anything.
    """

    recorded: int = 0
    too_old: int = 0
    behind: int = 0
    last_at: datetime | None = None
    days: frozenset[date] = frozenset()


def rounds(captures: Sequence[Capture]) -> Iterator[list[Capture]]:
    """Captures in order of time, cut where a source comes again or three hours are over."""
    current: list[Capture] = []
    for capture in captures:
        if current and (
            any(other.source.pk == capture.source.pk for other in current)
            or capture.at - current[0].at > _ROUND
        ):
            yield current
            current = []
        current.append(capture)
    if current:
        yield current


def replay(
    document: Document,
    captures: Sequence[Capture],
    blobs: Blobs,
    ends_at: datetime,
    days: frozenset[date] = frozenset(),
) -> Iterator[Replayed]:
    """Record what is not recorded yet, and give the state after each round.

    `ends_at` is up to when the archive went on, on these `days`: what it did not replace meanwhile stood. Run
    again after a kill it goes on where it was, because each capture commits with all that follows from it.
    """
    seen = set(Fetch.objects.filter(source__document=document).values_list("source", "at"))
    done = Replayed(last_at=max((at for _, at in seen), default=None), days=days)
    for sweep in rounds(captures):
        missing = [one for one in sweep if (one.source.pk, one.at) not in seen]
        if missing:
            _round(document, sweep, missing, blobs, done)
        done.behind += len(sweep)
        yield done
    if any(one.at == done.last_at for one in captures):
        # The archive has the last word: what was fetched since is not confirmed by its silence.
        _let_stand(document, max(ends_at, captures[-1].at), days)


def _round(
    document: Document, captures: list[Capture], missing: list[Capture], blobs: Blobs, done: Replayed
) -> None:
    since = captures[0].at
    if done.last_at and since < done.last_at and len(missing) == len(captures):
        done.too_old += len(missing)
        return
    if done.last_at is None or done.last_at < since:
        _let_stand(document, since - _TICK, done.days)
    standing = _handed_over(document, since, but={one.source.pk for one in captures})
    sources = frozenset({source.pk for source, _ in standing} | {one.source.pk for one in captures})
    sweep = Sweep(since, captures[-1].at, sources)
    for source, before in standing:
        _stand_in(source, before, sweep)
    for one in missing:
        try:
            _record(one, blobs, sweep)
        except OutOfOrder:
            done.too_old += 1
        else:
            done.recorded += 1
    done.last_at = sweep.until


def _record(capture: Capture, blobs: Blobs, sweep: Sweep) -> None:
    source, kept = capture.source, capture.record
    body = blobs.read(kept.blob, settings.FETCH_MAX_BYTES)
    if body is None:
        failure = Failure(Outcome.TOO_LARGE, f"more than {settings.FETCH_MAX_BYTES} bytes in the archive")
        record_failure(source, failure, capture.at, origin=Origin.IMPORT, sweep=sweep)
        return
    headers = {"content-type": _CONTENT_TYPES[kept.place.ending], "x-archive-commit": kept.commit}
    is_elsewhere = kept.url and same_address(kept.url) != same_address(source.url)
    record(
        source,
        body,
        headers | dict(kept.notes),
        capture.at,
        origin=Origin.IMPORT,
        arrival=Arrival(final_url=kept.url if is_elsewhere else source.url),
        sweep=sweep,
    )


def _let_stand(document: Document, moment: datetime, days: frozenset[date]) -> None:
    """Count a candidate that the archive had not replaced by a moment as seen again.

    First when it had stood long enough, then at the moment itself: a return must stand for days to be believed.
    """
    candidate = Candidate.objects.filter(document=document).first()
    if candidate is None:
        return
    since = candidate.first_seen_at
    steady = _is_steady(document, since)
    believed_at = stands_from(since, steady=steady, days={day for day in days if day < moment.date()})
    if believed_at is None:
        return
    for at in sorted({min(believed_at, moment), moment}):
        is_waiting = Candidate.objects.filter(document=document).exists()
        if at >= believed_at and is_waiting and _is_last(document, at) and not _handed_over(document, at):
            look_again(document, at)


def _is_steady(document: Document, moment: datetime) -> bool:
    """Whether each page that was captured in the round of a moment has stable bytes."""
    log = Fetch.objects.filter(source__document=document, at__lte=moment + _ROUND).order_by("-at")
    latest = log.filter(at__gt=moment - _ROUND).values_list("source__position", flat=True)
    return all(
        is_steady(
            sorted(log.filter(source__position=position).values_list("at", flat=True)[: GAPS_WEIGHED + 1])
        )
        for position in set(latest)
    )


def _is_last(document: Document, moment: datetime) -> bool:
    """Whether nothing was captured after a moment."""
    return not Fetch.objects.filter(source__document=document, at__gt=moment).exists()


def _handed_over(
    document: Document, at: datetime, but: Collection[int] = ()
) -> list[tuple[Source, Snapshot]]:
    """The sources that took the place of another and were never read themselves, with its last good capture.

    Their page has the same bytes as before, or the archive would have recorded others.
    """
    valid = list(Source.objects.valid(at).filter(document=document))
    unread = [one for one in valid if one.pk not in but and not one.last_good_id and not one.fetches.exists()]
    found = []
    for source in unread:
        gone = Snapshot.objects.filter(
            pk__in=Source.objects.filter(document=document, position=source.position)
            .exclude(pk__in=[other.pk for other in valid])
            .values("last_good")
        )
        if last := gone.select_related("blob").order_by("-captured_at").first():
            found.append((source, last))
    return found


def _stand_in(source: Source, before: Snapshot, sweep: Sweep) -> None:
    """Record the bytes that stayed the same for the source that reads them from now on."""
    record(
        source,
        storage.get(before.blob),
        before.headers,
        sweep.since,
        origin=Origin.IMPORT,
        arrival=Arrival(final_url=source.url),
        sweep=sweep,
    )

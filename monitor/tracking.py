"""From captured bytes to versions. `record` is the one door in: for fetches, samples and imports alike.

A document's sources are read in one round. The capture that completes the round settles it in the same transaction:
unchanged, a candidate, a confirmed version, or a technical one. A round that was cut off and given up is settled by
the first capture of the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from monitor import chain, conditional, gate, quarantine, reliability, storage
from monitor.core.extract import ExtractionError
from monitor.core.headers import kept_headers, printable
from monitor.core.health import Verdict
from monitor.core.normalize import sha256
from monitor.models import Blob, Document, Fetch, Origin, Outcome, Part, Snapshot, Source
from monitor.rounds import settle, settle_cut_off
from monitor.sweeps import Sweep
from monitor.texts import Reading, note_reading, outcome_of, read, reading_ahead, reading_key

_KEPT_MESSAGE = 300


class OutOfOrder(ValueError):
    """A capture is older than one of the same source that is already recorded."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An attempt that gave no page: what kind of problem, in one line of our own words."""

    outcome: Outcome
    message: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a page came: the HTTP status, where redirects led (empty: nowhere else), and how long it took."""

    status: int | None = 200
    final_url: str = ""
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What came of one attempt: a snapshot, a failure, or both where the snapshot does not give the document's text."""

    snapshot: Snapshot | None
    failure: Failure | None
    arrival: Arrival
    headers: Mapping[str, str] | None = None


def record(
    source: Source,
    body: bytes,
    headers: Mapping[str, str],
    at: datetime,
    *,
    origin: Origin = Origin.FETCH,
    arrival: Arrival = Arrival(),
    sweep: Sweep | None = None,
) -> Fetch:
    """Keep what a source served at a moment, and settle the document's round when this capture completes it.

    `headers` have lower-case names. `sweep` says what the round waits for; without it, for all valid sources at this
    very moment. Recording the same source in the same round again changes nothing and returns the first row.
    Raises OutOfOrder for a moment before the source's last capture.
    """
    done = _already(source, at, sweep)
    if done:
        return done
    # The caller's copy may be older than the row: what the last capture was decides what this one means.
    source = Source.objects.select_related("document", "last_good").get(pk=source.pk)
    snapshot, failure = _keep(source, body, headers, at, arrival.final_url)
    return _close(source, at, origin, _Attempt(snapshot, failure, arrival, headers), sweep)


def record_unchanged(
    source: Source, at: datetime, *, arrival: Arrival = Arrival(304), sweep: Sweep | None = None
) -> Fetch:
    """Note that a server says its page is still that of the source's last good capture, which the caller asked about.

    It settles the round as those bytes would. Raises OutOfOrder for a moment before the source's last capture.
    """
    snapshot = source.last_good
    if snapshot is None:
        raise ValueError("a page that was never captured cannot be unchanged")
    attempt = _Attempt(snapshot, _held_back(snapshot), arrival)
    return _already(source, at, sweep) or _close(source, at, Origin.FETCH, attempt, sweep)


def record_failure(
    source: Source,
    failure: Failure,
    at: datetime,
    *,
    origin: Origin = Origin.FETCH,
    sweep: Sweep | None = None,
) -> Fetch:
    """Note an attempt that gave no page. It can complete a round, and is never a change."""
    attempt = _Attempt(None, failure, Arrival(failure.status))
    return _already(source, at, sweep) or _close(source, at, origin, attempt, sweep)


def look_again(document: Document, at: datetime) -> None:
    """Settle a document anew without a capture: an archive keeps none of bytes that stayed the same."""

    def settle_again() -> None:
        locked = Document.objects.select_for_update().get(pk=document.pk)
        settle(locked, Sweep(at, at, frozenset()), Origin.IMPORT)

    reading_ahead(settle_again)


def _already(source: Source, at: datetime, sweep: Sweep | None) -> Fetch | None:
    """The row of a source in this round: two that read the same document at once record each page once."""
    since = sweep.since if sweep else at
    last = Fetch.objects.filter(source=source, at__gte=since).order_by("at").first()
    if last and last.at > at:
        raise OutOfOrder(f"{source.url} was already captured later, at {last.at:%Y-%m-%d %H:%M:%S} UTC")
    return last


def _keep(
    source: Source, body: bytes, headers: Mapping[str, str], at: datetime, final_url: str
) -> tuple[Snapshot, Failure | None]:
    """The snapshot of these bytes, and the problem where no text could be read from them."""
    key = reading_key(source)
    headers = kept_headers(headers)
    final_url = printable(final_url)
    known = Snapshot.objects.filter(source=source, blob=sha256(body)).first()
    # What was held back is judged again: what is known of the document may have changed since.
    if known and _is_settled(known, key):
        return known, None
    # In no transaction: packing a large page takes time, and bytes without a snapshot do no harm.
    blob = storage.put(body, base=_base(source))
    # Bytes that were read once are read as what they were then; others as what they are served as now.
    served_as = headers.get("content-type", "")[:200]
    content_type = known.content_type if known and known.fingerprint else served_as
    reading, failure, verdict = _judged(source, body, content_type, final_url, at)
    with transaction.atomic():
        # Whoever records the same bytes at the same time waits here and finds the row.
        document = Document.objects.select_for_update().get(pk=source.document_id)
        snapshot = Snapshot.objects.filter(source=source, blob=blob).first()
        if snapshot is None:
            snapshot = Snapshot(source=source, blob=blob, captured_at=at, final_url=final_url[:2000])
        storage.hold(blob, body)
        snapshot.bytes_removed_at = None
        if failure and snapshot.pk:
            # What an earlier reading found stays: versions rest on it.
            snapshot.save(update_fields=["bytes_removed_at"])
            chain.append(document, [snapshot])
            return snapshot, failure
        if not snapshot.fingerprint:
            snapshot.content_type, snapshot.headers = content_type, dict(headers)
        note_reading(snapshot, reading, key)
        snapshot.verdict = verdict.outcome if verdict else ""
        snapshot.reasons = [[reason.code, reason.words] for reason in verdict.reasons] if verdict else []
        snapshot.save()
        chain.append(document, [snapshot])
    return snapshot, failure or _held_back(snapshot)


def _is_settled(known: Snapshot, key: str) -> bool:
    """Whether nothing is new about bytes that come again: read as today, healthy, and still kept."""
    is_read = bool(known.fingerprint) and known.reading_key == key
    return is_read and not known.verdict and known.bytes_removed_at is None


def _judged(
    source: Source, body: bytes, content_type: str, final_url: str, at: datetime
) -> tuple[Reading | None, Failure | None, Verdict | None]:
    """The text in these bytes, or why there is none, and the verdict of the capture gate."""
    try:
        reading = read(source, body, content_type)
    except ExtractionError as error:
        # The page may say why nothing could be read: an error page, a wall, a frame without its text.
        verdict = gate.judge(source, gate.Capture(body, content_type, final_url, at, None))
        found = Failure(outcome_of(error), str(error))
        return None, _failure(verdict) if verdict else found, verdict
    return reading, None, gate.judge(source, gate.Capture(body, content_type, final_url, at, reading))


def _failure(verdict: Verdict) -> Failure:
    return Failure(Outcome(verdict.outcome), verdict.words)


def _held_back(snapshot: Snapshot) -> Failure | None:
    """The verdict of the capture gate as a failure, None for a healthy capture."""
    if not snapshot.verdict:
        return None
    return Failure(Outcome(snapshot.verdict), "; ".join(words for _, words in snapshot.reasons))


def _base(source: Source) -> Blob | None:
    """The bytes to compress against, by way of their root: the latest good ones, else those of the version in force."""
    if source.last_good:
        return source.last_good.blob
    current = source.document.current_version_id
    part = Part.objects.filter(version=current, source=source).select_related("snapshot__blob").first()
    return part.snapshot.blob if part else None


def _close(source: Source, at: datetime, origin: Origin, attempt: _Attempt, sweep: Sweep | None) -> Fetch:
    """Note an attempt, and settle the round where it was the last one missing."""
    return reading_ahead(lambda: _note(source, at, origin, attempt, sweep))


def _note(source: Source, at: datetime, origin: Origin, attempt: _Attempt, sweep: Sweep | None) -> Fetch:
    document = Document.objects.select_for_update().get(pk=source.document_id)
    if done := _already(source, at, sweep):
        return done
    sweep = sweep or Sweep(at, at, _valid(document, at))
    settle_cut_off(document, before=sweep.since)
    source = Source.objects.select_related("last_good", "document").get(pk=source.pk)
    fetch = _row(source, at, attempt)
    fetch.save()
    _update(source, fetch, origin, attempt)
    quarantine.note(source, fetch)
    if origin == Origin.FETCH:
        reliability.note(source, fetch)
    if sweep.is_complete:
        settle(document, sweep, origin)
        fetch.refresh_from_db()
    elif origin == Origin.FETCH and document.round_at != sweep.since:
        document.round_at = sweep.since
        document.save(update_fields=["round_at"])
    return fetch


def _update(source: Source, fetch: Fetch, origin: Origin, attempt: _Attempt) -> None:
    """What a capture changes of its source: nothing, as a rule."""
    values: dict[str, Any] = {}
    if not fetch.is_problem and attempt.snapshot != source.last_good:
        values["last_good"] = attempt.snapshot
    if fetch.is_problem or origin != Origin.FETCH:
        values |= conditional.changes(source, None)
    elif attempt.headers is not None:
        values |= conditional.changes(source, attempt.headers)
    if values:
        Source.objects.filter(pk=source.pk).update(**values)


def _row(source: Source, at: datetime, attempt: _Attempt) -> Fetch:
    arrival = attempt.arrival
    fetch = Fetch(source=source, at=at, snapshot=attempt.snapshot, status=arrival.status)
    fetch.seconds = round(arrival.seconds, 3)
    if arrival.final_url != source.url:
        fetch.final_url = printable(arrival.final_url)[:2000]
    if attempt.failure:
        fetch.outcome, fetch.message = attempt.failure.outcome, attempt.failure.message[:_KEPT_MESSAGE]
    elif attempt.snapshot:
        fetch.outcome = _plain_outcome(source, attempt.snapshot)
    return fetch


def _plain_outcome(source: Source, snapshot: Snapshot) -> Outcome:
    """What differs from the last good capture, where the text does not. Where it does, the round says so."""
    last = source.last_good
    if last is None and source.document.current_version_id is None:
        return Outcome.FIRST
    if last is None or last == snapshot:
        return Outcome.UNCHANGED if last else Outcome.SAME_TEXT
    is_same_reading = last.fingerprint == snapshot.fingerprint and last.reading_key == snapshot.reading_key
    if not is_same_reading or not last.text_sha256:
        return Outcome.SAME_TEXT
    if last.text_sha256 != snapshot.text_sha256:
        return Outcome.WHITESPACE
    return Outcome.LINKS if last.links_sha256 != snapshot.links_sha256 else Outcome.SAME_TEXT


def _valid(document: Document, at: datetime) -> frozenset[int]:
    return frozenset(document.sources.valid(at).values_list("pk", flat=True))

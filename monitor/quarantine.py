"""Texts that the capture gate held back: how often they came again, and what a curator rules."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from monitor.core.extract import ExtractionError
from monitor.models import (
    Candidate,
    Document,
    Fetch,
    Notice,
    NoticeKind,
    Outcome,
    Quarantine,
    Ruling,
    Snapshot,
    Source,
)
from monitor.texts import assemble

_OPEN = [Ruling.WAITING, Ruling.OFFERED]
_NOTE, _WORDS = 500, 300


class AlreadyRuled(ValueError):
    """Somebody has ruled on this text before."""


def note(source: Source, fetch: Fetch) -> None:
    """Count a sighting of a text held back. Called inside the capture's transaction.

    Sightings are counted in a row: a good capture or another text in between ends the run, and the next sighting is
    the first of a new one. Attempts that read no text say nothing for or against it.
    """
    snapshot = fetch.snapshot
    if snapshot is None or not snapshot.verdict or not snapshot.fingerprint:
        return
    item, is_new = Quarantine.objects.get_or_create(
        source=source, fingerprint=snapshot.fingerprint, defaults=_first_sight(snapshot, fetch)
    )
    if is_new:
        return
    if _text_before(source, fetch) == snapshot.fingerprint:
        item.sightings, item.last_seen_at = item.sightings + 1, fetch.at
    else:
        for name, value in _first_sight(snapshot, fetch).items():
            setattr(item, name, value)
        # An offer ends with the run that led to it.
        item.ruling = Ruling.WAITING if item.ruling == Ruling.OFFERED else item.ruling
    item.save()
    _offer(item)


def _first_sight(snapshot: Snapshot, fetch: Fetch) -> dict[str, object]:
    return {
        "snapshot": snapshot,
        "verdict": snapshot.verdict,
        "reasons": snapshot.reasons,
        "sightings": 1,
        "first_seen_at": fetch.at,
        "last_seen_at": fetch.at,
    }


def _text_before(source: Source, fetch: Fetch) -> str | None:
    read = Fetch.objects.filter(source=source, at__lt=fetch.at).exclude(snapshot__fingerprint="")
    return read.order_by("-at").values_list("snapshot__fingerprint", flat=True).exclude(snapshot=None).first()


def _offer(item: Quarantine) -> None:
    """Ask a curator, once in a run, when the text has come often enough and for long enough."""
    lasted = item.last_seen_at - item.first_seen_at
    is_lasting = lasted >= timedelta(hours=settings.QUARANTINE_HOURS)
    if item.ruling != Ruling.WAITING or item.sightings < settings.QUARANTINE_REPEATS or not is_lasting:
        return
    item.ruling = Ruling.OFFERED
    item.save(update_fields=["ruling"])
    words = f"{item.get_verdict_display()}: seen {item.sightings} times since {item.first_seen_at:%Y-%m-%d %H:%M} UTC"
    Notice.objects.get_or_create(
        source=item.source,
        kind=NoticeKind.PROBABLY_REAL,
        began_at=item.first_seen_at,
        defaults={"told_at": item.last_seen_at, "words": words[:_WORDS]},
    )


@transaction.atomic
def accept(item: Quarantine, *, by: User, note: str, at: datetime) -> None:
    """Rule that a text held back is the document's.

    From now on it is believed wherever it is seen. Where nothing else was read from the source since, it also becomes
    the document's candidate, first seen when it was first held back, and the document is due at `at`: the next equal
    capture makes it a version. A ruling answers the gate's doubt; that the page still says so, only the page can show.
    Raises AlreadyRuled.
    """
    document = Document.objects.select_for_update().get(pk=item.source.document_id)
    _rule(item, Ruling.ACCEPTED, by, note, at)
    held = Snapshot.objects.filter(source=item.source_id, fingerprint=item.fingerprint)
    held.update(verdict="", reasons=[])
    if not _is_latest(item):
        return
    Source.objects.filter(pk=item.source_id).update(last_good=item.snapshot_id)
    _wait_for_second_sight(document, item, at)
    document.next_fetch_at = at
    document.save(update_fields=["next_fetch_at"])


@transaction.atomic
def reject(item: Quarantine, *, by: User, note: str, at: datetime) -> None:
    """Rule that a text held back is not the document's: it stays held back and is not offered again.

    Raises AlreadyRuled.
    """
    _rule(item, Ruling.REJECTED, by, note, at)


def _rule(item: Quarantine, ruling: Ruling, by: User, note: str, at: datetime) -> None:
    still_open = Quarantine.objects.filter(pk=item.pk, ruling__in=_OPEN)
    if still_open.update(ruling=ruling, ruled_by=by, ruled_at=at, note=note.strip()[:_NOTE]) != 1:
        raise AlreadyRuled(f"{item} was ruled on before")
    item.refresh_from_db()


def _is_latest(item: Quarantine) -> bool:
    """Whether this is the text that was read last from its source."""
    read = Fetch.objects.filter(source=item.source_id, snapshot__isnull=False).exclude(
        snapshot__fingerprint=""
    )
    last = read.order_by("-at").values_list("snapshot__fingerprint", flat=True).first()
    return last == item.fingerprint


def _wait_for_second_sight(document: Document, item: Quarantine, at: datetime) -> None:
    """Make the text the document's candidate, beside the last good texts of its other sources."""
    sources = Source.objects.valid(at).filter(document=document, last_good__isnull=False)
    pages = [
        (source, source.last_good) for source in sources.select_related("last_good__blob") if source.last_good
    ]
    if item.source_id not in {source.pk for source, _ in pages}:
        # The page is no longer read.
        return
    try:
        assembled = assemble(pages)
    except ExtractionError:
        # Today's selectors find nothing in one of them: the next reading sees the accepted text for the first time.
        return
    current = document.current_version
    if current is None or current.fingerprint == assembled.fingerprint:
        # The first text of a document needs no second sight.
        return
    waiting = Candidate.objects.filter(document=document).first()
    if waiting:
        seen = Fetch.objects.filter(source__document=document, at__gte=waiting.first_seen_at)
        seen.filter(outcome=Outcome.CANDIDATE).update(outcome=Outcome.TRANSIENT)
        waiting.delete()
    Candidate.objects.create(
        document=document,
        fingerprint=assembled.fingerprint,
        snapshots=[[part.source_id, part.snapshot_id, part.fingerprint] for part in assembled.stretches],
        first_seen_at=item.first_seen_at,
        last_seen_at=item.last_seen_at,
    )

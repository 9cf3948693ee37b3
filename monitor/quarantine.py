"""Texts that the capture gate held back: how often they came again, and what a curator rules."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from monitor import chain, conditional
from monitor.candidates import dismiss, keep_waiting, waiting
from monitor.core.extract import ExtractionError
from monitor.models import (
    Document,
    Fetch,
    Notice,
    NoticeKind,
    Outcome,
    Part,
    Quarantine,
    Ruling,
    Snapshot,
    Source,
)
from monitor.texts import assemble, reading_ahead

_OPEN = [Ruling.WAITING, Ruling.OFFERED]
# In a history, beside the values of Ruling.
WITHDRAWN = "withdrawn"
_NOTE, _WORDS = 500, 300


class AlreadyRuled(ValueError):
    """Somebody has ruled on this text before."""


class NotRuled(ValueError):
    """There is no ruling on this text to take back."""


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
    if _last_text(Fetch.objects.filter(source=source, at__lt=fetch.at)) == snapshot.fingerprint:
        item.sightings, item.last_seen_at = item.sightings + 1, fetch.at
    else:
        for name, value in _first_sight(snapshot, fetch).items():
            setattr(item, name, value)
        # An offer ends with the run that led to it.
        item.ruling = Ruling.WAITING if item.ruling == Ruling.OFFERED else item.ruling
    item.save()
    _offer(item)


def is_published(item: Quarantine) -> bool:
    """Whether a version of the document rests on this text of this source."""
    parts = Part.objects.filter(source=item.source_id, fingerprint=item.fingerprint)
    return parts.filter(version__document=item.source.document_id).exists()


def _first_sight(snapshot: Snapshot, fetch: Fetch) -> dict[str, object]:
    return {
        "snapshot": snapshot,
        "verdict": snapshot.verdict,
        "reasons": snapshot.reasons,
        "sightings": 1,
        "first_seen_at": fetch.at,
        "last_seen_at": fetch.at,
    }


def _last_text(read: QuerySet[Fetch]) -> str | None:
    """The fingerprint of the last text among attempts; those that read none say nothing."""
    texts = read.filter(snapshot__isnull=False).exclude(snapshot__fingerprint="")
    return texts.order_by("-at").values_list("snapshot__fingerprint", flat=True).first()


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


def accept(item: Quarantine, *, by: User, note: str, at: datetime) -> None:
    """Rule that a text held back is the document's.

    From now on it is believed wherever it is seen. Where nothing else was read from the source since, it also becomes
    the document's candidate, first seen when it was first held back, and the document is due at `at`: the next equal
    capture makes it a version. A ruling answers the gate's doubt; that the page still says so, only the page can show.
    Raises AlreadyRuled.
    """
    reading_ahead(lambda: _accept(item, by, note, at))


def _accept(item: Quarantine, by: User, note: str, at: datetime) -> None:
    document = Document.objects.select_for_update().get(pk=item.source.document_id)
    _rule(item, Ruling.ACCEPTED, by, note, at)
    held = Snapshot.objects.filter(source=item.source_id, fingerprint=item.fingerprint)
    held.update(verdict="", reasons=[])
    chain.append(document, held.order_by("number"))
    if not _is_latest(item):
        return
    Source.objects.filter(pk=item.source_id).update(last_good=item.snapshot_id)
    _wait_for_second_sight(document, item, at)
    document.next_fetch_at = at
    document.save(update_fields=["next_fetch_at"])


@transaction.atomic
def reject(item: Quarantine, *, by: User, note: str, at: datetime) -> None:
    """Rule that a text held back is not the document's: it stays held back and is not offered again.

    Where it was let through since, and no version rests on it, it is held back again. Raises AlreadyRuled.
    """
    document = Document.objects.select_for_update().get(pk=item.source.document_id)
    _rule(item, Ruling.REJECTED, by, note, at)
    _hold_back_again(document, item)


@transaction.atomic
def withdraw(item: Quarantine, *, by: User, note: str, at: datetime) -> None:
    """Take a ruling back: the text is held back as before it, and can be ruled on again.

    It is judged anew when it comes again. The candidate that an acceptance made is dismissed; a version that it has
    become stays on record. The ruling stays in the history. Raises NotRuled.
    """
    document = Document.objects.select_for_update().get(pk=item.source.document_id)
    item.refresh_from_db()
    if item.ruling in _OPEN:
        raise NotRuled(f"{item} has no ruling")
    if item.ruling == Ruling.ACCEPTED:
        _hold_back_again(document, item)
    item.ruling, item.ruled_by, item.ruled_at, item.note = Ruling.WAITING, None, None, ""
    _remember(item, WITHDRAWN, by, note, at)
    if not is_published(item):
        _offer(item)


def _rule(item: Quarantine, ruling: Ruling, by: User, note: str, at: datetime) -> None:
    """Called with the document locked."""
    item.refresh_from_db()
    if item.ruling not in _OPEN:
        raise AlreadyRuled(f"{item} was ruled on before")
    item.ruling, item.ruled_by, item.ruled_at, item.note = ruling, by, at, note.strip()[:_NOTE]
    _remember(item, ruling, by, note, at)


def _remember(item: Quarantine, ruling: str, by: User, note: str, at: datetime) -> None:
    entry = {
        "ruling": str(ruling),
        "by": by.get_username(),
        "at": at.isoformat(),
        "note": note.strip()[:_NOTE],
    }
    item.history = [*item.history, entry]
    item.save()


def _hold_back_again(document: Document, item: Quarantine) -> None:
    """Undo what follows from believing a text, as long as no version rests on it."""
    if is_published(item):
        return
    held = Snapshot.objects.filter(source=item.source_id, fingerprint=item.fingerprint)
    held.update(verdict=item.verdict, reasons=item.reasons)
    chain.append(document, held.order_by("number"))
    candidate = waiting(document)
    seen = [(source, fingerprint) for source, _, fingerprint in candidate.snapshots] if candidate else []
    if (item.source_id, item.fingerprint) in seen:
        dismiss(candidate)
    source = Source.objects.select_related("last_good").get(pk=item.source_id)
    if source.last_good and source.last_good.fingerprint == item.fingerprint:
        # The validators are those of the text that is no longer believed.
        values = conditional.changes(source, None)
        Source.objects.filter(pk=source.pk).update(last_good=_good_before(source), **values)


def _good_before(source: Source) -> int | None:
    """The snapshot that was read last from a source and is believed."""
    read = Fetch.objects.filter(source=source, snapshot__verdict="").exclude(outcome__in=Outcome.problems())
    believed = read.exclude(snapshot__fingerprint="").order_by("-at")
    return believed.values_list("snapshot", flat=True).first()


def _is_latest(item: Quarantine) -> bool:
    """Whether this is the text that was read last from its source."""
    return _last_text(Fetch.objects.filter(source=item.source_id)) == item.fingerprint


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
    dismiss(waiting(document))
    keep_waiting(document, assembled, item.first_seen_at, item.last_seen_at)

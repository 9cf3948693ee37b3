"""One document after another: its place on the watch list, then its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from monitor.core.declaration import Service, Terms
from monitor.importing import snapshots, watch_list
from monitor.importing.histories import Archive, Record, Selection
from monitor.importing.pages import plan
from monitor.importing.repositories import Blobs
from monitor.models import Document, Fetch


@dataclass(frozen=True)
class Wanted:
    """A document to import: what is declared, and what the archive recorded."""

    service: str
    name: str
    terms: str
    declared: Terms | None
    records: tuple[Record, ...] = ()


@dataclass
class Imported:
    """What came of one document."""

    wanted: Wanted
    document: Document
    was_active: bool = False
    recorded: int = 0
    remarks: list[str] = field(default_factory=list)


def wanted_documents(services: Mapping[str, Service], archive: Archive, selection: Selection) -> list[Wanted]:
    """The documents to import, by service and terms type.

    Those with records, and those that are declared today. What is only in a history and has no record is left out.
    """
    keys = set(archive.records)
    keys |= {
        (service.id, name)
        for service in services.values()
        for name, terms in service.terms.items()
        if terms.current
    }
    found = []
    for service_id, name in sorted(key for key in keys if selection.has(*key)):
        service = services.get(service_id)
        terms = service.terms.get(name) if service else None
        records = tuple(archive.records.get((service_id, name), ()))
        found.append(Wanted(service_id, service.name if service else service_id, name, terms, records))
    return found


def bring_in(
    wanted: Wanted, blobs: Blobs | None, ends_at: datetime | None, imported: Imported
) -> Iterator[int]:
    """Import one document; give how many of its captures are behind after each round. Fills `imported`.

    It is paused meanwhile: a live capture between two old ones would shut out the later of these.
    """
    matched = plan(wanted.declared, wanted.records)
    imported.remarks += matched.remarks
    document = imported.document
    sources = watch_list.ensure_sources(document, matched.windows)
    if not wanted.records or blobs is None:
        return
    captures = [
        snapshots.Capture(sources[index], record)
        for record, indices in zip(wanted.records, matched.belongs, strict=True)
        for index in indices
    ]
    Document.objects.filter(pk=document.pk).update(is_paused=True)
    for done in snapshots.replay(document, captures, blobs, ends_at or captures[-1].at):
        imported.recorded, too_old = done.recorded, done.too_old
        yield done.behind
    if too_old:
        imported.remarks.append(f"{too_old} captures passed over: the document was already captured later")


def begin(wanted: Wanted) -> Imported:
    """Find or create a document on the watch list."""
    document = watch_list.ensure_document(wanted.service, wanted.name, wanted.terms)
    return Imported(wanted, document, was_active=not document.is_paused)


def finish(imported: Imported, selection: Selection) -> None:
    """Have the document watched live from now on, where it can be and nobody paused it; else say why it is not."""
    document = imported.document
    document.refresh_from_db()
    why = watch_list.why_paused(imported.wanted.declared)
    if not why and (selection.since or selection.until):
        why = "only a part of its history is imported"
    if imported.was_active or (not why and document.is_paused and not _was_watched(document)):
        moment = document.next_fetch_at if imported.was_active else timezone.now()
        Document.objects.filter(pk=document.pk).update(is_paused=False, next_fetch_at=moment)
    elif document.is_paused:
        imported.remarks.append(f"paused: {why or 'somebody paused it'}")


def _was_watched(document: Document) -> bool:
    """Whether its next reading was planned by more than its imported captures."""
    last = Fetch.objects.filter(source__document=document).order_by("-at").first()
    if document.next_fetch_at is None:
        return False
    return last is None or document.next_fetch_at > last.at + timedelta(minutes=document.interval_minutes)

"""One document after another: its place on the watch list, then its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from monitor.core.archive import Kind
from monitor.core.declaration import Service, Terms
from monitor.importing import snapshots, versions, watch_list
from monitor.importing.histories import Archive, Record, Selection
from monitor.importing.pages import plan
from monitor.importing.repositories import Blobs
from monitor.models import Document


@dataclass(frozen=True)
class Holdings:
    """An archive: what it recorded, a reader of its bytes, and up to when it is imported."""

    archive: Archive
    blobs: Blobs
    ends_at: datetime


@dataclass(frozen=True)
class Wanted:
    """A document to import: what is declared, and what the archive recorded, as pages or as texts."""

    service: str
    name: str
    terms: str
    declared: Terms | None
    records: tuple[Record, ...] = ()
    holdings: Holdings | None = None
    is_text: bool = False
    has_declarations: bool = True


@dataclass
class Imported:
    """What came of one document."""

    wanted: Wanted
    document: Document
    recorded: int = 0
    remarks: list[str] = field(default_factory=list)


def wanted_documents(
    services: Mapping[str, Service], pages: Holdings | None, texts: Holdings | None, selection: Selection
) -> list[Wanted]:
    """The documents to import, by service and terms type, each from its pages where the archive has any.

    Those with records, and those that are declared today. What is only in a history and has no record is left out.
    """
    declared = {
        (service.id, name): terms for service in services.values() for name, terms in service.terms.items()
    }
    keys = {key for key, terms in declared.items() if terms.current}
    for archive in (one.archive for one in (pages, texts) if one):
        keys |= set(archive.records)
    found = []
    for key in sorted(key for key in keys if selection.has(*key)):
        holdings = next((one for one in (pages, texts) if one and key in one.archive.records), None)
        found.append(
            Wanted(
                service=key[0],
                name=services[key[0]].name if key[0] in services else key[0],
                terms=key[1],
                declared=declared.get(key),
                records=tuple(holdings.archive.records[key]) if holdings else (),
                holdings=holdings,
                is_text=holdings is not None and holdings is texts,
                has_declarations=bool(services),
            )
        )
    return found


def bring_in(imported: Imported, selection: Selection) -> Iterator[int]:
    """Import one document; give how many of its records are behind after each round. Fills `imported`."""
    if imported.wanted.is_text and versions.has_captures(imported.document):
        imported.remarks.append("recorded texts passed over: its pages are captured, which is better")
        return
    too_old = 0
    with _held(imported):
        for done in _replayed(imported, selection):
            imported.recorded, too_old = done.recorded, done.too_old
            yield done.behind
    if too_old:
        imported.remarks.append(f"{too_old} captures passed over: the document was already captured later")


@contextmanager
def _held(imported: Imported) -> Iterator[None]:
    """Not watched meanwhile: a live capture between two old ones would shut out the later of these.

    What a kill leaves paused is known by its mark, and the next whole import starts it.
    """
    same = Document.objects.filter(pk=imported.document.pk)
    is_taken = imported.wanted.holdings and same.filter(is_paused=False).update(
        is_paused=True, paused_by_import=True
    )
    try:
        yield
    finally:
        if is_taken:
            same.update(is_paused=False, paused_by_import=False)


def _replayed(imported: Imported, selection: Selection) -> Iterator[snapshots.Replayed]:
    wanted, holdings = imported.wanted, imported.wanted.holdings
    matched = plan(wanted.declared, () if wanted.is_text else wanted.records)
    imported.remarks += matched.remarks
    used = {index for indices in matched.belongs for index in indices}
    used |= {index for index, window in enumerate(matched.windows) if window.until is None}
    sources = watch_list.ensure_sources(imported.document, matched.windows, used)
    if wanted.declared:
        others = watch_list.undeclared(imported.document, list(sources.values()))
        imported.remarks += [
            f"{url} is read too, and not declared: end its validity by hand" for url in others
        ]
    if holdings is None:
        return
    covered = [selection.covers(record.at) for record in wanted.records]
    if wanted.is_text:
        source = versions.ensure_text_source(imported.document, wanted.declared, holdings.ends_at)
        chosen = [record for record, is_covered in zip(wanted.records, covered, strict=True) if is_covered]
        made_anew = {record.at for record in wanted.records if record.kind == Kind.TECHNICAL}
        yield from versions.replay(source, chosen, holdings.blobs, holdings.ends_at, made_anew)
        return
    captures = [
        snapshots.Capture(sources[index], record)
        for record, is_covered, indices in zip(wanted.records, covered, matched.belongs, strict=True)
        for index in indices
        if is_covered
    ]
    yield from snapshots.replay(
        imported.document, captures, holdings.blobs, holdings.ends_at, holdings.archive.days
    )


def begin(wanted: Wanted) -> Imported:
    """Find or create a document on the watch list."""
    document = watch_list.ensure_document(wanted.service, wanted.name, wanted.terms)
    return Imported(wanted, document)


def finish(imported: Imported, selection: Selection) -> None:
    """Have the document watched live from now on, where it can be and nobody paused it; else say why it is not."""
    document = imported.document
    document.refresh_from_db()
    why = watch_list.why_paused(imported.wanted.declared)
    if not imported.wanted.has_declarations:
        why = "no declarations were given that would say how to read it"
    if not why and (selection.since or selection.until):
        why = "only a part of its history is imported"
    if not why and document.paused_by_import:
        Document.objects.filter(pk=document.pk).update(
            is_paused=False, paused_by_import=False, next_fetch_at=timezone.now()
        )
    elif document.is_paused:
        imported.remarks.append(f"paused: {why or 'somebody paused it'}")

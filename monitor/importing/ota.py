"""One document after another: its place on the watch list, then its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from monitor.core.archive import Kind
from monitor.core.declaration import Service, Terms, Window
from monitor.importing import snapshots, versions, watch_list
from monitor.importing.histories import Archive, Record, Selection
from monitor.importing.incoming import first_capture, joined_moments, last_capture, make_incoming
from monitor.importing.pages import plan
from monitor.importing.repositories import Blobs
from monitor.importing.snapshots import Replayed
from monitor.importing.versions import has_captures
from monitor.models import Document, Source

_TICK = timedelta(microseconds=1)


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


@dataclass(frozen=True)
class _Share:
    """Records of one document, each with the windows it belongs to, and up to when the archive is asked."""

    windows: tuple[Window, ...]
    records: Sequence[tuple[Record, tuple[int, ...]]]
    ends_at: datetime

    def __bool__(self) -> bool:
        return bool(self.records)

    @property
    def used(self) -> set[int]:
        """The windows that its records belong to."""
        return {index for _, indices in self.records for index in indices}


def bring_in(imported: Imported, selection: Selection) -> Iterator[int]:
    """Import one document; give how many of its records are behind after each round. Fills `imported`.

    What lies before its first capture on record comes in beside it and waits there to be joined.
    """
    wanted, document = imported.wanted, imported.document
    matched = plan(wanted.declared, () if wanted.is_text else wanted.records)
    imported.remarks += matched.remarks
    belongs = matched.belongs or ((),) * len(wanted.records)
    found = [
        (record, indices)
        for record, indices in zip(wanted.records, belongs, strict=True)
        if selection.covers(record.at)
    ]
    begun_at = first_capture(document)
    known = joined_moments(document)
    ends_at = wanted.holdings.ends_at if wanted.holdings else timezone.now()
    later = [one for one in found if (begun_at is None or one[0].at >= begun_at) and one[0].at not in known]
    behind = 0
    if begun_at and (earlier := [one for one in found if one[0].at < begun_at]):
        share = _Share(matched.windows, earlier, min(ends_at, begun_at - _TICK))
        for behind in _brought(imported, make_incoming(document), share):
            yield behind
    for further in _watched(imported, _Share(matched.windows, later, ends_at)):
        yield behind + further


def _watched(imported: Imported, share: _Share) -> Iterator[int]:
    """Put the document's sources on the watch list, and record what came after what is on record."""
    document, wanted = imported.document, imported.wanted
    if wanted.is_text and has_captures(document):
        if share:
            imported.remarks.append("recorded texts passed over: its pages are captured, which is better")
        return
    open_ended = {index for index, window in enumerate(share.windows) if window.until is None}
    sources = watch_list.ensure_sources(document, share.windows, share.used | open_ended)
    if wanted.declared:
        others = watch_list.undeclared(document, list(sources.values()))
        imported.remarks += [
            f"{url} is read too, and not declared: end its validity by hand" for url in others
        ]
        others = watch_list.read_otherwise(share.windows, sources)
        imported.remarks += [f"{url} is read on by the selectors that were set here" for url in others]
    with _held(imported, share):
        yield from _replayed(imported, document, sources, share)


def _brought(imported: Imported, incoming: Document, share: _Share) -> Iterator[int]:
    """Record what came before what is on record, under a document of its own."""
    since = share.ends_at
    begun = {i for i, window in enumerate(share.windows) if window.since is None or window.since <= since}
    going = {i for i in begun if share.windows[i].until is None}
    sources = watch_list.ensure_sources(incoming, share.windows, share.used | going)
    yield from _replayed(imported, incoming, sources, share)


@contextmanager
def _held(imported: Imported, share: _Share) -> Iterator[None]:
    """Not watched meanwhile: a live capture between two old ones would shut out the later of these.

    What a kill leaves paused is known by its mark, and the next whole import starts it. Where nothing is to be
    recorded behind what is there, watching goes on.
    """
    same = Document.objects.filter(pk=imported.document.pk)
    last_at = last_capture(imported.document)
    is_needed = any(last_at is None or record.at > last_at for record, _ in share.records)
    is_taken = is_needed and same.filter(is_paused=False).update(is_paused=True, paused_by_import=True)
    try:
        yield
    finally:
        if is_taken:
            same.update(is_paused=False, paused_by_import=False)


def _replayed(
    imported: Imported, document: Document, sources: Mapping[int, Source], share: _Share
) -> Iterator[int]:
    """Replay records for a document, and give how many are behind after each round."""
    wanted, holdings = imported.wanted, imported.wanted.holdings
    if holdings is None:
        return
    before, too_old = imported.recorded, 0
    for done in (_texts if wanted.is_text else _pages)(wanted, holdings, document, sources, share):
        imported.recorded, too_old = before + done.recorded, done.too_old
        yield done.behind
    if too_old:
        imported.remarks.append(f"{too_old} captures passed over: they lie between captures on record")


def _texts(
    wanted: Wanted, holdings: Holdings, document: Document, _: Mapping[int, Source], share: _Share
) -> Iterator[Replayed]:
    source = versions.ensure_text_source(document, wanted.declared, share.ends_at)
    made_anew = {record.at for record in wanted.records if record.kind == Kind.TECHNICAL}
    chosen = [record for record, _ in share.records]
    return versions.replay(source, chosen, holdings.blobs, share.ends_at, made_anew)


def _pages(
    wanted: Wanted, holdings: Holdings, document: Document, sources: Mapping[int, Source], share: _Share
) -> Iterator[Replayed]:
    captures = [
        snapshots.Capture(sources[index], record) for record, indices in share.records for index in indices
    ]
    return snapshots.replay(document, captures, holdings.blobs, share.ends_at, holdings.archive.days)


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

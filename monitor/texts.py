"""The text of a source and of a whole document, read from stored bytes."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeVar

from django.db import transaction

from monitor import storage
from monitor.core.blocks import BLOCK_SEPARATOR, Block, Extract
from monitor.core.extract import (
    EXTRACTOR_VERSION,
    BadSelector,
    EmptyText,
    ExtractionError,
    NothingSelected,
    extract,
)
from monitor.core.normalize import fingerprint, sha256
from monitor.models import Outcome, Part, Snapshot, Source


@dataclass(frozen=True, slots=True)
class Reading:
    """The text read from one capture of one source."""

    extract: Extract
    fingerprint: str
    text_sha256: str
    links_sha256: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a document's text that one source gave."""

    source_id: int
    snapshot_id: int
    fingerprint: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Assembled:
    """The text of a document, joined from its sources in reading order."""

    extract: Extract
    fingerprint: str
    stretches: tuple[Stretch, ...]

    @property
    def sightings(self) -> list[list[object]]:
        """What a candidate keeps of each source: source key, snapshot key and fingerprint, in reading order."""
        return [[part.source_id, part.snapshot_id, part.fingerprint] for part in self.stretches]


# The last readings, by what decides them. A page is read when it is kept, and again when its round is settled. The
# bytes themselves are not held: a page may have megabytes.
_latest: OrderedDict[str, Reading] = OrderedDict()
_lock = Lock()
_KEPT_READINGS = 8
_KEPT_CHARACTERS = 2_000_000

# What the transaction under way has at hand, by what decides it: readings, or why there is none. None: it may read.
_at_hand: ContextVar[dict[str, Reading | ExtractionError] | None] = ContextVar("at hand", default=None)
_Given = TypeVar("_Given")


def read(source: Source, body: bytes, content_type: str) -> Reading:
    """The text of a page by the source's selectors. Raises ExtractionError."""
    key = _key(hashlib.sha256(body).hexdigest(), content_type, source)
    found = _recalled(key)
    if found is None:
        found = _read(source, body, content_type)
        _remember(key, found)
    return found


def _key(body_sha256: str, content_type: str, source: Source) -> str:
    return _digest([body_sha256, content_type, reading_key(source)])


def _recalled(key: str) -> Reading | None:
    with _lock:
        if key in _latest:
            _latest.move_to_end(key)
        return _latest.get(key)


def _remember(key: str, reading: Reading) -> None:
    with _lock:
        _latest[key] = reading
        while len(_latest) > _KEPT_READINGS or _held() > _KEPT_CHARACTERS:
            _latest.popitem(last=False)


def _held() -> int:
    # The last one is held whatever its size: it is the one that is read again.
    return sum(len(reading.extract.text) for reading in list(_latest.values())[:-1])


def _read(source: Source, body: bytes, content_type: str) -> Reading:
    found = extract(body, content_type, select=source.select, remove=source.remove)
    links = "\n".join(found.links).encode("utf-8", "ignore")
    return Reading(found, fingerprint(found.text), sha256(found.text.encode()), sha256(links))


def reread(snapshot: Snapshot, source: Source | None = None) -> Reading:
    """The text of a stored capture, by the selectors of its source or of another one. Raises ExtractionError."""
    source = source or snapshot.source
    key, at_hand = _key(snapshot.blob_id, snapshot.content_type, source), _at_hand.get()
    if at_hand is None:
        return _recalled(key) or read(source, storage.get(snapshot.blob), snapshot.content_type)
    if key not in at_hand:
        recalled = _recalled(key)
        if recalled is None:
            raise _NotAtHand(key, snapshot, source)
        at_hand[key] = recalled
    found = at_hand[key]
    if isinstance(found, ExtractionError):
        raise found
    return found


class _NotAtHand(Exception):
    """A page is needed in a transaction that was not read before it."""

    def __init__(self, key: str, snapshot: Snapshot, source: Source) -> None:
        super().__init__(key)
        self.key, self.snapshot, self.source = key, snapshot, source

    def reading(self) -> Reading | ExtractionError:
        """What is read from the page, or why nothing is."""
        try:
            return reread(self.snapshot, self.source)
        except ExtractionError as error:
            return error


def reading_ahead(work: Callable[[], _Given]) -> _Given:
    """What `work` gives, done in a transaction in which no page is read: that takes seconds, and all others wait.

    Where it needs a page that is not at hand, the transaction is rolled back, the page is read, and `work` begins anew.
    So it takes its rows from the database each time, and leaves nothing behind but rows.
    """
    readings: dict[str, Reading | ExtractionError] = {}
    while True:
        try:
            with _having(readings), transaction.atomic():
                return work()
        except _NotAtHand as missing:
            readings[missing.key] = missing.reading()


@contextmanager
def _having(readings: dict[str, Reading | ExtractionError]) -> Iterator[None]:
    before = _at_hand.set(readings)
    try:
        yield
    finally:
        _at_hand.reset(before)


def note_reading(snapshot: Snapshot, reading: Reading | None, key: str) -> None:
    """Note on a snapshot what was read from it, and how; the caller saves it."""
    snapshot.fingerprint = reading.fingerprint if reading else ""
    snapshot.text_sha256 = reading.text_sha256 if reading else ""
    snapshot.links_sha256 = reading.links_sha256 if reading else ""
    snapshot.reading_key = key


def reading_key(source: Source) -> str:
    """What decides the text besides the bytes: the extractor's version and the source's selectors."""
    return _digest([EXTRACTOR_VERSION, source.select, source.remove])


def document_key(sources: Iterable[Source]) -> str:
    """What decides a document's text besides the bytes: which sources, in which order, read how."""
    return _digest([[source.pk, reading_key(source)] for source in sources])


def _digest(value: object) -> str:
    # A database may give the ends of a range in any order.
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def outcome_of(error: ExtractionError) -> Outcome:
    """The outcome a capture has when no text could be read from it."""
    if isinstance(error, NothingSelected | BadSelector):
        return Outcome.NOTHING_SELECTED
    return Outcome.EMPTY if isinstance(error, EmptyText) else Outcome.NOT_TEXT


def assemble(pages: Sequence[tuple[Source, Snapshot | Part]]) -> Assembled:
    """Join the texts of a document's sources: captures as they read today, parts as they stand in their version.

    Raises ExtractionError where a capture gives no text.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    stretches: list[Stretch] = []
    offset = 0
    first: Extract | None = None
    for source, page in pages:
        if isinstance(page, Part):
            found, mark, snapshot_id = _standing(page), page.fingerprint, page.snapshot_id
        else:
            reading = reread(page, source)
            found, mark, snapshot_id = reading.extract, reading.fingerprint, page.pk
        first = first or found
        blocks += _moved(found.blocks, offset)
        end = offset + len(found.text)
        stretches.append(Stretch(source.pk, snapshot_id, mark, offset, end))
        texts.append(found.text)
        offset = end + len(BLOCK_SEPARATOR)
    text = BLOCK_SEPARATOR.join(texts)
    joined = Extract(first.title if first else "", first.language if first else "", text, tuple(blocks))
    return Assembled(joined, fingerprint(text), tuple(stretches))


def _standing(part: Part) -> Extract:
    """The stretch of a version's text that one source gave, as a text of its own."""
    version = part.version
    blocks = [block for block in version.blocks if part.start <= block.start and block.end <= part.end]
    text = version.text[part.start : part.end]
    return Extract(version.title, version.language, text, _moved(blocks, -part.start))


def _moved(blocks: Iterable[Block], by: int) -> tuple[Block, ...]:
    return tuple(replace(block, start=block.start + by, end=block.end + by) for block in blocks)

"""The text of a source and of a whole document, read from stored bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

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
from monitor.core.selectors import Selector
from monitor.models import Outcome, Snapshot, Source

# A selector as a cache can keep it: a range by its ends.
_Frozen = str | tuple[tuple[str, str], ...]


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


def read(source: Source, body: bytes, content_type: str) -> Reading:
    """The text of a page by the source's selectors. Raises ExtractionError."""
    return _read(body, content_type, _frozen(source.select), _frozen(source.remove), EXTRACTOR_VERSION)


@lru_cache(maxsize=8)
def _read(
    body: bytes, content_type: str, select: tuple[_Frozen, ...], remove: tuple[_Frozen, ...], _version: str
) -> Reading:
    # Remembered for a moment: a page is read when it is kept, and again when its round is settled, where the
    # database waits.
    found = extract(body, content_type, select=_thawed(select), remove=_thawed(remove))
    links = "\n".join(found.links).encode("utf-8", "ignore")
    return Reading(found, fingerprint(found.text), sha256(found.text.encode()), sha256(links))


def reread(snapshot: Snapshot, source: Source | None = None) -> Reading:
    """The text of a stored capture, by the selectors of its source or of another one. Raises ExtractionError."""
    return read(source or snapshot.source, storage.get(snapshot.blob), snapshot.content_type)


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


def _frozen(selectors: Iterable[Selector]) -> tuple[_Frozen, ...]:
    return tuple(
        selector if isinstance(selector, str) else tuple(sorted(selector.items())) for selector in selectors
    )


def _thawed(selectors: tuple[_Frozen, ...]) -> list[Selector]:
    return [selector if isinstance(selector, str) else dict(selector) for selector in selectors]


def outcome_of(error: ExtractionError) -> Outcome:
    """The outcome a capture has when no text could be read from it."""
    if isinstance(error, NothingSelected | BadSelector):
        return Outcome.NOTHING_SELECTED
    return Outcome.EMPTY if isinstance(error, EmptyText) else Outcome.NOT_TEXT


def assemble(parts: Sequence[tuple[Source, Snapshot]]) -> Assembled:
    """Read the captures of a document's sources into one text. Raises ExtractionError."""
    texts: list[str] = []
    blocks: list[Block] = []
    stretches: list[Stretch] = []
    offset = 0
    first: Extract | None = None
    for source, snapshot in parts:
        reading = reread(snapshot, source)
        found = reading.extract
        first = first or found
        blocks += (
            replace(block, start=block.start + offset, end=block.end + offset) for block in found.blocks
        )
        end = offset + len(found.text)
        stretches.append(Stretch(source.pk, snapshot.pk, reading.fingerprint, offset, end))
        texts.append(found.text)
        offset = end + len(BLOCK_SEPARATOR)
    text = BLOCK_SEPARATOR.join(texts)
    joined = Extract(first.title if first else "", first.language if first else "", text, tuple(blocks))
    return Assembled(joined, fingerprint(text), tuple(stretches))

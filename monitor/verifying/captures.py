"""Whether what was read from a capture can be read from its bytes again."""

from __future__ import annotations

from collections.abc import Iterator

from monitor import storage
from monitor.core.extract import ExtractionError
from monitor.models import Blob, Snapshot, Source
from monitor.texts import Reading, read, reading_key
from monitor.verifying.finding import Finding


def check_snapshot(snapshot: Snapshot) -> Iterator[Finding]:
    """That the bytes are there and that the text read from them is still what these bytes give.

    Read again only where today's extractor and selectors are those that read it. Bytes that do not have their hash
    are named by their own check.
    """
    blob = Blob.objects.filter(pk=snapshot.blob_id).first()
    source = Source.objects.filter(pk=snapshot.source_id).first()
    if blob is None:
        yield Finding(snapshot.public_id, f"its bytes, {snapshot.blob_id}, are gone")
    elif snapshot.bytes_removed_at:
        # Its chain has to say so.
        return
    elif source is None:
        yield Finding(snapshot.public_id, "the source it was read from is gone")
    elif snapshot.fingerprint and snapshot.reading_key == reading_key(source):
        try:
            yield from _compared(snapshot, read(source, storage.get(blob), snapshot.content_type))
        except ExtractionError as error:
            yield Finding(snapshot.public_id, f"no text can be read from its bytes any more: {error}")
        except storage.CorruptBytes:
            yield Finding(snapshot.public_id, f"its bytes, {snapshot.blob_id}, do not hold")


def _compared(snapshot: Snapshot, reading: Reading) -> Iterator[Finding]:
    for noted, found, name in (
        (snapshot.fingerprint, reading.fingerprint, "fingerprint of the text"),
        (snapshot.text_sha256, reading.text_sha256, "hash of the text"),
        (snapshot.links_sha256, reading.links_sha256, "hash of the links"),
    ):
        # Captures from before links were noted have none.
        if noted and noted != found:
            yield Finding(
                snapshot.public_id, f"the {name} read from its bytes is {found}, and {noted} is noted"
            )

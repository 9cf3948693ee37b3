"""Whether a version's text is the one it was hashed as, and is made of the captures it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Max, Model

from monitor import storage
from monitor.core.blocks import BLOCK_SEPARATOR, Block
from monitor.core.extract import EXTRACTOR_VERSION, ExtractionError
from monitor.core.normalize import fingerprint, sha256
from monitor.core.outline import blocks_of, read_outline
from monitor.models import Blob, Document, PackedText, Part, Snapshot, Source, Version
from monitor.texts import read, reading_key
from monitor.verifying.finding import Finding


def check_version(version: Version) -> Iterator[Finding]:
    """That text, blocks and parts of a version hold, and that the captures behind it still give that text."""
    name = version.public_id
    body = body_of(version.packed_text_id)
    if body is None or sha256(body) != version.text_sha256:
        yield Finding(name, f"its text with the hash {version.text_sha256} cannot be read")
        return
    text = body.decode()
    if fingerprint(text) != version.fingerprint:
        yield Finding(name, "the fingerprint noted is not that of its text")
    yield from _check_outline(version, text)
    yield from _check_parts(version, text)


def body_of(key: str) -> bytes | None:
    """The text or outline under a key; None where it is gone or damaged."""
    row = PackedText.objects.filter(pk=key).first()
    if row is None or (row.base_id and not PackedText.objects.filter(pk=row.base_id).exists()):
        return None
    try:
        return row.body()
    except storage.CorruptBytes:
        return None


def _check_outline(version: Version, text: str) -> Iterator[Finding]:
    outline = body_of(version.packed_outline_id)
    if outline is None:
        yield Finding(version.public_id, f"its outline, {version.packed_outline_id}, cannot be read")
    elif not _covers(blocks_of(read_outline(outline)), text):
        yield Finding(version.public_id, "its blocks do not cover its text")


def _covers(blocks: Sequence[Block], text: str) -> bool:
    """Whether every character is in a block or separates two."""
    return BLOCK_SEPARATOR.join(text[block.start : block.end] for block in blocks) == text


def _check_parts(version: Version, text: str) -> Iterator[Finding]:
    name = version.public_id
    parts = list(Part.objects.filter(version=version).order_by("position"))
    if [part.position for part in parts] != list(range(len(parts))):
        yield Finding(name, "the parts it is made of are not numbered in a row")
    if BLOCK_SEPARATOR.join(text[part.start : part.end] for part in parts) != text:
        yield Finding(name, "the parts it is made of do not make up its text")
    for part in parts:
        stretch = text[part.start : part.end]
        if fingerprint(stretch) != part.fingerprint:
            yield Finding(name, f"the fingerprint noted of part {part.position} is not that of its words")
        yield from _check_capture(version, part, stretch)


def _check_capture(version: Version, part: Part, stretch: str) -> Iterator[Finding]:
    """That the capture behind a part gives its words, where it can be read as it was read then."""
    name = f"part {part.position}"
    snapshot = Snapshot.objects.filter(pk=part.snapshot_id).first()
    source = Source.objects.filter(pk=part.source_id).first()
    if snapshot is None or source is None:
        yield Finding(version.public_id, f"the capture or the source behind {name} is gone")
        return
    is_read_alike = (
        version.extractor_version == EXTRACTOR_VERSION
        and snapshot.reading_key == reading_key(source)
        and snapshot.fingerprint == part.fingerprint
    )
    blob = Blob.objects.filter(pk=snapshot.blob_id).first()
    if blob is None or not is_read_alike:
        return
    try:
        found = read(source, storage.get(blob), snapshot.content_type).extract.text
    except (ExtractionError, storage.CorruptBytes):
        # Named by the check of the capture.
        return
    if found != stretch:
        yield Finding(version.public_id, f"{snapshot.public_id} does not give the words of {name}")


def check_order(document: Document) -> Iterator[Finding]:
    """That versions are numbered in a row, that the last is in force, and that returns are to the same document."""
    name = document.public_id
    versions = Version.objects.filter(document=document).order_by("ordinal")
    ordinals = list(versions.values_list("ordinal", flat=True))
    if ordinals != list(range(1, len(ordinals) + 1)):
        yield Finding(name, "its versions are not numbered in a row")
    last = versions.values_list("pk", flat=True).last()
    if document.current_version_id != last:
        yield Finding(name, "the version in force is not its last one")
    known = set(versions.values_list("pk", flat=True))
    for number, returns_to in versions.exclude(returns_to=None).values_list("number", "returns_to"):
        if returns_to not in known:
            yield Finding(name, f"V-{number:06} returns to a version of another document")


def check_counter(letter: str, last: int, model: type[Model]) -> Iterator[Finding]:
    """That no `number` of the model was given that the counter has not come to: it would be given again."""
    most = model._default_manager.aggregate(most=Max("number"))["most"] or 0
    if most > last:
        yield Finding(f"counter {letter}", f"it stands at {last}, and the number {most} is given")

"""Storing a confirmed text as the document's current version."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db.models import Max

from monitor.core.blocks import Block
from monitor.core.effective_date import find_effective_date, find_updated_date
from monitor.core.extract import EXTRACTOR_VERSION
from monitor.core.language import believed
from monitor.core.normalize import sha256
from monitor.models import Cause, Document, Origin, Part, Version
from monitor.texts import Assembled


def publish(
    document: Document,
    assembled: Assembled,
    *,
    cause: Cause,
    origin: Origin,
    first_seen_at: datetime,
    confirmed_at: datetime,
    returns_to: Version | None = None,
) -> Version:
    """Store a text as the next version, with its parts. Sets `document.current_version`; the caller saves it."""
    version = drafted(document, assembled)
    last = Version.objects.filter(document=document).aggregate(last=Max("ordinal"))["last"]
    version.ordinal, version.cause, version.origin = (last or 0) + 1, cause, origin
    version.first_seen_at, version.confirmed_at = first_seen_at, confirmed_at
    version.returns_to = returns_to
    store(version, assembled)
    document.current_version = version
    return version


def drafted(document: Document, assembled: Assembled) -> Version:
    """A version of a text as it would be stored: with all that is read from the text, and nothing else."""
    found = assembled.extract
    return Version(
        document=document,
        title=found.title[:300],
        language=believed(found.language, found.text)[:12],
        effective_on=find_effective_date(found.text),
        updated_on=find_updated_date(found.text),
        text=found.text,
        text_sha256=sha256(found.text.encode()),
        fingerprint=assembled.fingerprint,
        outline=[_row(block) for block in found.blocks],
        extractor_version=EXTRACTOR_VERSION,
    )


def store(version: Version, assembled: Assembled) -> None:
    """Store a version with the parts it was assembled from."""
    version.save()
    for position, stretch in enumerate(assembled.stretches):
        Part.objects.create(version=version, position=position, **asdict(stretch))


def _row(block: Block) -> tuple[object, ...]:
    row = (block.kind, block.start, block.end, block.level, block.header)
    return (*row, block.page) if block.page else row

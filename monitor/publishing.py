"""Storing a confirmed text as the document's current version."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db.models import Max

from monitor import chain
from monitor.core.effective_date import find_effective_date, find_updated_date
from monitor.core.extract import EXTRACTOR_VERSION
from monitor.core.language import believed
from monitor.core.normalize import sha256
from monitor.core.outline import outline_of, write_outline
from monitor.models import Cause, Document, Origin, Part, Version
from monitor.storage import put_text
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
    """Store a text as the next version, with its parts. Sets `document.current_version`; the caller saves it.

    Called with the document locked.
    """
    version = drafted(document, assembled)
    last = Version.objects.filter(document=document).aggregate(last=Max("ordinal"))["last"]
    version.ordinal, version.cause, version.origin = (last or 0) + 1, cause, origin
    version.first_seen_at, version.confirmed_at = first_seen_at, confirmed_at
    version.returns_to = returns_to
    store(version, assembled)
    chain.append(document, [version])
    document.current_version = version
    return version


def drafted(document: Document, assembled: Assembled) -> Version:
    """A version of a text as it would be stored: with all that is read from the text, and nothing else."""
    found = assembled.extract
    version = Version(
        document=document,
        title=found.title[:300],
        language=believed(found.language, found.text)[:12],
        effective_on=find_effective_date(found.text),
        updated_on=find_updated_date(found.text),
        text_sha256=sha256(found.text.encode()),
        fingerprint=assembled.fingerprint,
        extractor_version=EXTRACTOR_VERSION,
    )
    version.text, version.outline = found.text, outline_of(found.blocks)
    return version


def store(version: Version, assembled: Assembled) -> None:
    """Store a version with its text, packed against that of the version before it, and the parts it is made of."""
    before = version.predecessor
    like_text, like_outline = (before.packed_text, before.packed_outline) if before else (None, None)
    version.packed_text = put_text(version.text.encode(), like_text)
    version.packed_outline = put_text(write_outline(version.outline), like_outline)
    version.save()
    for position, stretch in enumerate(assembled.stretches):
        Part.objects.create(version=version, position=position, **asdict(stretch))

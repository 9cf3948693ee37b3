"""The proof of a clause's words: where they stand, in which stored bytes, and whether all hashes hold."""

from __future__ import annotations

from dataclasses import dataclass

from clauses.models import Analysis, Clause, Occurrence
from monitor import storage
from monitor.core.normalize import fingerprint, sha256
from monitor.models import Part, Snapshot, Version


@dataclass(frozen=True, slots=True)
class Check:
    """One statement that was tested while the page was made."""

    words: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """The latest version a wording stands in, the exact place, and the snapshot behind that place.

    `number` is what readers cite the place by ("4.2(b)"); empty where nothing is numbered. `analysis` found it.
    """

    version: Version
    quote: str
    start: int
    end: int
    number: str
    part: Part | None
    checks: list[Check]
    analysis: Analysis

    @property
    def first_character(self) -> int:
        """Counted from 1, as a reader counts."""
        return self.start + 1

    @property
    def source_url(self) -> str:
        """The address that gave the bytes, after redirects."""
        if self.part is None:
            return ""
        return self.part.snapshot.final_url or self.part.source.url

    @property
    def is_sound(self) -> bool:
        """Whether every check holds."""
        return all(check.holds for check in self.checks)


def proof_of(clause: Clause) -> Proof | None:
    """The proof of a clause's present or last wording. None where it has no place in any version."""
    occurrence = clause.current
    version = occurrence and _latest_version(clause, occurrence)
    analysis = version and Analysis.objects.filter(version=version).first()
    if not occurrence or not version or not analysis:
        return None
    place = next((place for key, *place in analysis.layout if key == occurrence.pk), None)
    if place is None:
        return None
    start, end, number = place
    parts = version.parts.select_related("source", "snapshot__blob__base").order_by("position")
    part = next((part for part in parts if part.start <= start < part.end), None)
    text = _sound_text(version)
    quote = text[start:end]
    checks = [
        Check(
            "the words stand at this place of the stored text",
            fingerprint(quote) == occurrence.wording.sha256,
        ),
        Check("the stored text has the hash stated here", sha256(text.encode()) == version.text_sha256),
    ]
    if part:
        checks.append(Check("the stored bytes have the hash stated here", has_sound_bytes(part.snapshot)))
    return Proof(version, quote, start, end, number, part, checks, analysis)


def _sound_text(version: Version) -> str:
    """The text of a version; empty where it is damaged."""
    try:
        return version.text
    except storage.CorruptBytes:
        return ""


def has_sound_bytes(snapshot: Snapshot) -> bool:
    """Whether the bytes of a snapshot can be read and have their hash."""
    try:
        storage.get(snapshot.blob)
    except storage.CorruptBytes:
        return False
    return True


def _latest_version(clause: Clause, occurrence: Occurrence) -> Version | None:
    """The last version a wording stands in: the document's current one as long as it stands."""
    versions = Version.objects.select_related(*Version.TEXTS)
    if occurrence.last_version_id:
        return versions.get(pk=occurrence.last_version_id)
    analyzed = versions.filter(document=clause.document_id, analysis__isnull=False)
    return analyzed.order_by("-ordinal").first()

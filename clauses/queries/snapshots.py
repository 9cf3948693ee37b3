"""One snapshot: the bytes of a capture, what the server said of them, and which texts rest on them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from clauses.queries.proof import has_sound_bytes
from clauses.queries.scope import shown
from monitor.core.extract import ExtractionError
from monitor.models import Fetch, Part, Quarantine, Snapshot
from monitor.storage import CorruptBytes
from monitor.texts import reread

_LATEST = 50
# Anybody may ask for the page of a snapshot: reading hostile markup again takes some 4 s a megabyte.
_MOST_READ_FOR_ALL = 300_000
# A curator has to see what is ruled on.
_MOST_READ = 3_000_000
_MOST_SHOWN = 20_000


@dataclass(frozen=True, slots=True)
class ReadText:
    """The text read from a snapshot."""

    text: str

    @property
    def shown(self) -> str:
        """The text, or its beginning."""
        return self.text[:_MOST_SHOWN]

    @property
    def is_cut(self) -> bool:
        """Whether only the beginning is shown."""
        return len(self.text) > _MOST_SHOWN

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """Everything the page of a snapshot states. `held`: what became of a text that the capture gate held back.

    `parts` rest on these very bytes, `same_text` on others that showed the same text.
    """

    snapshot: Snapshot
    fetches: list[Fetch]
    fetch_count: int
    parts: list[Part]
    same_text: list[Part]
    is_sound: bool
    held: Quarantine | None
    read: ReadText | None


def snapshots() -> QuerySet[Snapshot]:
    """All snapshots with the documents they belong to."""
    found = Snapshot.objects.filter(shown("source__document__platform__"))
    return found.select_related("source__document__platform", "blob__base")


def snapshot_page(snapshot: Snapshot) -> SnapshotPage:
    """The page of a snapshot."""
    fetches = snapshot.fetches.order_by("-at")
    held = Quarantine.objects.filter(source=snapshot.source, fingerprint=snapshot.fingerprint)
    parts = Part.objects.filter(snapshot=snapshot).select_related("version")
    others = Part.objects.filter(source=snapshot.source).exclude(snapshot=snapshot).select_related("version")
    same_text = others.filter(fingerprint=snapshot.fingerprint) if snapshot.fingerprint else others.none()
    return SnapshotPage(
        snapshot=snapshot,
        fetches=list(fetches[:_LATEST]),
        fetch_count=fetches.count(),
        parts=list(parts.order_by("version__ordinal")),
        same_text=list(same_text.order_by("version__ordinal")),
        is_sound=has_sound_bytes(snapshot),
        held=held.exclude(fingerprint="").select_related("ruled_by").first(),
        read=text_read(snapshot, _MOST_READ_FOR_ALL) if snapshot.verdict else None,
    )


def text_read(snapshot: Snapshot, most: int = _MOST_READ) -> ReadText | None:
    """The text of a snapshot, read again; None where there is none, or the bytes are too many or no longer sound.

    `most`: how many bytes are read at most.
    """
    if snapshot.blob.size > most:
        return None
    try:
        return ReadText(reread(snapshot).extract.text)
    except (ExtractionError, CorruptBytes):
        return None

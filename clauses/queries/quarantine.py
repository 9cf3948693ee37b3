"""Texts that the capture gate held back: what waits for a curator, and what was ruled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from clauses.core.excerpt import excerpt
from clauses.core.redline import redline
from clauses.queries.scope import counted_platforms, shown
from clauses.queries.snapshots import ReadText, text_read
from monitor.models import Fetch, Part, Quarantine, Ruling, Source
from monitor.quarantine import WITHDRAWN

# Two longer texts are not compared word by word while somebody waits for the page.
_MOST_COMPARED = 400_000
# Below this share of words in common, a redline is one text struck and another written.
_HARDLY_ALIKE = 0.2
_AROUND, _LONGEST = 160, 8_000


@dataclass(frozen=True, slots=True)
class QuarantineCounts:
    """How many texts are offered to curators, and how many are held back and not offered."""

    offered: int
    held_back: int


@dataclass(frozen=True, slots=True)
class Step:
    """One ruling or withdrawal in the history of a text: what, by whom, when and why."""

    words: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class HeldText:
    """A text held back beside the text in force for its source.

    `standing`: that text, empty where there is none; `runs`: the redline between them, None where they are hardly
    alike or too long; `likeness`: the share of the shorter one that both have, 0 to 1, None where not compared.
    """

    item: Quarantine
    read: ReadText | None
    standing: str
    runs: list[tuple[str, str]] | None
    likeness: float | None

    @property
    def standing_words(self) -> int:
        """How many words the text in force has."""
        return len(self.standing.split())

    @property
    def steps(self) -> list[Step]:
        """What was ruled and withdrawn, the earliest first."""
        words = {**dict(Ruling.choices), WITHDRAWN: "Ruling taken back"}
        return [
            Step(words[entry["ruling"]], entry["by"], datetime.fromisoformat(entry["at"]), entry["note"])
            for entry in self.item.history
        ]

    @property
    def is_same(self) -> bool:
        """Whether it has the very words of the text in force."""
        return self.read is not None and self.read.text == self.standing


def held_texts() -> QuerySet[Quarantine]:
    """All texts ever held back, the last seen first, with what a list of them shows.

    With `shown`, the fingerprint of the text read last from their source: where it is theirs, the page still shows
    them; and with `is_published`, whether a version rests on them.
    """
    read = Fetch.objects.filter(source=OuterRef("source"), snapshot__isnull=False)
    last = read.exclude(snapshot__fingerprint="").order_by("-at").values("snapshot__fingerprint")
    parts = Part.objects.filter(source=OuterRef("source"), fingerprint=OuterRef("fingerprint"))
    return (
        Quarantine.objects.filter(shown("source__document__platform__"))
        .select_related("source__document__platform", "source__last_good__blob", "snapshot__blob", "ruled_by")
        .annotate(shown=Subquery(last[:1]), is_published=Exists(parts))
        .order_by("-last_seen_at", "pk")
    )


def offered_texts() -> QuerySet[Quarantine]:
    """Those that keep coming, so that a curator decides whether they are real; the longest waiting first."""
    return held_texts().filter(ruling=Ruling.OFFERED).order_by("first_seen_at", "pk")


def waiting_texts() -> QuerySet[Quarantine]:
    """Those held back and not offered that their pages still show."""
    return _not_offered().filter(shown=F("fingerprint"), is_published=False)


def earlier_texts() -> QuerySet[Quarantine]:
    """Those held back and never ruled on, instead of which their pages show others now, or which became versions."""
    return _not_offered().exclude(shown=F("fingerprint"), is_published=False)


def _not_offered() -> QuerySet[Any]:
    # Any: the type of a row does not tell of its annotations.
    return held_texts().filter(ruling=Ruling.WAITING)


def ruled_texts() -> QuerySet[Quarantine]:
    """Those that a curator ruled on, the latest ruling first."""
    return held_texts().filter(ruling__in=[Ruling.ACCEPTED, Ruling.REJECTED]).order_by("-ruled_at", "pk")


def quarantine_counts() -> QuarantineCounts:
    """The counts of the counted platforms."""
    found = Quarantine.objects.filter(source__document__platform__in=counted_platforms())
    return QuarantineCounts(
        **found.aggregate(
            offered=Count("pk", filter=Q(ruling=Ruling.OFFERED)),
            held_back=Count("pk", filter=Q(ruling=Ruling.WAITING)),
        )
    )


def held_text(item: Quarantine) -> HeldText:
    """A text held back, read again from its stored bytes, and compared with the text in force."""
    read = text_read(item.snapshot)
    standing = _standing(item.source)
    if read is None or not standing or len(read.text) + len(standing) > _MOST_COMPARED:
        return HeldText(item, read, standing, None, None)
    runs = [(run.op, run.text) for run in redline(standing, read.text)]
    kept = sum(len(text) for op, text in runs if op == "=")
    likeness = kept / max(1, min(len(standing), len(read.text)))
    shown = excerpt(runs, _AROUND, _LONGEST) if likeness >= _HARDLY_ALIKE else None
    return HeldText(item, read, standing, shown, likeness)


def _standing(source: Source) -> str:
    """What the current version has from this source, or from the one whose place it took."""
    parts = Part.objects.filter(version=source.document.current_version_id).select_related(
        "version__packed_text__base", "source"
    )
    by_source = {part.source_id: part for part in parts}
    by_position = {part.source.position: part for part in by_source.values()}
    part = by_source.get(source.pk) or by_position.get(source.position)
    return part.version.text[part.start : part.end] if part else ""

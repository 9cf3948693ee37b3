"""One version: its text as a reader reads it, with every clause at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from clauses.core.periods import elapsed_in_words
from clauses.core.taxonomy import ClauseType
from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.clause_types import named_types
from clauses.queries.documents import change_sets_of
from clauses.queries.scope import shown
from clauses.queries.standing import PlacedClause, occurrences_of, placed_clauses
from monitor.core.blocks import CELL_SEPARATOR, Block
from monitor.models import CopyState, OutsideCopy, Part, Version

HEADING_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text: a heading, a clause, or words that are neither.

    `level` of a heading is 2 to 5, below the page's own; of a list item its depth from 1.
    """

    kind: str
    text: str
    level: int = 0
    anchor: str = ""
    clause: PlacedClause | None = None
    types: Sequence[ClauseType] = ()
    severity: SeverityLevel = SeverityLevel.NONE
    cells: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Everything the page of a version states. `is_analyzed`: its clauses are known."""

    version: Version
    passages: list[Passage]
    parts: list[Part]
    older: Version | None
    newer: Version | None
    change_set: ChangeSet | None
    next_change_set: ChangeSet | None
    is_analyzed: bool
    stood: str
    outside_copies: list[OutsideCopy]

    @property
    def clauses(self) -> list[Passage]:
        """The clauses."""
        return [passage for passage in self.passages if passage.clause]


def versions() -> QuerySet[Version]:
    """All versions with document and platform, and their texts."""
    found = Version.objects.filter(shown("document__platform__"))
    related = ("document__platform", "document__current_version", "returns_to")
    return found.select_related(*related, *Version.TEXTS)


def version_page(version: Version, at: datetime) -> VersionPage:
    """The page of a version as it stands at a moment."""
    found = occurrences_of(version).select_related("classification").prefetch_related("clause__labels")
    placed = placed_clauses(version, found)
    neighbors = {row.ordinal: row for row in _neighbors(version)}
    newer = neighbors.get(version.ordinal + 1)
    ended_at = newer.first_seen_at if newer else version.document.seen_until(at)
    change_sets = change_sets_of(version.document)
    return VersionPage(
        version=version,
        passages=list(_passages(version, placed or [])),
        parts=list(version.parts.select_related("source", "snapshot__blob").order_by("position")),
        older=neighbors.get(version.ordinal - 1),
        newer=newer,
        change_set=change_sets.filter(new_version=version).first(),
        next_change_set=change_sets.filter(old_version=version).first(),
        is_analyzed=placed is not None,
        stood=elapsed_in_words((ended_at - version.first_seen_at).total_seconds()),
        outside_copies=list(version.outside_copies.filter(state=CopyState.KEPT).order_by("pk")),
    )


def _neighbors(version: Version) -> QuerySet[Version]:
    ordinals = [version.ordinal - 1, version.ordinal + 1]
    return Version.objects.filter(document=version.document_id, ordinal__in=ordinals)


def _passages(version: Version, placed: Sequence[PlacedClause]) -> Iterator[Passage]:
    """The text from beginning to end: no word is left out, and none is shown twice."""
    waiting = list(placed)[::-1]
    done = 0
    headings = 0
    for block in version.blocks:
        if block.kind == "heading":
            headings += 1
            yield _heading(version, block, headings)
            done = block.end
            continue
        done = max(done, block.start)
        while waiting and waiting[-1].start < block.end:
            clause = waiting.pop()
            yield from _plain(version, block, done, clause.start)
            yield _clause(block, clause)
            done = max(done, clause.end)
        yield from _plain(version, block, done, block.end)


def _heading(version: Version, block: Block, count: int) -> Passage:
    level = min(block.level or 1, HEADING_LEVELS) + 1
    return Passage("heading", version.text[block.start : block.end], level, anchor=f"section-{count}")


def _plain(version: Version, block: Block, start: int, end: int) -> Iterator[Passage]:
    words = version.text[start:end].strip()
    if words:
        yield Passage(block.kind, words, block.level, cells=_cells(block, words))


def _clause(block: Block, clause: PlacedClause) -> Passage:
    occurrence = clause.occurrence
    record = occurrence.clause
    is_present = record.current_id == occurrence.pk
    read = occurrence.classification
    slugs = [label.type for label in record.labels.all()] if is_present else read.slugs
    severity = record.severity if is_present else read.severity
    return Passage(
        kind=block.kind,
        text=clause.text,
        level=block.level,
        anchor=clause.anchor,
        clause=clause,
        types=named_types(slugs),
        severity=SeverityLevel(severity),
        cells=_cells(block, clause.text),
    )


def _cells(block: Block, words: str) -> list[str]:
    return words.split(CELL_SEPARATOR) if block.kind == "row" else []

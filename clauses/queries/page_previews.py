"""A page that is not watched yet, as its text and clauses would be read, and what on record is like it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge

from django.db.models import Count

from clauses.core.classify import has_say
from clauses.core.read import read_clause
from clauses.core.segment import segment
from clauses.core.values import Passage
from clauses.models import Occurrence
from clauses.models.choices import SeverityLevel
from clauses.site_taxonomy import taxonomy_in_force
from monitor.core.blocks import Extract
from monitor.core.declaration import same_address
from monitor.core.effective_date import find_effective_date
from monitor.models import Document, Source

# With this share of its clauses word for word in a document, a page is likely the same terms.
_LIKE_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class PreviewPassage:
    """A heading, or a clause with the types and the severity that a first reading gives."""

    start: int
    text: str
    level: int = 0
    types: tuple[str, ...] = ()
    severity: SeverityLevel = SeverityLevel.NONE


@dataclass(frozen=True, slots=True)
class SimilarDocument:
    """A watched document that may be the same. `percent` of the page's clauses stand in it, word for word."""

    document: Document
    is_same_address: bool
    percent: int


@dataclass(frozen=True, slots=True)
class PagePreview:
    """The headings and clauses of a text in reading order, and the watched documents that may be the same."""

    passages: list[PreviewPassage]
    similar: list[SimilarDocument]


def page_preview(url: str, extract: Extract) -> PagePreview:
    """What a text at an address would be on record."""
    clauses = segment(extract.text, extract.blocks)
    return PagePreview(_passages(extract, clauses), _similar(url, clauses))


def _passages(extract: Extract, clauses: Sequence[Passage]) -> list[PreviewPassage]:
    headings = (
        PreviewPassage(block.start, extract.text[block.start : block.end], block.level)
        for block in extract.blocks
        if block.kind == "heading"
    )
    return list(merge(headings, _read(extract, clauses), key=lambda passage: passage.start))


def _similar(url: str, clauses: Sequence[Passage]) -> list[SimilarDocument]:
    """Watched documents that read the same address or hold a good share of the same clauses, the likest first."""
    shares = _shares(clauses)
    address = same_address(url)
    readers = {
        document
        for document, known in Source.objects.filter(document__platform__is_sample=False).values_list(
            "document", "url"
        )
        if same_address(known) == address
    }
    keys = readers | {key for key, share in shares.items() if share >= _LIKE_SHARE}
    found = Document.objects.filter(pk__in=keys, platform__incoming_for__isnull=True).select_related(
        "platform"
    )
    similar = [
        SimilarDocument(document, document.pk in readers, round(100 * shares.get(document.pk, 0.0)))
        for document in found
    ]
    return sorted(similar, key=lambda one: (not one.is_same_address, -one.percent, one.document.number))


def _read(extract: Extract, clauses: Sequence[Passage]) -> Iterator[PreviewPassage]:
    taxonomy = taxonomy_in_force()
    effective_on = find_effective_date(extract.text)
    for passage in clauses:
        read = read_clause(passage, taxonomy, effective_on)
        types = tuple(match.slug for match in read.types if has_say(match))
        yield PreviewPassage(
            passage.start, passage.text, types=types, severity=SeverityLevel[read.severity.upper()]
        )


def _shares(passages: Sequence[Passage]) -> dict[int, float]:
    """Which share of these clauses stands today in which document."""
    keys = {passage.sha256 for passage in passages}
    if not keys:
        return {}
    standing = Occurrence.objects.filter(
        wording__sha256__in=keys, last_version__isnull=True, clause__document__platform__is_sample=False
    )
    counts = standing.values_list("clause__document").annotate(Count("wording", distinct=True))
    return {document: count / len(keys) for document, count in counts}

"""A version's clauses as plain values: segmented, and classified only where the wording is new in its context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from clauses.core.read import read_clause
from clauses.core.segment import segment
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import Classification as ReadClassification
from clauses.core.values import Fact, Passage, ReadClause
from clauses.models import Analysis, Classification, Occurrence, ReadFact, Wording
from clauses.models.choices import SeverityLevel
from monitor.models import Version

_CHUNK = 500
Key = tuple[str, str]


def passages(version: Version) -> tuple[Passage, ...]:
    """The clauses of a version's text, in reading order."""
    return segment(version.text, version.blocks)


def stored_clauses(version: Version) -> tuple[list[ReadClause], list[Occurrence]]:
    """The clauses of an analyzed version as they were read, and the occurrences they are."""
    layout = Analysis.objects.get(version=version).layout
    by_key = _occurrences([key for key, _, _ in layout])
    occurrences = [by_key[key] for key, _, _ in layout]
    clauses = [
        ReadClause(
            Passage(
                index=index,
                start=start,
                end=end,
                text=version.text[start:end],
                heading_path=tuple(occurrence.heading_path),
                intro=occurrence.intro,
                header=tuple(occurrence.header),
            ),
            occurrence.classification.value(),
        )
        for index, ((_, start, end), occurrence) in enumerate(zip(layout, occurrences, strict=True))
    ]
    return clauses, occurrences


def _occurrences(keys: Sequence[int]) -> dict[int, Occurrence]:
    """The occurrences of these keys, with what is read of them: as many as stand in a version, whatever its history."""
    rows = Occurrence.objects.select_related("wording", "classification", "clause")
    rows = rows.prefetch_related("classification__facts")
    found: dict[int, Occurrence] = {}
    for start in range(0, len(keys), _CHUNK):
        found |= rows.in_bulk(keys[start : start + _CHUNK])
    return found


def read_passages(found: Sequence[Passage], taxonomy: Taxonomy) -> list[ReadClause]:
    """Classify passages, each distinct wording in its context once, and none that is stored already."""
    known = _stored_classifications(found, taxonomy.version)
    clauses = []
    for passage in found:
        key = (passage.sha256, passage.context_sha256)
        if key not in known:
            known[key] = read_clause(passage, taxonomy)
        clauses.append(ReadClause(passage, known[key]))
    return clauses


def _stored_classifications(found: Iterable[Passage], taxonomy_version: str) -> dict[Key, ReadClassification]:
    hashes = sorted({passage.sha256 for passage in found})
    known: dict[Key, ReadClassification] = {}
    for start in range(0, len(hashes), _CHUNK):
        rows = Classification.objects.filter(
            wording__sha256__in=hashes[start : start + _CHUNK], taxonomy_version=taxonomy_version
        )
        for row in rows.select_related("wording").prefetch_related("facts"):
            known[row.wording.sha256, row.context_sha256] = row.value()
    return known


def store_readings(clauses: Sequence[ReadClause], taxonomy_version: str) -> dict[Key, Classification]:
    """Store the wordings and classifications that are new. The rows of all of them, by wording and context key."""
    wordings = _store_wordings(clauses)
    rows: dict[Key, Classification] = {}
    for start in range(0, len(clauses), _CHUNK):
        keys = [clause.passage.sha256 for clause in clauses[start : start + _CHUNK]]
        stored = Classification.objects.filter(wording__sha256__in=keys, taxonomy_version=taxonomy_version)
        rows |= {(row.wording.sha256, row.context_sha256): row for row in stored.select_related("wording")}
    for clause in clauses:
        key = (clause.passage.sha256, clause.passage.context_sha256)
        if key not in rows:
            rows[key] = _store_classification(
                wordings[key[0]], key[1], clause.classification, taxonomy_version
            )
    return rows


def _store_wordings(clauses: Sequence[ReadClause]) -> dict[str, Wording]:
    texts = {clause.passage.sha256: clause.passage.text for clause in clauses}
    Wording.objects.bulk_create(
        (Wording(sha256=key, text=text) for key, text in texts.items()),
        ignore_conflicts=True,
        batch_size=_CHUNK,
    )
    keys = list(texts)
    found: dict[str, Wording] = {}
    for start in range(0, len(keys), _CHUNK):
        rows = Wording.objects.filter(sha256__in=keys[start : start + _CHUNK])
        found |= {row.sha256: row for row in rows}
    return found


def _store_classification(
    wording: Wording, context: str, read: ReadClassification, taxonomy_version: str
) -> Classification:
    row = Classification.objects.create(
        wording=wording,
        context_sha256=context,
        taxonomy_version=taxonomy_version,
        types=[asdict(match) for match in read.types],
        severity=SeverityLevel[read.severity.upper()],
        confidence=read.confidence,
        reasons=[asdict(reason) for reason in read.reasons],
    )
    ReadFact.objects.bulk_create(_fact_row(row, fact) for fact in read.facts)
    return row


def _fact_row(row: Classification, fact: Fact) -> ReadFact:
    normalized = fact.normalized
    return ReadFact(
        classification=row,
        kind=fact.kind,
        value=fact.value[:120],
        unit=fact.unit[:24],
        normalized="" if normalized is None else str(normalized)[:24],
        subject=fact.subject[:300],
        condition=fact.condition[:300],
        quote=fact.quote,
        start=fact.start,
        end=fact.end,
    )

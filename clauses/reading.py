"""A version's clauses as plain values: segmented, and classified only where the wording is new in its context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace

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
    by_key = _occurrences([key for key, *_ in layout])
    placed = [(by_key[key], start, end, number) for key, start, end, number in layout]
    readings = {row.classification_id: row.classification.value() for row in by_key.values()}
    return as_read(version.text, placed, readings), [occurrence for occurrence, *_ in placed]


def as_read(
    text: str,
    placed: Iterable[tuple[Occurrence, int, int, str]],
    readings: Mapping[int, ReadClassification],
) -> list[ReadClause]:
    """The clauses of a text: each by its occurrence, start, end and number, with the reading of its key."""
    return [
        ReadClause(
            Passage(
                index=index,
                start=start,
                end=end,
                text=text[start:end],
                heading_path=tuple(occurrence.heading_path),
                intro=occurrence.intro,
                header=tuple(occurrence.header),
                number=number,
            ),
            readings[occurrence.classification_id],
        )
        for index, (occurrence, start, end, number) in enumerate(placed)
    ]


def readings_of(occurrences: Iterable[Occurrence]) -> dict[int, ReadClassification]:
    """What was read of occurrences, by the key of the reading: each once, however many texts it stands in."""
    keys = sorted({row.classification_id for row in occurrences})
    found: dict[int, ReadClassification] = {}
    for start in range(0, len(keys), _CHUNK):
        chosen = keys[start : start + _CHUNK]
        facts: dict[int, list[ReadFact]] = {}
        for fact in ReadFact.objects.filter(classification__in=chosen):
            facts.setdefault(fact.classification_id, []).append(fact)
        rows = Classification.objects.in_bulk(chosen)
        found |= {key: row.value(facts.get(key, ())) for key, row in rows.items()}
    return found


def layout_of(
    occurrences: Sequence[Occurrence], clauses: Sequence[ReadClause]
) -> list[tuple[int, int, int, str]]:
    """Where each clause of a version stands, as an analysis keeps it: occurrence key, start, end and number.

    The number is of the version: the same occurrence has another one where a section was put before it.
    """
    return [
        (occurrence.pk, clause.passage.start, clause.passage.end, clause.passage.number)
        for occurrence, clause in zip(occurrences, clauses, strict=True)
    ]


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
    unread = [passage for passage in found if (passage.sha256, passage.context_sha256) not in known]
    texts = _texts(unread)
    for passage in unread:
        key = (passage.sha256, passage.context_sha256)
        if key not in known:
            # Its evidence must stand in the stored words, which may differ from these in a glyph or a space.
            known[key] = read_clause(replace(passage, text=texts[passage.sha256]), taxonomy)
    return [ReadClause(passage, known[passage.sha256, passage.context_sha256]) for passage in found]


def _texts(found: Sequence[Passage]) -> dict[str, str]:
    """The words that stand for each wording: the stored ones, else those of the first passage that has it."""
    texts: dict[str, str] = {}
    for passage in found:
        texts.setdefault(passage.sha256, passage.text)
    return texts | {key: row.text for key, row in _stored_wordings(list(texts)).items()}


def _stored_wordings(keys: Sequence[str]) -> dict[str, Wording]:
    stored: dict[str, Wording] = {}
    for start in range(0, len(keys), _CHUNK):
        rows = Wording.objects.filter(sha256__in=keys[start : start + _CHUNK])
        stored |= {row.sha256: row for row in rows}
    return stored


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
    readings = {
        (clause.passage.sha256, clause.passage.context_sha256): clause.classification for clause in clauses
    }
    fresh = {key: read for key, read in readings.items() if key not in rows}
    return rows | _store_classifications(fresh, wordings, taxonomy_version)


def _store_wordings(clauses: Sequence[ReadClause]) -> dict[str, Wording]:
    texts = _texts([clause.passage for clause in clauses])
    Wording.objects.bulk_create(
        (Wording(sha256=key, text=text) for key, text in texts.items()),
        ignore_conflicts=True,
        batch_size=_CHUNK,
    )
    return _stored_wordings(list(texts))


def _store_classifications(
    readings: Mapping[Key, ReadClassification], wordings: Mapping[str, Wording], taxonomy_version: str
) -> dict[Key, Classification]:
    rows = [
        Classification(
            wording=wordings[wording],
            context_sha256=context,
            taxonomy_version=taxonomy_version,
            types=[asdict(match) for match in read.types],
            severity=SeverityLevel[read.severity.upper()],
            confidence=read.confidence,
            reasons=[reason.row for reason in read.reasons],
        )
        for (wording, context), read in readings.items()
    ]
    stored = Classification.objects.bulk_create(rows, batch_size=_CHUNK)
    facts = (
        _fact_row(row, fact)
        for row, read in zip(stored, readings.values(), strict=True)
        for fact in read.facts
    )
    ReadFact.objects.bulk_create(facts, batch_size=_CHUNK)
    return dict(zip(readings, stored, strict=True))


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

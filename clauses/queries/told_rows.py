"""Clauses, their figures and change sets as rows of a file: all that the filters of a list let through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import prefetch_related_objects

from clauses.models import ChangeSet, Clause
from clauses.models.choices import SeverityLevel
from clauses.queries.adoption import clauses_at
from clauses.queries.changes import ChangeFilter, filtered_changes, keys_of, with_keys
from clauses.queries.record_law_twin import fact_twin
from clauses.queries.registry import Registry, Wanted
from clauses.queries.twins import Json, public_url, written

CLAUSE_COLUMNS = (
    "record",
    "url",
    "platform",
    "document",
    "document_type",
    "language",
    "types",
    "severity",
    "confidence",
    "since",
    "heading",
    "text",
)
FACT_COLUMNS = (
    "record",
    "url",
    "platform",
    "document",
    "kind",
    "value",
    "unit",
    "normalized",
    "subject",
    "condition",
    "quote",
    "start",
    "end",
)
_COUNTED = ("added", "removed", "modified", "moved", "renumbered", "split", "merged", "unchanged")
CHANGE_COLUMNS = (
    "change_set",
    "url",
    "platform",
    "document",
    "document_type",
    "detected_at",
    "effective_on",
    "from",
    "to",
    "kind",
    "severity",
    "direction",
    "adverse",
    "favorable",
    "types",
    "headline",
    *_COUNTED,
    "rubric_version",
)
_AT_A_TIME = 500
_Row = TypeVar("_Row")


def clauses_told(wanted: Wanted) -> Iterator[Json]:
    """Every standing clause that matches, under CLAUSE_COLUMNS."""
    for clause in _clauses(wanted):
        assert clause.current
        yield _place(clause) | {
            "document_type": clause.document.type,
            "language": clause.document.language,
            "types": [label.type for label in clause.labels.all()],
            "severity": SeverityLevel(clause.severity).word,
            "confidence": clause.confidence,
            "since": written(clause.current.first_version.first_seen_at),
            "heading": " › ".join(clause.current.heading_path),
            "text": clause.current.wording.text,
        }


def facts_told(wanted: Wanted) -> Iterator[Json]:
    """Every figure of every standing clause that matches, under FACT_COLUMNS; `start` and `end` in its text."""
    for clause in _clauses(wanted, "current__classification__facts"):
        assert clause.current
        for fact in clause.current.classification.facts.all():
            yield _place(clause) | fact_twin(fact)


def changes_told(asked: ChangeFilter) -> Iterator[Json]:
    """Every change set that the filter lets through, under CHANGE_COLUMNS, newest first."""
    found = filtered_changes(asked)
    for keys in _some(keys_of(found).iterator(chunk_size=_AT_A_TIME)):
        yield from map(_change_set, with_keys(found, keys))


def _clauses(wanted: Wanted, *related: str) -> Iterator[Clause]:
    for positions in _some(Registry(wanted).every_position()):
        found = clauses_at(positions)
        prefetch_related_objects(list(found.values()), *related)
        yield from (found[position] for position in positions if position in found)


def _place(clause: Clause) -> Json:
    return {
        "record": clause.public_id,
        "url": public_url("record", clause.number),
        "platform": clause.document.platform.slug,
        "document": clause.document.slug,
    }


def _change_set(row: ChangeSet) -> Json:
    told = {
        "change_set": row.public_id,
        "url": public_url("change-set", row.number),
        "platform": row.document.platform.slug,
        "document": row.document.slug,
        "document_type": row.document.type,
        "detected_at": written(row.detected_at),
        "effective_on": written(row.effective_on),
        "from": row.old_version.public_id,
        "to": row.new_version.public_id,
        "kind": row.kind,
        "severity": SeverityLevel(row.severity).word,
        "direction": row.direction,
        "adverse": SeverityLevel(row.adverse).word,
        "favorable": SeverityLevel(row.favorable).word,
        "types": sorted(changed.type for changed in row.changed_types.all()),
        "headline": row.headline,
        "rubric_version": row.rubric_version,
    }
    return told | {kind: row.counts.get(kind, 0) for kind in _COUNTED}


def _some(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """The rows in lists of some hundred."""
    left = iter(rows)
    while found := list(islice(left, _AT_A_TIME)):
        yield found

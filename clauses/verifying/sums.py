"""Whether rows have the checksums of what they say: read many at once, for there are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from clauses.models import (
    Change,
    ChangedType,
    ChangeEvent,
    ChangeRuling,
    ChangeSet,
    Classification,
    Clause,
    Commentary,
    Decision,
    EarlierRating,
    Label,
    Occurrence,
    ReadFact,
    Wording,
)
from clauses.verifying.scope import Scope
from monitor.models import Document, Fetch, Part, Platform, Snapshot, Source, Version
from monitor.verifying.finding import Finding
from monitor.verifying.row_sums import check_row_sum, checked_models

_CHUNK = 500
Rows = QuerySet[Any]


def all_rows() -> list[Rows]:
    """Every row with a checksum, by table."""
    return [model._base_manager.order_by() for model in checked_models()]


def rows_of(scope: Scope) -> list[Rows]:
    """The rows with a checksum that records rest on or that are told of them, by table."""
    versions = Version.objects.filter(scope.of_versions)
    change_sets = ChangeSet.objects.filter(scope.of_change_sets)
    clauses = Clause.objects.filter(document__in=scope.chains)
    occurrences = Occurrence.objects.filter(clause__in=clauses)
    read = Classification.objects.filter(pk__in=occurrences.values("classification"))
    sources = Source.objects.filter(document__in=scope.chains)
    rows: list[Rows] = [
        Platform.everything.filter(pk__in=Document.objects.filter(pk__in=scope.chains).values("platform")),
        Document.objects.filter(pk__in=scope.chains),
        sources,
        Fetch.objects.filter(source__in=sources),
        Snapshot.objects.filter(scope.of_snapshots),
        versions,
        Part.objects.filter(version__in=versions),
        clauses,
        occurrences,
        Wording.objects.filter(pk__in=occurrences.values("wording")),
        read,
        ReadFact.objects.filter(classification__in=read),
        *(model.objects.filter(clause__in=clauses) for model in (Label, Decision, Commentary)),
        change_sets,
        *(model.objects.filter(change_set__in=change_sets) for model in _OF_CHANGE_SETS),
        ChangeEvent.objects.filter(change_set__in=change_sets.values("number")),
    ]
    return [some.order_by() for some in rows]


_OF_CHANGE_SETS: tuple[type[Any], ...] = (Change, ChangedType, EarlierRating, ChangeRuling)


def check_sums(tables: Iterable[Rows]) -> Iterator[list[Finding]]:
    """What does not hold, a list for each row."""
    for rows in tables:
        for keys in _keys(rows):
            yield from _check(rows, keys)


def _keys(rows: Rows) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for key in rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_CHUNK):
        chunk.append(key)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    yield chunk


def _check(rows: Rows, keys: Sequence[Any]) -> Iterator[list[Finding]]:
    plain = rows.model._base_manager.order_by()
    try:
        doubtful = {row.pk for row in plain.filter(pk__in=keys) if any(check_row_sum(row))}
    except Exception:
        # One that cannot be read must not hide what else is damaged.
        doubtful = set(keys)
    # At a second look too: a site goes on recording while it is checked.
    yield from (_check_one(plain, key) if key in doubtful else [] for key in keys)


def _check_one(plain: Rows, key: Any) -> list[Finding]:
    try:
        return [finding for row in plain.filter(pk=key) for finding in check_row_sum(row)]
    except Exception as error:
        name = f"{plain.model._meta.verbose_name} {key}"
        return [Finding(name, f"it cannot be read: {type(error).__name__}")]

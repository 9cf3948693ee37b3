"""Clauses, figures and changes as CSV and JSON lines, with the filters of their lists.

For people who are signed in: of a whole archive they are minutes of work. `kind` is csv or jsonl.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from clauses.forms.changes import ChangeFilterForm
from clauses.forms.registry import RegistryForm
from clauses.forms.understood import understood
from clauses.queries.adoption import type_shares
from clauses.queries.like_documents import choices
from clauses.queries.registry import Wanted
from clauses.queries.told_rows import (
    CHANGE_COLUMNS,
    CLAUSE_COLUMNS,
    FACT_COLUMNS,
    changes_told,
    clauses_told,
    facts_told,
)
from clauses.queries.twins import Json
from clauses.site_taxonomy import taxonomy_in_force
from clauses.views.csv_file import csv_file, file_of_lines


@require_safe
def clauses_file(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Every standing clause that the filters of the registry let through."""
    return _file("clauses", kind, CLAUSE_COLUMNS, clauses_told(_wanted(request)))


@require_safe
def facts_file(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Every figure of these clauses."""
    return _file("facts", kind, FACT_COLUMNS, facts_told(_wanted(request)))


@require_safe
def changes_file(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Every change set that the filters of the list of changes let through."""
    asked = understood(ChangeFilterForm(request.GET)).asked()
    return _file("changes", kind, CHANGE_COLUMNS, changes_told(asked))


def _wanted(request: HttpRequest) -> Wanted:
    types = dict.fromkeys([*taxonomy_in_force().types, *type_shares()])
    return understood(RegistryForm(request.GET, choices=choices(), types=types)).wanted()


def _file(name: str, kind: str, columns: Sequence[str], told: Iterable[Json]) -> StreamingHttpResponse:
    if kind == "csv":
        return csv_file(f"{name}.csv", columns, (_cells(row, columns) for row in told))
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in told)
    return file_of_lines(f"{name}.jsonl", "application/jsonl", lines)


def _cells(row: Json, columns: Sequence[str]) -> Iterator[object]:
    for column in columns:
        value = row[column]
        yield " ".join(value) if isinstance(value, list) else value

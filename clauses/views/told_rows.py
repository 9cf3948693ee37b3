"""Clauses, figures and changes as CSV and JSON lines, with the filters of their lists.

For people who are signed in: of a whole archive they are minutes of work. `kind` is csv or jsonl.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from clauses.forms.changes import ChangeFilterForm
from clauses.forms.registry import registry_form
from clauses.forms.understood import nothing_else, understood
from clauses.queries.adoption import types_in_use
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
from clauses.views.row_files import cells, csv_file, jsonl_file


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
    asked = understood(nothing_else(ChangeFilterForm(request.GET))).asked()
    return _file("changes", kind, CHANGE_COLUMNS, changes_told(asked))


def _wanted(request: HttpRequest) -> Wanted:
    return understood(nothing_else(registry_form(request.GET, types_in_use()))).wanted()


def _file(name: str, kind: str, columns: Sequence[str], told: Iterable[Json]) -> StreamingHttpResponse:
    if kind == "csv":
        return csv_file(f"{name}.csv", columns, (cells(row, columns) for row in told))
    return jsonl_file(f"{name}.jsonl", told)

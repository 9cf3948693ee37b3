"""Rows as a file, sent line by line: a table, or JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.http import StreamingHttpResponse

from clauses.core.csv_cell import csv_cell


class _Line:
    """What csv writes into: hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """A download of these rows under their column names, with no cell that a spreadsheet takes for a formula."""
    return _file(name, "text/csv", _lines(columns, rows))


def jsonl_file(name: str, told: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """A download of these rows as JSON, one a line."""
    return _file(name, "application/jsonl", (json.dumps(row, ensure_ascii=False) + "\n" for row in told))


def cells(row: Mapping[str, Any], columns: Sequence[str]) -> Iterator[object]:
    """A row as it stands under its column names; what is a list has spaces between."""
    for column in columns:
        value = row[column]
        yield " ".join(value) if isinstance(value, list) else value


def _file(name: str, media_type: str, lines: Iterable[str]) -> StreamingHttpResponse:
    """A download of these lines, as UTF-8."""
    answer = StreamingHttpResponse(lines, content_type=f"{media_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _lines(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([csv_cell(value) for value in row])

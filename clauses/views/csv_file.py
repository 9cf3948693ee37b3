"""A table as a file, sent line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

from clauses.core.csv_cell import csv_cell


class _Line:
    """What csv writes into: hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """A download of these rows under their column names, with no cell that a spreadsheet takes for a formula."""
    return file_of_lines(name, "text/csv", _lines(columns, rows))


def file_of_lines(name: str, media_type: str, lines: Iterable[str]) -> StreamingHttpResponse:
    """A download of these lines, as UTF-8."""
    answer = StreamingHttpResponse(lines, content_type=f"{media_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _lines(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([csv_cell(value) for value in row])

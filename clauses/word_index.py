"""Writing the index of words: FTS5 on SQLite, a `tsvector` with a GIN index on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from clauses.core.search_syntax import EVERY, tsvector

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a listed clause, and its marks."""

    position: int
    heading: Sequence[str]
    names: Sequence[str]
    body: Sequence[str]
    marks: Sequence[str]


def drop_unlisted_words() -> None:
    """Take everything out of the index that is under the position of no listed clause."""
    statement = f"DELETE FROM clauses_words WHERE {_key()} NOT IN (SELECT position FROM clauses_listedclause)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement)


def drop_words(positions: Sequence[int]) -> None:
    """Take clauses out of the index."""
    key = _key()
    with connection.cursor() as cursor:
        for start in range(0, len(positions), _CHUNK):
            chunk = positions[start : start + _CHUNK]
            places = ", ".join(["%s"] * len(chunk))
            cursor.execute(f"DELETE FROM clauses_words WHERE {key} IN ({places})", chunk)  # noqa: S608


def _key() -> str:
    return "rowid" if connection.vendor == "sqlite" else "position"


def add_words(rows: Iterable[Words]) -> None:
    """Put clauses into the index, in place of what stood there under their positions."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT OR REPLACE INTO clauses_words (rowid, body, heading, names, marks)"
                " VALUES (%s, %s, %s, %s, %s)",
                [
                    (row.position, *map(" ".join, (row.body, row.heading, row.names, [*row.marks, EVERY])))
                    for row in rows
                ],
            )
        else:
            cursor.executemany(
                "INSERT INTO clauses_words (position, words) VALUES (%s, %s::tsvector)"
                " ON CONFLICT (position) DO UPDATE SET words = excluded.words",
                [(row.position, tsvector(row.heading, row.names, row.body, row.marks)) for row in rows],
            )

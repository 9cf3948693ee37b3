"""Clauses by their words: asked of FTS5 on SQLite, of a `tsvector` with a GIN index on PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from clauses.core.search_syntax import document_mark, fts5_query, tsquery, type_mark
from clauses.core.search_words import Search
from clauses.models.listing import positions_of

# Documents in larger numbers are looked up hit by hit: so many hits are of one of them that few are looked at.
_MOST_MARKS = 200
# Words of the heading count most, then the names of types. bm25 is the smaller the better.
_FTS5_RANK = "bm25(clauses_words, 1.0, 4.0, 2.0, 0.0)"
_POSTGRESQL_RANK = "-ts_rank('{0.1, 0.1, 0.3, 1}', w.words, %s::tsquery)"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Among which clauses is searched. None and empty: among all. `left_out` are documents, too, and few."""

    documents: Collection[int] | None = None
    left_out: Collection[int] = ()
    types: Sequence[str] = ()
    severity: int | None = None
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """The position of a listed clause. `distance` is the smaller the more relevant it is; 0 where nobody asked."""

    position: int
    distance: float = 0.0


def hits(search: Search, among: Narrowed, most: int, *, with_relevance: bool = False) -> list[Hit]:
    """The clauses that match, at most so many, the most severe first. One query at most; any search is a valid one."""
    if search.is_contradiction or (among.documents is not None and not among.documents):
        return []
    is_sqlite = connection.vendor == "sqlite"
    key = "w.rowid" if is_sqlite else "w.position"
    # PostgreSQL knows how many clauses the documents have, and goes by them; SQLite by marks in its index of words.
    has_marks = is_sqlite and among.documents is not None and len(among.documents) <= _MOST_MARKS
    marks = _marks(among, has_marks=has_marks)
    asked = fts5_query(search, marks) if is_sqlite else tsquery(search, marks)
    matches = "clauses_words MATCH %s" if is_sqlite else "w.words @@ %s::tsquery"
    rank = "0" if not with_relevance else _FTS5_RANK if is_sqlite else _POSTGRESQL_RANK
    conditions, parameters = _conditions(among, key)
    if among.documents is not None and not has_marks:
        # The plus keeps SQLite from going document by document.
        column = "+l.document_id" if is_sqlite else "l.document_id"
        conditions.append(f"{column} IN ({', '.join(['%s'] * len(among.documents))})")
        parameters += sorted(among.documents)
    statement = (
        f"SELECT {key}, {rank} FROM clauses_words w"  # noqa: S608
        f" JOIN clauses_listedclause l ON l.position = {key}"
        f" WHERE {' AND '.join([matches, *conditions])} ORDER BY {key} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*([asked] if "%s" in rank else []), asked, *parameters, most])
        return [Hit(position, float(distance)) for position, distance in cursor.fetchall()]


def _marks(among: Narrowed, *, has_marks: bool) -> list[list[str]]:
    marks = [[type_mark(slug) for slug in among.types]] if among.types else []
    if among.documents is not None and has_marks:
        marks.append([document_mark(key) for key in sorted(among.documents)])
    return marks


def _conditions(among: Narrowed, key: str) -> tuple[list[str], list[Any]]:
    """Conditions beyond the words, with their parameters. What they say is ours: readers give parameters only."""
    conditions: list[str] = []
    parameters: list[Any] = []
    if among.severity is not None:
        conditions.append(f"{key} BETWEEN %s AND %s")
        parameters += positions_of(among.severity)
    if among.confidence:
        conditions.append("l.confidence = %s")
        parameters.append(among.confidence)
    if among.left_out:
        conditions.append(f"l.document_id NOT IN ({', '.join(['%s'] * len(among.left_out))})")
        parameters += sorted(among.left_out)
    return conditions, parameters

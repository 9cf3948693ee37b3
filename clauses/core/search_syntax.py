"""A search as the two databases are asked for it: FTS5's query language, and PostgreSQL's `tsquery`.

Words are letters and digits only (`search_words.folded_words`), so nothing in them needs to be escaped. Marks are
words of ours that stand in no text: "d12" for a document, "tdataretention" for a type. In FTS5 they have a column of
their own; in a `tsvector` they begin with a sign that no word holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clauses.core.search_words import Search, Term

EVERY = "every"
_SIGN = "#"
# Between heading, names and body, so that no phrase reaches from one into the next.
_GAP = 10
_LAST_POSITION = 16_383


def document_mark(key: int) -> str:
    """The mark of a document's clauses."""
    return f"d{key}"


def type_mark(slug: str) -> str:
    """The mark of a type's clauses. Two types whose names differ by an underscore only would share it."""
    return f"t{slug.replace('_', '').replace('-', '').lower()}"


def fts5_query(search: Search, marks: Sequence[Sequence[str]] = ()) -> str:
    """The search for a table with the columns body, heading, names and marks: one mark of every group."""
    wanted = [f"marks : ({' OR '.join(map(_quoted, group))})" for group in marks]
    if search.groups:
        asked = " AND ".join(f"({' OR '.join(map(_fts5_term, group))})" for group in search.groups)
        wanted.append(f"{{body heading names}} : ({asked})")
    query = " AND ".join(wanted or [f"marks : {_quoted(EVERY)}"])
    if search.excluded:
        unwanted = " OR ".join(map(_fts5_term, search.excluded))
        return f"({query}) NOT ({{body heading names}} : ({unwanted}))"
    return query


def _fts5_term(term: Term) -> str:
    return _quoted(" ".join(term.words)) + (" *" if term.is_prefix else "")


def _quoted(words: str) -> str:
    return f'"{words}"'


def tsquery(search: Search, marks: Sequence[Sequence[str]] = ()) -> str:
    """The search as the text of a `tsquery`."""
    parts = [_any(f"'{_SIGN}{mark}'" for mark in group) for group in marks]
    parts += [_any(map(_ts_term, group)) for group in search.groups]
    parts += [f"!{_ts_term(term)}" for term in search.excluded]
    return " & ".join(parts) if parts else f"'{_SIGN}{EVERY}'"


def _any(parts: Iterable[str]) -> str:
    return f"({' | '.join(parts)})"


def _ts_term(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    return f"({' <-> '.join(words)}{':*' if term.is_prefix else ''})"


def tsvector(heading: Sequence[str], names: Sequence[str], body: Sequence[str], marks: Iterable[str]) -> str:
    """The text of a `tsvector`. Words of the heading weigh most, then those of the names of types."""
    placed: list[str] = []
    at = 0
    for words, weight in ((heading, "A"), (names, "B"), (body, "")):
        for word in words:
            at = min(at + 1, _LAST_POSITION)
            placed.append(f"'{word}':{at}{weight}")
        at += _GAP
    return " ".join([*placed, *(f"'{_SIGN}{mark}'" for mark in [*marks, EVERY])])

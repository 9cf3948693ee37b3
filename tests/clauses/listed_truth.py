"""What the lists are to say, worked out from the clauses alone: the slow way, for tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection

from clauses.core.search_words import folded_words
from clauses.models import Clause, ListedClause, ListedFigure, ListedType, TypeCount
from clauses.models.listing import position_of
from clauses.site_taxonomy import taxonomy_in_force

_LISTED = ("position", "clause", "document", "severity", "confidence", "points", "since")
_TYPES = ("listed", "type", "rank", "document", "points", "since")
_FIGURES = ("listed", "type", "document", "kind", "value", "unit", "amount")


def truth() -> dict[str, Any]:
    """Everything that is to be listed."""
    clauses = list(Clause.objects.standing().filter(current__isnull=False))
    found: dict[str, Any] = {"clauses": [], "types": [], "figures": [], "words": {}}
    counts: Counter[tuple[int, str, int]] = Counter()
    for clause in clauses:
        assert clause.current
        place, document = position_of(clause.severity, clause.number), clause.document_id
        reading, since = clause.current.classification, clause.current.first_version.first_seen_at
        ranks = {label.type: label.rank for label in clause.labels.all()}
        for slug in ("", *ranks):
            counts[document, slug, clause.severity] += 1
        row = (place, clause.pk, document, clause.severity, clause.confidence, reading.points, since)
        found["clauses"].append(row)
        found["types"] += [(place, *one, document, reading.points, since) for one in ranks.items()]
        found["figures"] += [
            (place, slug, document, fact.kind, fact.value, fact.unit, _amount(fact.normalized))
            for fact in reading.facts.all()
            for slug in ("", *ranks)
        ]
        found["words"][place] = _words(clause, ranks)
    return {**_in_order(found), "counts": dict(counts)}


def _amount(normalized: str) -> float | None:
    try:
        return float(normalized)
    except ValueError:
        return None


def _words(clause: Clause, slugs: Iterable[str]) -> set[str]:
    assert clause.current
    known = taxonomy_in_force().types
    names = [known[slug].name for slug in slugs if slug in known]
    marks = [f"d{clause.document_id}", "every", *(f"t{slug.replace('_', '')}" for slug in slugs)]
    texts = [clause.current.wording.text, clause.current.heading, *names]
    return {f"#{mark}" for mark in marks} | {word for text in texts for word in folded_words(text)}


def _in_order(found: dict[str, Any]) -> dict[str, Any]:
    return {name: rows if isinstance(rows, dict) else sorted(rows, key=repr) for name, rows in found.items()}


def listed() -> dict[str, Any]:
    """Everything that is listed."""
    counts = TypeCount.objects.values_list("document", "type", "severity", "clauses")
    found = {
        "clauses": ListedClause.objects.values_list(*_LISTED),
        "types": ListedType.objects.values_list(*_TYPES),
        "figures": ListedFigure.objects.values_list(*_FIGURES),
        "words": _indexed_words(),
    }
    counted = {(document, slug, severity): count for document, slug, severity, count in counts}
    return {**_in_order(found), "counts": counted}


def _indexed_words() -> dict[int, set[str]]:
    """The words in the index by position, the marks with their sign."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT rowid, body || ' ' || heading || ' ' || names, marks FROM clauses_words")
            return {
                place: {*words.split(), *(f"#{mark}" for mark in marks.split())}
                for place, words, marks in cursor.fetchall()
            }
        cursor.execute("SELECT position, tsvector_to_array(words) FROM clauses_words")
        return {place: set(words) for place, words in cursor.fetchall()}

"""What the lists are to say, worked out from the clauses alone: the slow way, for tests."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import connection

from clauses.models import Clause, ListedClause, ListedFigure, ListedType, TypeCount
from clauses.models.listing import position_of


def truth() -> dict[str, Any]:
    """Everything that is to be listed."""
    clauses = list(Clause.objects.standing().filter(current__isnull=False))
    places = {clause.pk: position_of(clause.severity, clause.number) for clause in clauses}
    labels = {clause.pk: {label.type: label.rank for label in clause.labels.all()} for clause in clauses}
    counts: Counter[tuple[int, str, int]] = Counter()
    figures: list[tuple[int, str, str, str]] = []
    for clause in clauses:
        assert clause.current
        for slug in ("", *labels[clause.pk]):
            counts[clause.document_id, slug, clause.severity] += 1
        for fact in clause.current.classification.facts.all():
            figures += [(places[clause.pk], slug, fact.kind, fact.value) for slug in labels[clause.pk]]
    return {
        "clauses": sorted((places[c.pk], c.pk, c.document_id, c.severity, c.confidence) for c in clauses),
        "types": sorted(
            (places[pk], slug, rank) for pk, found in labels.items() for slug, rank in found.items()
        ),
        "figures": sorted(figures),
        "counts": dict(counts),
        "words": sorted(places.values()),
    }


def listed() -> dict[str, Any]:
    """Everything that is listed."""
    clauses = ListedClause.objects.values_list("position", "clause", "document", "severity", "confidence")
    counts = TypeCount.objects.values_list("document", "type", "severity", "clauses")
    with connection.cursor() as cursor:
        key = "rowid" if connection.vendor == "sqlite" else "position"
        cursor.execute(f"SELECT {key} FROM clauses_words")
        words = sorted(row[0] for row in cursor.fetchall())
    return {
        "clauses": sorted(clauses),
        "types": sorted(ListedType.objects.values_list("listed", "type", "rank")),
        "figures": sorted(ListedFigure.objects.values_list("listed", "type", "kind", "value")),
        "counts": {(document, slug, severity): count for document, slug, severity, count in counts},
        "words": words,
    }

"""How many queries an analysis takes: neither the history of a document nor its length adds one each."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.analysis import analyze
from monitor.models import Version
from tests.clauses.edited_documents import FIVE, html, unanalyzed

MANY = tuple(
    f"Courier number {n} brings parcels to house {n + 7} before noon on market days." for n in range(60)
)


def queries_of(version: Version) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert analyze(version.pk) is not None
    return len(captured)


@pytest.mark.django_db
def test_the_queries_of_an_analysis_do_not_grow_with_the_history_of_the_document() -> None:
    texts = [html((*FIVE, f"Rule {n} of the depot is posted at gate {n}.")) for n in range(10)]
    counts = [queries_of(version) for version in unanalyzed(*texts)]
    assert max(counts[2:]) <= counts[1]


@pytest.mark.django_db
def test_the_queries_of_an_analysis_do_not_grow_with_the_clauses() -> None:
    def count_for(clauses: tuple[str, ...]) -> list[int]:
        edited = [clause.replace("before noon", "after lunch or tea") for clause in clauses]
        replaced = [f"Nobody may fish from bridge {n}." for n in range(len(clauses))]
        versions = unanalyzed(html(clauses), html(edited), html(replaced), html(clauses))
        return [queries_of(version) for version in versions]

    few, many = count_for(MANY[:6]), count_for(MANY[6:])
    # SQLite takes so many values a statement: 54 clauses more are a few statements more, not 54.
    assert [b - a for a, b in zip(few, many, strict=True) if b - a > 12] == []

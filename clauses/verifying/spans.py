"""Whether the occurrences of a document's clauses stand from and until the versions that they name."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.models import Analysis, Clause, Occurrence
from monitor.models import Document
from monitor.verifying.finding import Finding


def check_spans(document: Document) -> Iterator[Finding]:
    """That each occurrence begins and ends where the analyses say, and that no clause stands twice in one version."""
    seen: dict[int, list[int]] = {}
    clauses = dict(Occurrence.objects.filter(clause__document=document).values_list("pk", "clause"))
    latest = None
    rows = Analysis.objects.filter(version__document=document).order_by("version__ordinal")
    for version, layout in rows.values_list("version", "layout").iterator(chunk_size=50):
        latest = version
        for key, *_ in layout:
            seen.setdefault(key, [version, version])[1] = version
        standing = [clauses.get(key) for key, *_ in layout]
        if len(set(standing)) < len(standing):
            yield Finding(document.public_id, f"a clause stands twice in the version with key {version}")
    yield from _check_ends(document, seen, latest)
    yield from _check_current(document)


def _check_ends(document: Document, seen: dict[int, list[int]], latest: int | None) -> Iterator[Finding]:
    rows = Occurrence.objects.filter(clause__document=document).order_by("pk")
    named = rows.values_list("pk", "clause__number", "first_version", "last_version")
    for key, number, *noted in named.iterator(chunk_size=500):
        first, last = seen.get(key, (None, None))
        if noted != [first, None if last == latest else last]:
            yield Finding(
                f"P-{number:06}", "a wording of it does not stand from and until the versions it names"
            )


def _check_current(document: Document) -> Iterator[Finding]:
    rows = Clause.objects.filter(document=document, current__isnull=False).select_related("current")
    for clause in rows.iterator(chunk_size=500):
        if clause.current and clause.current.clause_id != clause.pk:
            yield Finding(clause.public_id, "its present wording is of another record")

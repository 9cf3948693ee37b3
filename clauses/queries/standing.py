"""The clauses of one version, each at its place in the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from clauses.models import Analysis, Clause, Occurrence
from monitor.core.blocks import page_path
from monitor.models import Document, Version


@dataclass(frozen=True, slots=True)
class PlacedClause:
    """An occurrence of a clause and the exact words it has in a version: `version.text[start:end]`.

    `cited_as` is the number by which readers cite it there ("4.2(b)"); empty where nothing is numbered.
    """

    occurrence: Occurrence
    index: int
    start: int
    end: int
    text: str
    page: int = 0
    cited_as: str = ""

    @property
    def number(self) -> int:
        """The number of its record."""
        return self.occurrence.clause.number

    @property
    def record_id(self) -> str:
        """The public ID of its record."""
        return self.occurrence.clause.public_id

    @property
    def anchor(self) -> str:
        """Where it stands on a page."""
        return anchor(self.number)

    @property
    def heading_path(self) -> list[str]:
        """Its page, where there are pages, and the headings above it, outermost first."""
        return [*page_path(self.page), *self.sections]

    @property
    def sections(self) -> list[str]:
        """The headings above it, outermost first."""
        return list(self.occurrence.heading_path)


def anchor(number: int) -> str:
    """The anchor of a clause on every page that shows its words: "p-000123"."""
    return f"p-{number:06d}"


def occurrences_of(version: Version) -> QuerySet[Occurrence]:
    """The occurrences that stand in a version."""
    still = Q(last_version__isnull=True) | Q(last_version__ordinal__gte=version.ordinal)
    return Occurrence.objects.filter(
        still, clause__document=version.document_id, first_version__ordinal__lte=version.ordinal
    ).select_related("clause")


def numbers_of(clauses: Iterable[Clause]) -> dict[int, str]:
    """By what readers cite standing clauses today ("4.2(b)"), by their keys; without those that have no number.

    One query, which reads the layouts of their documents.
    """
    present = {clause.current_id: clause.pk for clause in clauses}
    analyzed = Analysis.objects.filter(version__document=OuterRef("pk")).order_by("-version__ordinal")
    documents = Document.objects.filter(clauses__in=present.values())
    latest = documents.values_list(Subquery(analyzed.values("pk")[:1]), flat=True)
    layouts = Analysis.objects.filter(pk__in=latest).values_list("layout", flat=True)
    return {
        present[key]: number
        for layout in layouts
        for key, _, _, number in layout
        if number and key in present
    }


def placed_clauses(version: Version, found: QuerySet[Occurrence] | None = None) -> list[PlacedClause] | None:
    """The clauses of a version in reading order, or None while it waits for its analysis.

    `found` are its occurrences with more of their relations loaded. Two queries, however long the text.
    """
    layout = Analysis.objects.filter(version=version).values_list("layout", flat=True).first()
    if layout is None:
        return None
    by_key = {row.pk: row for row in (occurrences_of(version) if found is None else found)}
    return _placed(version, layout, by_key)


def placed_clauses_of_both(
    old: Version, new: Version
) -> tuple[list[PlacedClause], list[PlacedClause]] | None:
    """The clauses of two versions of a document, or None while one of them waits for its analysis.

    Two queries: what stands in both is read once.
    """
    layouts = dict(Analysis.objects.filter(version__in=(old, new)).values_list("version", "layout"))
    if not {old.pk, new.pk} <= layouts.keys():
        return None
    by_key = {row.pk: row for row in occurrences_of(old) | occurrences_of(new)}
    return _placed(old, layouts[old.pk], by_key), _placed(new, layouts[new.pk], by_key)


def _placed(
    version: Version, layout: Iterable[tuple[int, int, int, str]], by_key: Mapping[int, Occurrence]
) -> list[PlacedClause]:
    return [
        PlacedClause(by_key[key], index, start, end, version.text[start:end], version.page_at(start), number)
        for index, (key, start, end, number) in enumerate(layout)
    ]

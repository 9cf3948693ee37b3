"""Everything that happened on one platform, newest first, as it was known at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import groupby

from django.db.models import Q

from clauses.models import ChangeSet, Reference
from clauses.queries.gaps import Gap, Sighting, gaps, sightings
from clauses.queries.references import References, platform_references, references_by_change_set
from clauses.queries.scope import standing_change_sets
from monitor.models import Cause, Document, Platform, Version

# The twin is one file: it ends after so many entries, and says so. The page has pages.
ENTRY_LIMIT = 400


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first texts of a platform's documents on one day."""

    on: date
    versions: list[Version]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `kind` is change, technical, gap, sighting, begin or reference; the field that belongs to it is set.

    `gaps` are those of several documents that began on one day and look alike. `told` is what others say about a
    change, where anybody does.
    """

    kind: str
    at: datetime
    change_set: ChangeSet | None = None
    gaps: tuple[Gap, ...] = ()
    sighting: Sighting | None = None
    beginning: Beginning | None = None
    reference: Reference | None = None
    told: References | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """The entries of one year on a page, newest first, and how many changes and gaps the whole year has."""

    number: int
    entries: list[Entry]
    change_count: int
    gap_count: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A platform's documents and its entries. `short_gaps` are failed readings too short for an entry.

    Change sets come without their versions and types: `in_full` reads these of the entries that are shown.
    """

    documents: list[Document]
    change_sets: list[ChangeSet]
    gaps: list[Gap]
    beginnings: list[Beginning]
    entries: list[Entry]
    short_gap_count: int
    technical_count: int

    def years(self, shown: Iterable[Entry]) -> list[Year]:
        """Entries of it by year, in their order."""
        by_year = {number: list(rows) for number, rows in groupby(self.entries, _year)}
        return [
            Year(
                number,
                list(rows),
                sum(entry.kind == "change" for entry in by_year[number]),
                sum(len(entry.gaps) for entry in by_year[number]),
            )
            for number, rows in groupby(shown, _year)
        ]

    @property
    def watched_since(self) -> date | None:
        """The day of the first text."""
        return min((beginning.on for beginning in self.beginnings), default=None)

    def read_at(self, until: datetime) -> datetime | None:
        """The last reading of any document up to a moment; that moment where the last one is later."""
        moments = [min(document.read_at, until) for document in self.documents if document.read_at]
        return max(moments, default=None)

    @property
    def watched(self) -> list[Document]:
        """The documents that are not retired for another one."""
        return [document for document in self.documents if document.retired_at is None]

    @property
    def is_all_paused(self) -> bool:
        """Whether none of the documents is read at present."""
        return bool(self.documents) and all(document.is_paused for document in self.documents)

    @property
    def last_change(self) -> ChangeSet | None:
        """The newest change of the publisher."""
        return self.change_sets[0] if self.change_sets else None


def timeline(platform: Platform, until: datetime, *, with_technical: bool = False) -> Timeline:
    """The timeline as recorded up to a moment. Changes of our own reading are left out unless asked for."""
    documents = list(_documents(platform))
    rows = _change_sets(documents, until)
    changes = [row for row in rows if not row.is_technical]
    technical = [row for row in rows if row.is_technical]
    all_gaps = gaps(platform, until)
    listed = [gap for gap in all_gaps if gap.is_listed]
    begun = _beginnings(platform, until)
    pages = platform_references(platform, until.astimezone(UTC).date())
    entries = [
        *(Entry("change", row.detected_at, change_set=row) for row in changes),
        *(Entry("technical", row.detected_at, change_set=row) for row in technical if with_technical),
        *(Entry("gap", alike[0].begun_at, gaps=alike) for alike in _alike(listed)),
        *(Entry("sighting", seen.first_at, sighting=seen) for seen in sightings(platform, until)),
        *(Entry("begin", item.versions[0].first_seen_at, beginning=item) for item in begun),
        *(Entry("reference", _start(page.published_on), reference=page) for page in pages),
    ]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return Timeline(
        documents=documents,
        change_sets=changes,
        gaps=listed,
        beginnings=begun,
        entries=entries,
        short_gap_count=len(all_gaps) - len(listed),
        technical_count=len(technical),
    )


def in_full(entries: Iterable[Entry], until: datetime) -> list[Entry]:
    """Entries of a timeline with all that is shown of their changes, and what others say about them. Four queries."""
    listed = list(entries)
    keys = [entry.change_set.pk for entry in listed if entry.change_set]
    rows = {row.pk: row for row in standing_change_sets().filter(pk__in=keys)}
    told = references_by_change_set([row for row in rows.values() if not row.is_technical], until)
    return [
        replace(entry, change_set=rows.get(entry.change_set.pk), told=told.get(entry.change_set.pk))
        if entry.change_set
        else entry
        for entry in listed
    ]


def _change_sets(documents: Iterable[Document], until: datetime) -> list[ChangeSet]:
    """The standing change sets of documents up to a moment, newest first, each by itself: there may be hundreds."""
    by_key = {document.pk: document for document in documents}
    found = ChangeSet.objects.filter(
        superseded_by__isnull=True, document__in=list(by_key), detected_at__lte=until
    )
    rows = list(found.order_by("-detected_at", "-number"))
    for row in rows:
        row.document = by_key[row.document_id]
    return rows


def _alike(listed: Iterable[Gap]) -> list[tuple[Gap, ...]]:
    """Gaps put together that began and ended on the same days for the same reason: one outage is one entry."""
    found: dict[object, list[Gap]] = {}
    for gap in listed:
        ended_on = gap.ended_at and gap.ended_at.astimezone(UTC).date()
        story = (gap.begun_at.astimezone(UTC).date(), ended_on, gap.outcomes)
        found.setdefault(story, []).append(gap)
    return [tuple(alike) for alike in found.values()]


def _start(on: date) -> datetime:
    return datetime.combine(on, time.min, UTC)


def texts_at(platform: Platform, at: datetime) -> list[tuple[Document, Version | None]]:
    """The documents of a platform, by name, with the text that stood at a moment; None where none was recorded."""
    versions = Version.objects.filter(document__platform=platform, first_seen_at__lte=at)
    latest = {version.document_id: version for version in versions.order_by("ordinal")}
    return [(document, latest.get(document.pk)) for document in platform.documents.order_by("name")]


def _documents(platform: Platform) -> Iterable[Document]:
    found = platform.documents.select_related("candidate").order_by("name")
    return found.annotate(is_analyzed=Q(current_version__analysis__isnull=False))


def _beginnings(platform: Platform, until: datetime) -> list[Beginning]:
    first = Version.objects.filter(document__platform=platform, cause=Cause.FIRST, first_seen_at__lte=until)
    rows = first.select_related("document").order_by("first_seen_at", "pk")
    return [
        Beginning(on, list(versions))
        for on, versions in groupby(rows, lambda version: version.first_seen_at.astimezone(UTC).date())
    ]


def _year(entry: Entry) -> int:
    return entry.at.astimezone(UTC).year

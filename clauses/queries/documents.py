"""One document: what is watched, how it is read, and the texts that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from clauses.core.periods import elapsed_in_words, span_in_words
from clauses.models import Analysis, ChangeSet, Mention
from clauses.queries.quarantine import offered_texts
from clauses.queries.references import mentions_by
from clauses.queries.scope import shown, standing_change_sets
from clauses.queries.sources import WatchedSource, reading_in_words, watched_sources
from monitor.importing.incoming import first_capture
from monitor.models import Candidate, Document, Quarantine, Version


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list of a document. `change_set` is how it differs from the one before it.

    `is_analyzed`: its clauses are known.
    """

    version: Version
    change_set: ChangeSet | None
    older: Version | None
    stood: str
    is_current: bool
    is_analyzed: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything the page of a document states."""

    document: Document
    current: Version | None
    candidate: Candidate | None
    sources: list[WatchedSource]
    every: str
    versions: list[VersionRow]
    first_capture_at: datetime | None
    offered: list[Quarantine]
    mentions: list[Mention]
    retired: list[Document]

    @property
    def problems(self) -> list[WatchedSource]:
        """The pages whose last reading did not give the document's text."""
        return [row for row in self.sources if row.is_failing]

    @property
    def texts(self) -> list[Version]:
        """The versions by themselves, newest first."""
        return [row.version for row in self.versions]

    @property
    def first(self) -> Version | None:
        """The first text."""
        return self.versions[-1].version if self.versions else None

    @property
    def is_waiting(self) -> bool:
        """Whether a text is being analyzed, so that changes may still be missing."""
        return not all(row.is_analyzed for row in self.versions)

    @property
    def is_read(self) -> bool:
        """Whether any of its pages is fetched now."""
        return any(row.is_read for row in self.sources)

    @property
    def reading(self) -> str:
        """How it is read, in one sentence."""
        return reading_in_words(self.document, self.sources)

    @property
    def latest_headline(self) -> str:
        """What the latest change of the publisher comes to; empty where there is none."""
        told = (row.change_set for row in self.versions if row.change_set and not row.change_set.is_technical)
        return next((change_set.headline for change_set in told), "")

    @property
    def publisher_changes(self) -> int:
        """How many changes of the publisher are recorded."""
        return sum(row.change_set is not None and not row.change_set.is_technical for row in self.versions)


def documents() -> QuerySet[Document]:
    """All documents with their platforms."""
    return Document.objects.filter(shown("platform__")).select_related("platform", "current_version")


def document_page(document: Document, at: datetime) -> DocumentPage:
    """The page of a document as it stands at a moment."""
    return DocumentPage(
        document=document,
        current=document.current_version,
        candidate=Candidate.objects.filter(document=document).first(),
        sources=watched_sources(document, at),
        every=span_in_words(document.interval_minutes),
        versions=version_rows(document, at),
        first_capture_at=first_capture(document),
        offered=list(offered_texts().filter(source__document=document)),
        mentions=mentions_by(document),
        retired=list(document.retired.order_by("-retired_at")),
    )


def version_rows(document: Document, at: datetime) -> list[VersionRow]:
    """The versions of a document, newest first, each with its change set and how long it was seen to stand."""
    versions = list(document.versions.select_related("returns_to").order_by("-ordinal"))
    analyzed = set(Analysis.objects.filter(version__document=document).values_list("version", flat=True))
    change_sets = {row.new_version_id: row for row in change_sets_of(document)}
    rows = []
    ended_at = document.seen_until(at)
    for position, version in enumerate(versions):
        older = versions[position + 1] if position + 1 < len(versions) else None
        stood = elapsed_in_words((ended_at - version.first_seen_at).total_seconds())
        change_set = change_sets.get(version.pk)
        rows.append(VersionRow(version, change_set, older, stood, position == 0, version.pk in analyzed))
        ended_at = version.first_seen_at
    return rows


def change_sets_of(document: Document) -> QuerySet[ChangeSet]:
    """The change sets of a document that no other one has taken the place of."""
    return standing_change_sets().filter(document=document)

"""What goes into the bundle of a record: which versions, captures, places of clauses, links and roots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from clauses.models import Analysis, Change, ChangeSet, Clause, Occurrence
from clauses.verifying.scope import Scope, scope_of
from monitor.core.normalize import sha256
from monitor.models import Document, Link, Root, Snapshot, Version

_CHUNK = 500


@dataclass(frozen=True)
class Contents:
    """The rows of a bundle. `clauses` are the keys of those whose places it states; None: of all."""

    record: Clause | ChangeSet | Version | Snapshot | Document
    document: Document
    versions: list[Version]
    snapshots: list[Snapshot]
    clauses: set[int] | None

    @property
    def names(self) -> set[str]:
        """The public IDs of what its chain must say something of."""
        return {row.public_id for row in (*self.versions, *self.snapshots)}


def contents_of(record: Clause | ChangeSet | Version | Snapshot | Document) -> Contents:
    """What the proof of a record takes: the versions it stands in or between, and the captures these rest on."""
    scope = scope_of([record])
    versions = Version.objects.filter(scope.of_versions).select_related(*Version.TEXTS).order_by("number")
    snapshots = Snapshot.objects.filter(_behind(scope)).select_related("source", "blob__base")
    (key,) = scope.chains
    document = Document.objects.select_related("platform").get(pk=key)
    return Contents(record, document, list(versions), list(snapshots.order_by("number")), _clauses(record))


def _behind(scope: Scope) -> Any:
    """The captures that versions rest on; of a document not every capture there ever was."""
    return Scope(versions=scope.versions | _of_documents(scope), snapshots=scope.snapshots).of_snapshots


def _of_documents(scope: Scope) -> set[int]:
    return set(Version.objects.filter(document__in=scope.documents).values_list("pk", flat=True))


def _clauses(record: Model) -> set[int] | None:
    if isinstance(record, Clause):
        return {record.pk}
    if isinstance(record, ChangeSet):
        rows = Change.objects.filter(change_set=record)
        keys = {key for pair in rows.values_list("old", "new") for key in pair if key}
        keys |= {key for others in rows.values_list("others", flat=True) for key in others}
        return set(Occurrence.objects.filter(pk__in=keys).values_list("clause", flat=True))
    return None


def places_of(contents: Contents) -> Iterator[dict[str, Any]]:
    """Where each clause stands in each version, as characters of the text, with its words."""
    for version in contents.versions:
        layout = Analysis.objects.filter(version=version).values_list("layout", flat=True).first() or []
        records = _records([key for key, *_ in layout])
        for key, start, end, number in layout:
            clause_key, name = records[key]
            if contents.clauses is not None and clause_key not in contents.clauses:
                continue
            quote = version.text[start:end]
            yield {
                "record": name,
                "version": version.public_id,
                "start": start,
                "end": end,
                "number": number,
                "quote": quote,
                "quote_sha256": sha256(quote.encode()),
            }


def _records(keys: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The clause of each occurrence: its key and its ID."""
    found: dict[int, tuple[int, str]] = {}
    for start in range(0, len(keys), _CHUNK):
        rows = Occurrence.objects.filter(pk__in=keys[start : start + _CHUNK]).select_related("clause")
        found |= {row.pk: (row.clause_id, row.clause.public_id) for row in rows}
    return found


def links_of(contents: Contents) -> Iterator[tuple[Link, bool]]:
    """The links from the first one of these records to the end of the chain; whether each is of one of them."""
    names = contents.names
    links = Link.objects.filter(document=contents.document).order_by("position")
    is_begun = False
    for link in links.iterator(chunk_size=_CHUNK):
        is_begun = is_begun or link.record in names
        if is_begun:
            yield link, link.record in names


def roots_of(contents: Contents) -> list[Root]:
    """The roots that first cover the links of these records, oldest first."""
    names = contents.names
    links = Link.objects.filter(document=contents.document, root__isnull=False)
    keys = {root for record, root in links.values_list("record", "root") if record in names}
    return list(Root.objects.filter(pk__in=keys).select_related("key").order_by("on"))

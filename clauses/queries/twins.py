"""What the JSON twins of pages say. The fields are documented in docs/json.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from clauses.core.in_order import in_order
from clauses.models import ChangeSet, Clause, EarlierRating
from clauses.models.choices import SeverityLevel
from clauses.queries.changed_clauses import ShownChange
from clauses.queries.comparison import ShownComparison
from clauses.queries.documents import DocumentPage, VersionRow
from clauses.queries.outcomes import group_of
from clauses.queries.references import references_twin
from clauses.queries.sources import WatchedSource
from clauses.queries.standing import PlacedClause
from clauses.queries.version_captures import version_captures
from clauses.queries.versions import Passage, VersionPage
from monitor.core.selectors import start_first
from monitor.models import Candidate, Document, Fetch, Part, Version

Json = dict[str, Any]


def public_url(name: str, *arguments: object) -> str:
    """The full address of a page."""
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"


def written(value: date | datetime | None) -> str | None:
    """A day or moment in ISO 8601."""
    return value.isoformat() if value else None


def document_twin(page: DocumentPage, captures: Sequence[Fetch]) -> Json:
    """The twin of a document's page."""
    document = page.document
    return document_state(document) | {
        "retired_at": written(document.retired_at),
        "succeeded_by": document_head(document.succeeded_by) if document.succeeded_by else None,
        "is_being_confirmed": page.candidate is not None,
        "candidate": _candidate(page.candidate),
        "reading": page.reading,
        "sources": [_source(row) for row in page.sources],
        "versions": [_version_row(document, row) for row in page.versions],
        "captures": [capture_twin(fetch) for fetch in captures],
        "speaks_of": [row.change_set.public_id for row in page.mentions],
    }


def document_state(document: Document) -> Json:
    """A document with how it is watched."""
    return document_head(document) | {
        "type": document.type,
        "language": document.language,
        "is_paused": document.is_paused,
        "interval_minutes": document.interval_minutes,
        "read_at": written(document.read_at),
        "next_fetch_at": None if document.is_paused else written(document.next_fetch_at),
    }


def _candidate(candidate: Candidate | None) -> Json | None:
    """A new text that was seen and is not confirmed."""
    if candidate is None:
        return None
    return {"first_seen_at": written(candidate.first_seen_at), "is_unstable": candidate.is_flip}


def _source(row: WatchedSource) -> Json:
    """A page the document is read from: how, and how it fares."""
    source = row.source
    return {
        "url": source.url,
        "select": start_first(source.select),
        "remove": start_first(source.remove),
        "render": source.render,
        "interval_minutes": source.interval_minutes,
        "request_headers": dict(sorted(source.request_headers.items())),
        "robots_reason": source.robots_reason if source.ignores_robots else None,
        "is_valid": row.is_valid,
        "valid_from": written(source.valid_from),
        "valid_until": written(source.valid_until),
        "last_at": written(row.last.at if row.last else None),
        "last_outcome": row.last.outcome if row.last else None,
        "last_seen_at": written(row.seen_at),
        "next_at": written(row.next_at),
        "failing_since": written(source.failing_since),
        "failures": source.failures,
        "rules": row.rules,
    }


def capture_twin(fetch: Fetch) -> Json:
    """One attempt to read a source."""
    return {
        "at": written(fetch.at),
        "url": fetch.source.url,
        "outcome": fetch.outcome,
        "group": group_of(fetch.outcome).slug,
        "is_problem": fetch.is_problem,
        "status": fetch.status,
        "message": fetch.message,
        "final_url": fetch.final_url or None,
        "snapshot": fetch.snapshot.public_id if fetch.snapshot else None,
    }


def document_head(document: Document) -> Json:
    """What every twin says of the document it belongs to."""
    return {
        "id": document.public_id,
        "url": public_url("document", document.platform.slug, document.slug),
        "platform": document.platform.slug,
        "platform_name": document.platform.name,
        "is_sample": document.platform.is_sample,
        "slug": document.slug,
        "name": document.name,
    }


def version_head(document: Document, version: Version) -> Json:
    """What every twin says of a version."""
    return {
        "id": version.public_id,
        "url": public_url("version", document.platform.slug, document.slug, version.number),
        "ordinal": version.ordinal,
        "cause": version.cause,
        "first_seen_at": written(version.first_seen_at),
        "confirmed_at": written(version.confirmed_at),
        "effective_on": written(version.effective_on),
        "updated_on": written(version.updated_on),
        "text_sha256": version.text_sha256,
        "fingerprint": version.fingerprint,
    }


def change_set_head(change_set: ChangeSet) -> Json:
    """What lists say of a change set."""
    return {
        "id": change_set.public_id,
        "url": public_url("change-set", change_set.number),
        "kind": change_set.kind,
        "severity": SeverityLevel(change_set.severity).word,
        "direction": change_set.direction,
        "adverse": SeverityLevel(change_set.adverse).word,
        "favorable": SeverityLevel(change_set.favorable).word,
        "headline": change_set.headline,
        "summary": change_set.summary,
        "affected": change_set.affected,
        "is_technical": change_set.is_technical,
        "detected_at": written(change_set.detected_at),
        "effective_on": written(change_set.effective_on),
    }


def _version_row(document: Document, row: VersionRow) -> Json:
    change_set = change_set_head(row.change_set) if row.change_set else None
    return version_head(document, row.version) | {"change_set": change_set}


def version_twin(page: VersionPage) -> Json:
    """The twin of a version's page."""
    version = page.version
    captures = version_captures(version, page.newer)
    return version_head(version.document, version) | {
        "document": document_head(version.document),
        "title": version.title,
        "language": version.language,
        "extractor_version": version.extractor_version,
        "text": version.text,
        "parts": [part_twin(part) for part in page.parts],
        "outside_copies": [
            {"source": copy.url, "url": copy.copy_url, "copied_at": written(copy.copied_at)}
            for copy in page.outside_copies
        ],
        "captures": captures.count,
        "first_capture": capture_twin(captures.first) if captures.first else None,
        "confirmation": capture_twin(captures.confirmation) if captures.confirmation else None,
        "last_capture": capture_twin(captures.last) if captures.last else None,
        "is_analyzed": page.is_analyzed,
        "clauses": [_clause_in_version(passage) for passage in page.clauses],
    }


def part_twin(part: Part) -> Json:
    """The stretch of a text that one snapshot gave."""
    return {
        "start": part.start,
        "end": part.end,
        "source": part.source.url,
        "snapshot": part.snapshot.public_id,
        "captured_at": written(part.snapshot.captured_at),
        "bytes_sha256": part.snapshot.blob_id,
    }


def _clause_in_version(passage: Passage) -> Json:
    clause = passage.clause
    assert clause is not None
    return {
        "record": clause.record_id,
        "index": clause.index,
        "start": clause.start,
        "end": clause.end,
        "heading_path": clause.heading_path,
        "number": clause.cited_as,
        "text": clause.text,
        "types": [found.slug for found in passage.types],
        "severity": passage.severity.word,
    }


def _earlier_rating(row: EarlierRating) -> Json:
    return {
        "severity": SeverityLevel(row.severity).word,
        "direction": row.direction,
        "headline": row.headline,
        "kind": row.kind,
        "counts": in_order(row.counts),
        "rubric_version": row.rubric_version,
        "taxonomy_version": row.taxonomy_version,
        "segmenter_version": row.segmenter_version,
        "rated_at": written(row.rated_at),
        "replaced_at": written(row.replaced_at),
    }


def comparison_twin(shown: ShownComparison) -> Json:
    """The twin of a comparison: the shape of `compare --json`, and what the pages know besides."""
    return {
        "id": shown.change_set.public_id if shown.change_set else None,
        "url": public_url(
            "compare", shown.document.platform.slug, shown.document.slug, shown.old.number, shown.new.number
        ),
        "document": document_head(shown.document),
        "from": version_head(shown.document, shown.old),
        "to": version_head(shown.document, shown.new),
        "is_technical": bool(shown.change_set and shown.change_set.is_technical),
        "rubric_version": shown.rubric_version,
        "earlier_ratings": [_earlier_rating(row) for row in shown.earlier_ratings],
        "effective_on": written(
            shown.change_set.effective_on if shown.change_set else shown.new.effective_on
        ),
        "severity": shown.severity.word,
        "direction": shown.direction.value,
        "adverse": shown.adverse.word,
        "favorable": shown.favorable.word,
        "headline": shown.headline,
        "summary": list(shown.summary),
        "affected": list(shown.affected),
        "kind": shown.kind,
        "counts": in_order(shown.counts),
        "references": references_twin(shown.told),
        "changes": [_change(change) for change in shown.changes],
    }


def _change(change: ShownChange) -> Json:
    return {
        "record": Clause(number=change.number).public_id,
        "kind": change.kind.value,
        "types": list(change.types),
        "severity": change.severity.word,
        "direction": change.direction.value,
        "summary": change.summary,
        "reasons": [in_order(reason) for reason in change.reasons],
        "old": _side(change.old),
        "new": _side(change.new),
        "redline": [[op, text] for op, text in change.redline],
        "facts": [in_order(fact) for fact in change.facts],
    }


def _side(clauses: Sequence[PlacedClause]) -> Json | None:
    """One side of a change; the texts of a split or merged clause are joined by a line break."""
    if not clauses:
        return None
    first = clauses[0]
    return {
        "index": first.index,
        "heading_path": first.heading_path,
        "number": first.cited_as,
        "text": "\n".join(clause.text for clause in clauses),
    }

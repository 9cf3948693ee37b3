"""What the JSON twin of a clause record says."""

from __future__ import annotations

from datetime import datetime

from clauses.core.in_order import in_order
from clauses.core.taxonomy import ClauseType
from clauses.models.choices import SeverityLevel
from clauses.queries.elsewhere import Likewise
from clauses.queries.proof import Proof
from clauses.queries.record_decisions import RuledDecision
from clauses.queries.record_events import Event
from clauses.queries.record_law_twin import fact_twin, law_twin, stability_twin, ways_twin
from clauses.queries.records import RecordPage
from clauses.queries.references import references_twin
from clauses.queries.twins import Json, document_head, public_url, version_head, written
from clauses.queries.wordings import WordingRow
from monitor.core.blocks import page_path


def record_twin(page: RecordPage) -> Json:
    """The twin of a clause record."""
    clause = page.clause
    return {
        "id": clause.public_id,
        "url": public_url("record", clause.number),
        "document": document_head(clause.document),
        "title": page.title,
        "text": page.proof.quote if page.proof else None,
        "heading_path": _path(page),
        "number": page.proof.number if page.proof else "",
        "types": [found.slug for found in page.types],
        "type_texts": [_texts(found) for found in page.types],
        "basis": page.basis or None,
        "severity": page.severity.word,
        "confidence": clause.confidence,
        "is_ruled": page.is_ruled,
        "points": page.points,
        "reasons": in_order([*page.reasons]),
        "rubric_version": page.rubric_version,
        "taxonomy_version": clause.current.classification.taxonomy_version if clause.current else None,
        "direction": page.leaning,
        "facts": [fact_twin(fact) for fact in page.facts],
        "adoption": _adoption(page),
        "elsewhere": [_likewise(row) for row in page.elsewhere],
        "first_recorded_at": written(page.first_recorded_at),
        "last_verified_at": written(clause.document.read_at),
        "removed_in": clause.removed_in.public_id if clause.removed_in else None,
        "proof": _proof(page, page.proof) if page.proof else None,
        "wordings": [_wording(row) for row in page.wordings],
        "events": [_event(row) for row in page.events],
        "stability": stability_twin(page.stability),
        "what_one_can_do": ways_twin(page.ways),
        "law": law_twin(page.law),
        "commentary": _commentary(page),
        "references": [row for told in page.references for row in references_twin(told)],
        "elsewhere_in_document": _around(page),
        "split_from": clause.split_from.public_id if clause.split_from else None,
        "decisions": [_decision(row) for row in page.decisions],
    }


def _path(page: RecordPage) -> list[str]:
    """The page on which it stands, where there are pages, and the headings above it."""
    current, proof = page.clause.current, page.proof
    on_page = page_path(proof.version.page_at(proof.start)) if proof else ()
    return [*on_page, *current.heading_path] if current else []


def _texts(found: ClauseType) -> Json:
    return {
        "type": found.slug,
        "name": found.name,
        "what_it_is": found.description,
        "why_it_matters": found.why_it_matters,
        "what_it_means": found.what_it_means,
        "what_one_can_do": list(found.what_one_can_do),
    }


def _around(page: RecordPage) -> Json:
    return {
        "changes": [row.public_id for row in page.surroundings.changes],
        "clauses": [row.public_id for row in page.surroundings.clauses],
    }


def _commentary(page: RecordPage) -> Json | None:
    told = page.commentary
    if told is None:
        return None
    by = told.latest.written_by
    return {
        "text": told.latest.text,
        "written_by": by.get_full_name() or by.get_username(),
        "written_at": written(told.latest.written_at),
        "earlier": told.earlier,
        "text_changed_since": not told.is_present,
    }


def _adoption(page: RecordPage) -> Json | None:
    found = page.adoption
    if found is None or page.rarity is None:
        return None
    return {
        "platforms": found.having,
        "counted": found.counted,
        "word": found.word,
        "nearest_shared_words": page.rarity.nearest,
        "wording": page.rarity.wording or None,
    }


def _likewise(row: Likewise) -> Json:
    return {
        "record": row.clause.public_id,
        "url": public_url("record", row.clause.number),
        "platform": row.clause.document.platform.slug,
        "severity": SeverityLevel(row.clause.severity).word,
        "facts": [fact_twin(fact) for fact in row.facts],
        "shared_words": row.shared,
        "is_nearest": row.is_nearest,
        "is_most_different": row.is_most_different,
    }


def _proof(page: RecordPage, proof: Proof) -> Json:
    snapshot = proof.part.snapshot if proof.part else None
    return {
        "version": version_head(page.clause.document, proof.version),
        "start": proof.start,
        "end": proof.end,
        "source_url": proof.source_url,
        "snapshot": snapshot.public_id if snapshot else None,
        "captured_at": written(snapshot.captured_at if snapshot else None),
        "bytes_sha256": snapshot.blob_id if snapshot else None,
        "extractor_version": proof.version.extractor_version,
        "segmenter_version": proof.analysis.segmenter_version,
        "analyzed_at": written(proof.analysis.analyzed_at),
        "checks": [{"statement": check.words, "holds": check.holds} for check in proof.checks],
    }


def _wording(row: WordingRow) -> Json:
    ended_at: datetime | None = row.ended_at
    return {
        "text": row.occurrence.wording.text,
        "sha256": row.occurrence.wording.sha256,
        "heading_path": row.occurrence.heading_path,
        "first_version": row.since.public_id,
        "first_seen_at": written(row.since.first_seen_at),
        "ended_at": written(ended_at),
        "severity": row.severity.word,
        "redline": [[op, text] for op, text in row.runs],
        "change_set": row.change.change_set.public_id if row.change else None,
    }


def _event(row: Event) -> Json:
    return {
        "kind": row.kind,
        "version": row.version.public_id,
        "at": written(row.version.first_seen_at),
        "change_set": row.change_set.public_id if row.change_set else None,
        "severity": SeverityLevel(row.change.severity).word if row.change else None,
        "direction": row.change.direction if row.change else None,
        "record": row.other.public_id if row.other else None,
    }


def _decision(row: RuledDecision) -> Json:
    decision = row.decision
    return {
        "types": decision.types,
        "severity": SeverityLevel(decision.severity).word,
        "reason": decision.reason,
        "decided_by": decision.decided_by.get_full_name() or decision.decided_by.get_username(),
        "decided_at": written(decision.decided_at),
        "is_binding": row.is_binding,
        "text_changed_since": not row.is_present,
        "is_proposal": row.is_proposal,
        "made_on": (row.made_on or decision.clause).public_id,
        "machine_said": in_order(decision.said) or None,
        "taken_back": row.taken_back
        and {
            "by": row.taken_back.decided_by.get_full_name() or row.taken_back.decided_by.get_username(),
            "at": written(row.taken_back.decided_at),
            "reason": row.taken_back.reason,
        },
    }

"""A timeline as plain values: the JSON twin of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from clauses.core.drift import WEIGHTS
from clauses.core.in_order import in_order
from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.drift import YearOfDrift
from clauses.queries.figures_over_time import Series
from clauses.queries.gaps import Gap
from clauses.queries.quick_facts import Answer
from clauses.queries.references import reference_twin, references_twin
from clauses.queries.timeline import ENTRY_LIMIT, Entry, Timeline, in_full
from monitor.models import Document, Platform


def timeline_values(
    platform: Platform, found: Timeline, answers: Sequence[Answer], until: datetime
) -> dict[str, Any]:
    """The platform, its documents, the quick facts and all entries, newest first. Times are ISO 8601, UTC."""
    return {
        "platform": {
            "slug": platform.slug,
            "name": platform.name,
            "homepage": platform.homepage,
            "is_sample": platform.is_sample,
        },
        "as_of": until.isoformat(),
        "watched_since": found.watched_since and found.watched_since.isoformat(),
        "documents": [_document(document) for document in found.documents],
        "facts": [answer_values(answer) for answer in answers],
        "entries": [
            values for entry in in_full(found.entries[:ENTRY_LIMIT], until) for values in _entries(entry)
        ],
        "short_capture_problems": found.short_gap_count,
        "is_cut": len(found.entries) > ENTRY_LIMIT,
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.public_id,
        "slug": document.slug,
        "name": document.name,
        "type": document.type,
        "read_at": document.read_at and document.read_at.isoformat(),
        "is_paused": document.is_paused,
        "is_being_confirmed": hasattr(document, "candidate") and not document.candidate.is_flip,
    }


def answer_values(answer: Answer) -> dict[str, Any]:
    """What a platform's documents answer to a standard question."""
    row = answer.occurrence
    return {
        "question": answer.question.name,
        "is_found": row is not None,
        "is_waiting": answer.is_waiting,
        "value": answer.value or None,
        "subject": answer.subject or None,
        "was": answer.was or None,
        "quote": answer.quote or None,
        "severity": SeverityLevel(row.clause.severity).word if row else None,
        "record": row.clause.public_id if row else None,
        "document": row.clause.document.public_id if row else None,
    }


def _entries(entry: Entry) -> list[dict[str, Any]]:
    """The entry; for gaps that the page tells in one, each of them."""
    return [_gap(gap) for gap in entry.gaps] or [_entry(entry)]


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "kind": "gap",
        "at": gap.begun_at.isoformat(),
        "document": gap.document.public_id,
        "until": gap.ended_at and gap.ended_at.isoformat(),
        "outcomes": [outcome.value for outcome in gap.outcomes],
        "readings": gap.count,
        "is_held_back": gap.is_held_back,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    values: dict[str, Any] = {"kind": entry.kind, "at": entry.at.isoformat()}
    if entry.change_set:
        values |= change_set_values(entry.change_set) | {"references": references_twin(entry.told)}
    if entry.reference:
        values["reference"] = reference_twin(entry.reference)
    if entry.sighting:
        values |= {
            "document": entry.sighting.document.public_id,
            "outcome": entry.sighting.outcome.value,
            "last_at": entry.sighting.last_at.isoformat(),
        }
    if entry.beginning:
        values["versions"] = [version.public_id for version in entry.beginning.versions]
    return values


def series_values(one: Series) -> dict[str, Any]:
    """A figure through time: `value` is days or years, null where it is no length of time."""
    return {
        "record": one.clause.public_id,
        "document": one.clause.document.public_id,
        "kind": one.kind,
        "subject": one.subject or None,
        "steps": [
            {
                "from": step.at.isoformat(),
                "value": step.value,
                "words": step.words,
                "quote": step.quote or None,
                "change_set": step.change_set and step.change_set.public_id,
            }
            for step in one.steps
        ],
    }


def drift_values(year: YearOfDrift) -> dict[str, Any]:
    """The drift of twelve months with what it is counted from."""
    return {
        "since": year.since.isoformat(),
        "until": year.until.isoformat(),
        "word": year.drift.word,
        "said": year.words,
        "read_at": year.read_at and year.read_at.isoformat(),
        "unseen_days": year.unseen_days,
        "balance": round(year.drift.balance, 4),
        "adverse_weight": year.drift.adverse,
        "favorable_weight": year.drift.favorable,
        "weights": dict(WEIGHTS),
        "adverse": {level.word: adverse for level, adverse, _ in year.counts},
        "favorable": {level.word: favorable for level, _, favorable in year.counts},
    }


def change_set_values(change_set: ChangeSet) -> dict[str, Any]:
    """A change set in one line: without its changes, which its own page has."""
    return {
        "id": change_set.public_id,
        "document": change_set.document.public_id,
        "from": change_set.old_version.public_id,
        "to": change_set.new_version.public_id,
        "headline": change_set.headline,
        "severity": SeverityLevel(change_set.severity).word,
        "direction": change_set.direction,
        "adverse": SeverityLevel(change_set.adverse).word,
        "favorable": SeverityLevel(change_set.favorable).word,
        "summary": change_set.summary,
        "affected": change_set.affected,
        "change": change_set.kind,
        "types": sorted(row.type for row in change_set.changed_types.all()),
        "counts": in_order(change_set.counts),
        "detected_at": change_set.detected_at.isoformat(),
        "effective_on": change_set.effective_on and change_set.effective_on.isoformat(),
    }

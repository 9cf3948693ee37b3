"""What the JSON twin of a record says of the law, of what users can do, and how steady the words are."""

from __future__ import annotations

from clauses.core.regulation import Agency, Place
from clauses.core.stability import Stability
from clauses.models import ReadFact
from clauses.queries.record_law import NoteRow, NotesOfType, RecordLaw
from clauses.queries.record_ways import Stated, Ways
from clauses.queries.twins import Json, public_url, written

_FACT = ("kind", "value", "unit", "normalized", "subject", "condition", "quote", "start", "end")


def fact_twin(fact: ReadFact) -> Json:
    """A figure read from a clause."""
    return {key: getattr(fact.value_read(), key) for key in _FACT}


def stability_twin(found: Stability | None) -> Json | None:
    """How steady the words are."""
    if found is None:
        return None
    return {
        "word": found.word,
        "rewordings": found.rewordings,
        "watched_days": found.watched_days,
        "standing_days": found.standing_days,
        "rewordings_a_year": found.a_year,
    }


def ways_twin(ways: Ways) -> Json:
    """What users can do, as far as the document states it."""
    return {
        "times": [fact_twin(fact) for fact in ways.times],
        "times_elsewhere": [_stated(row) for row in ways.times_elsewhere],
        "mailboxes": list(ways.mailboxes),
        "web_pages": list(ways.web_pages),
        "document_mailboxes": list(ways.document_mailboxes),
        "begins_on": written(ways.begins_on),
        "law_and_courts": [_stated(row) for row in ways.law],
    }


def law_twin(law: RecordLaw) -> Json:
    """The institutional analysis: general notes, and what the clause answers."""
    scope = law.scope
    return {
        "notes_version": law.version,
        "checked_on": written(law.checked_on),
        "checked_how": law.checked_how,
        "scope": {
            "stated": [one.slug for one in scope.stated],
            "is_by_heading": scope.is_by_heading,
            "named": [one.slug for one in scope.named],
            "audiences": list(scope.audiences),
            "is_for_business": scope.is_for_business,
        },
        "types": [_of_type(row) for row in law.types],
        "questions": [
            {"ask": row.ask, "facts": [fact_twin(fact) for fact in row.facts] if row.asks_figure else None}
            for row in law.questions
        ],
        "contract": list(law.contract),
        "steps": list(law.steps),
        "agencies": [_agency(office) for office in law.agencies],
        "other_agencies": [_agency(office) for office in law.other_agencies],
    }


def _stated(row: Stated) -> Json:
    return {
        "record": row.clause.public_id,
        "url": public_url("record", row.clause.number),
        "fact": fact_twin(row.fact),
    }


def _of_type(row: NotesOfType) -> Json:
    notes = [*((note, True) for note in row.fitting), *((note, False) for note in row.folded)]
    return {
        "type": row.type.slug,
        "none": row.none or None,
        "notes": [_note(note) | {"fits": fits} for note, fits in notes],
    }


def _note(row: NoteRow) -> Json:
    return {"says": row.note.says, "places": [_place(place) for place in row.note.places]}


def _place(place: Place) -> Json:
    law = place.law
    return {
        "law": law.name,
        "citation": law.citation,
        "at": place.at or None,
        "jurisdiction": law.jurisdiction.slug,
        "protects": law.protects,
        "url": law.url,
        "status": law.status or None,
        "checked_on": written(law.checked_on),
    }


def _agency(office: Agency) -> Json:
    return {
        "name": office.name,
        "jurisdiction": office.jurisdiction.slug,
        "what_for": office.what_for,
        "url": office.url,
    }

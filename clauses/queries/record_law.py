"""What the law says of clauses like one record: notes that fit, questions answered from its words, agencies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clauses.core.audiences import named_audiences
from clauses.core.folding import folded
from clauses.core.jurisdictions import Jurisdiction, is_among, meant_by_headings, named_jurisdictions
from clauses.core.regulation import Agency, Law, Note, Regulation, TypeNotes
from clauses.core.taxonomy import ClauseType
from clauses.models import Clause, ReadFact
from clauses.site_taxonomy import regulation_in_force
from monitor.models import DocumentType

NO_NOTES = TypeNotes(none="No notes are written for this type.")
_FOR_BUSINESS = frozenset({DocumentType.COMMERCIAL, DocumentType.PROCESSING})
_BUSINESS_WORDS = ("business", "enterprise", "commercial", "organization", "organisation", "developer")


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note, the jurisdictions of its places, whom its laws protect where that is not everybody, and of which of
    them the status is still to be told: each is told once a list."""

    note: Note
    jurisdictions: list[Jurisdiction]
    protects: str
    statuses: list[Law]


@dataclass(frozen=True, slots=True)
class NotesOfType:
    """The notes on one type: those that fit the document, and those that do not. `none` says why there are none."""

    type: ClauseType
    fitting: list[NoteRow]
    folded: list[NoteRow]
    none: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, and the figures of the clause that answer it. `asks_figure`: it is answered by figures."""

    ask: str
    asks_figure: bool
    facts: list[ReadFact]


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom the clause is. `stated` are the jurisdictions that the document, else the nearest heading, states.

    `named` are those that the words name, `audiences` the groups of people; neither narrows the notes.
    """

    stated: tuple[Jurisdiction, ...]
    is_by_heading: bool
    named: tuple[Jurisdiction, ...]
    audiences: tuple[str, ...]
    is_for_business: bool


@dataclass(frozen=True, slots=True)
class RecordLaw:
    """The institutional analysis of a record: general notes on its types, filled with its own figures.

    `agencies` are those of the notes on the strongest type that fit, `other_agencies` all others.
    """

    version: str
    checked_how: str
    checked_on: date | None
    scope: Scope
    types: list[NotesOfType]
    questions: list[Answered]
    contract: tuple[str, ...]
    steps: tuple[str, ...]
    agencies: list[Agency]
    other_agencies: list[Agency]

    @property
    def answered(self) -> list[Answered]:
        """The questions that figures answer, or would."""
        return [question for question in self.questions if question.asks_figure]

    @property
    def open_questions(self) -> list[str]:
        """The questions that only a reader can answer."""
        return [question.ask for question in self.questions if not question.asks_figure]

    @property
    def is_noted(self) -> bool:
        """Whether there is a note on any of its types."""
        return any(row.fitting or row.folded for row in self.types)


def record_law(clause: Clause, types: Sequence[ClauseType], facts: Sequence[ReadFact]) -> RecordLaw:
    """The notes on the types of a clause, strongest first. Questions, points and steps are those of the first one."""
    regulation = regulation_in_force()
    scope = _scope(clause, regulation)
    rows = [_of_type(found, scope, regulation) for found in types]
    first = regulation.types.get(types[0].slug, NO_NOTES) if types else NO_NOTES
    here = _laws(row for notes in rows[:1] for row in notes.fitting)
    elsewhere = _laws(row for notes in rows for row in [*notes.fitting, *notes.folded])
    agencies = _agencies(here)
    return RecordLaw(
        version=regulation.version,
        checked_how=regulation.checked_how,
        checked_on=min((law.checked_on for law in elsewhere), default=None),
        scope=scope,
        types=rows,
        questions=[_answered(question.ask, question.facts, facts) for question in first.questions],
        contract=first.contract,
        steps=first.steps,
        agencies=agencies,
        other_agencies=[office for office in _agencies(elsewhere) if office not in agencies],
    )


def _scope(clause: Clause, regulation: Regulation) -> Scope:
    known = regulation.jurisdictions.values()
    document, current = clause.document, clause.current
    path = current.heading_path if current else []
    words = [current.intro, current.wording.text] if current else []
    stated = named_jurisdictions(document.jurisdiction, known)
    by_heading = () if stated else meant_by_headings(path, known)
    for_whom = folded(document.audience)
    return Scope(
        stated=stated or by_heading,
        is_by_heading=bool(by_heading),
        named=named_jurisdictions("\n".join(words), known),
        audiences=named_audiences([*path, *words]),
        is_for_business=any(word in for_whom for word in _BUSINESS_WORDS)
        or (not for_whom and document.type in _FOR_BUSINESS),
    )


def _of_type(found: ClauseType, scope: Scope, regulation: Regulation) -> NotesOfType:
    written = regulation.types.get(found.slug, NO_NOTES)
    rows = [(note, _fits(note, scope, regulation)) for note in written.notes]
    return NotesOfType(
        found,
        fitting=_rows(note for note, fits in rows if fits),
        folded=_rows(note for note, fits in rows if not fits),
        none=written.none,
    )


def _fits(note: Note, scope: Scope, regulation: Regulation) -> bool:
    """Whether one of its laws is of a stated jurisdiction (any, where none is) and for the people of the document."""
    return any(
        _is_for(place.law, scope)
        and (not scope.stated or is_among(place.law.jurisdiction, scope.stated, regulation.jurisdictions))
        for place in note.places
    )


def _is_for(law: Law, scope: Scope) -> bool:
    return law.protects == "people" or scope.is_for_business == (law.protects == "business users")


def _rows(notes: Iterable[Note]) -> list[NoteRow]:
    """In the order of the jurisdictions, as the file has them."""
    order = list(regulation_in_force().jurisdictions)
    told: set[Law] = set()
    return [
        _row(note, told)
        for note in sorted(notes, key=lambda note: order.index(note.places[0].law.jurisdiction.slug))
    ]


def _row(note: Note, told: set[Law]) -> NoteRow:
    laws = [place.law for place in note.places]
    protects = {law.protects for law in laws}
    untold = [law for law in laws if law.status and law not in told]
    told.update(untold)
    return NoteRow(
        note,
        jurisdictions=list(dict.fromkeys(law.jurisdiction for law in laws)),
        protects="" if "people" in protects else " and ".join(sorted(protects)),
        statuses=untold,
    )


def _laws(rows: Iterable[NoteRow]) -> list[Law]:
    return list(dict.fromkeys(place.law for row in rows for place in row.note.places))


def _agencies(laws: Iterable[Law]) -> list[Agency]:
    order = list(regulation_in_force().agencies)
    offices = {office for law in laws for office in law.agencies}
    return sorted(offices, key=lambda office: order.index(office.slug))


def _answered(ask: str, kinds: Sequence[str], facts: Sequence[ReadFact]) -> Answered:
    return Answered(ask, bool(kinds), [fact for fact in facts if fact.kind in kinds])

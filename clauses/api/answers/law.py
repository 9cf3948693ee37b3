"""Notes on the law: of one record, and all of them."""

from __future__ import annotations

from clauses.api.answers.parts import Answer, Day, Fact, told


class LawPlace(Answer):
    """A place in a law."""

    law: str = told("Name of the law")
    citation: str = told("How it is cited")
    at: str | None = told("Article or section")
    jurisdiction: str = told("Slug of the jurisdiction")
    protects: str = told("Whom it protects")
    url: str = told("Where it stands")
    status: str | None = told("What to know of its being in force")
    checked_on: Day = told("When that was last checked")


class LawNote(Answer):
    """What a law says about clauses of a type."""

    says: str = told("The note")
    places: list[LawPlace] = told("Where it rests on")
    fits: bool = told("Whether it is of the jurisdiction that the document states")


class NotesOfType(Answer):
    """The notes on one of the record's types."""

    type: str = told("Slug of the type")
    none: str | None = told("Why there are no notes")
    notes: list[LawNote] = told("The notes")


class LawQuestion(Answer):
    """What to ask of the words."""

    ask: str = told("The question")
    facts: list[Fact] | None = told("Figures of these words that answer it; null where no figure could")


class LawScope(Answer):
    """Whose law is in question."""

    stated: list[str] = told("Jurisdictions that the document states")
    is_by_heading: bool = told("Whether a heading states them")
    named: list[str] = told("Jurisdictions that the words name")
    audiences: list[str] = told("Groups of people that the words name")
    is_for_business: bool = told("Whether the document is for businesses")


class Office(Answer):
    """An office that takes complaints."""

    name: str = told("Its name")
    jurisdiction: str = told("Slug of the jurisdiction")
    what_for: str = told("What it takes complaints about")
    url: str = told("Its address")


class RecordLaw(Answer):
    """General notes on the law for the types of a record."""

    notes_version: str = told("Version of the notes")
    checked_on: Day | None = told("The oldest day on which one of these was checked")
    checked_how: str = told("How they were checked")
    scope: LawScope = told("Whose law is in question")
    types: list[NotesOfType] = told("The notes by type")
    questions: list[LawQuestion] = told("What to ask of the words")
    contract: list[str] = told("What to look for in the contract")
    steps: list[str] = told("What one can do")
    agencies: list[Office] = told("Where to complain")
    other_agencies: list[Office] = told("Where to complain elsewhere")


class Law(Answer):
    """A law that the notes speak of."""

    slug: str = told("Its name in the notes")
    name: str = told("Its name")
    citation: str = told("How it is cited")
    jurisdiction: str = told("Slug of the jurisdiction")
    protects: str = told("Whom it protects")
    url: str = told("Where it stands")
    status: str | None = told("What to know of its being in force")
    agencies: list[str] = told("Slugs of the offices that see to it")
    checked_on: Day = told("When that was last checked")


class Agency(Office):
    """An office with its slug."""

    slug: str = told("Its name in the notes")


class NotePlace(Answer):
    """A place in a law."""

    law: str = told("Slug of the law")
    at: str | None = told("Article or section")


class Note(Answer):
    """What laws say about clauses of a type."""

    says: str = told("The note")
    places: list[NotePlace] = told("Where it rests on")


class Question(Answer):
    """What to ask of such a clause."""

    ask: str = told("The question")
    figures: list[str] = told("Kinds of figures that would answer it")


class LawOfType(Answer):
    """All that is noted of a clause type."""

    type: str = told("Slug of the type")
    none: str | None = told("Why there are no notes")
    notes: list[Note] = told("The notes")
    questions: list[Question] = told("What to ask")
    contract: list[str] = told("What to look for in the contract")
    steps: list[str] = told("What one can do")


class LawNotes(Answer):
    """All notes on the law."""

    url: str = told("Address of the page")
    version: str = told("Version of the notes")
    checked_how: str = told("How they were checked")
    laws: list[Law] = told("The laws")
    agencies: list[Agency] = told("The offices")
    types: list[LawOfType] = told("The notes by clause type")

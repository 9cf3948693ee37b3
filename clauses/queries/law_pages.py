"""All notes on the law as one page, for whoever checks or cites them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clauses.core.jurisdictions import Jurisdiction
from clauses.core.regulation import Agency, Law, Regulation, TypeNotes
from clauses.core.taxonomy import ClauseType, Group
from clauses.queries.clause_types import grouped_types
from clauses.queries.record_law import NO_NOTES
from clauses.queries.twins import Json, public_url
from clauses.site_taxonomy import regulation_in_force


@dataclass(frozen=True, slots=True)
class Shelf:
    """A jurisdiction with its laws and the offices that take complaints."""

    jurisdiction: Jurisdiction
    laws: list[Law]
    agencies: list[Agency]


@dataclass(frozen=True, slots=True)
class LawPage:
    """All notes: laws by jurisdiction, and what is said of each type by group; the day of the oldest check."""

    regulation: Regulation
    shelves: list[Shelf]
    groups: list[tuple[Group, list[tuple[ClauseType, TypeNotes]]]]
    checked_on: date

    @property
    def note_count(self) -> int:
        """How many notes there are."""
        return sum(len(notes.notes) for notes in self.regulation.types.values())


def law_page() -> LawPage:
    """The page of all notes, with the types of this site."""
    regulation = regulation_in_force()
    laws, agencies = regulation.laws.values(), regulation.agencies.values()
    return LawPage(
        regulation=regulation,
        shelves=[
            Shelf(
                place,
                [law for law in laws if law.jurisdiction == place],
                [office for office in agencies if office.jurisdiction == place],
            )
            for place in regulation.jurisdictions.values()
        ],
        groups=[
            (group, [(found, regulation.types.get(found.slug, NO_NOTES)) for found in types])
            for group, types in grouped_types()
        ],
        checked_on=min(law.checked_on for law in laws),
    )


def law_page_twin(page: LawPage) -> Json:
    """The twin of the page."""
    return {
        "url": public_url("law"),
        "version": page.regulation.version,
        "checked_how": page.regulation.checked_how,
        "laws": [_law(law) for shelf in page.shelves for law in shelf.laws],
        "agencies": [
            {"slug": office.slug, "name": office.name, "jurisdiction": office.jurisdiction.slug}
            | {"what_for": office.what_for, "url": office.url}
            for shelf in page.shelves
            for office in shelf.agencies
        ],
        "types": [_type(found, notes) for _, rows in page.groups for found, notes in rows],
    }


def _law(law: Law) -> Json:
    return {
        "slug": law.slug,
        "name": law.name,
        "citation": law.citation,
        "jurisdiction": law.jurisdiction.slug,
        "protects": law.protects,
        "url": law.url,
        "status": law.status or None,
        "agencies": [office.slug for office in law.agencies],
        "checked_on": law.checked_on.isoformat(),
    }


def _type(found: ClauseType, notes: TypeNotes) -> Json:
    return {
        "type": found.slug,
        "none": notes.none or None,
        "notes": [
            {
                "says": note.says,
                "places": [{"law": place.law.slug, "at": place.at or None} for place in note.places],
            }
            for note in notes.notes
        ],
        "questions": [{"ask": row.ask, "figures": list(row.facts)} for row in notes.questions],
        "contract": list(notes.contract),
        "steps": list(notes.steps),
    }

"""What a site says otherwise of the law: notes on a type, and agencies with the laws they are named for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from clauses.core.amended_types import Tell
from clauses.core.regulation import Agency, Law, Regulation, read_agency, read_notes
from clauses.core.tables import Table, TaxonomyError

AGENCY_KEYS = ("jurisdiction", "name", "what_for", "url", "laws")


def amended_regulation(
    regulation: Regulation, types: Collection[str], content: Mapping[str, Any], tell: Tell
) -> Regulation:
    """The notes with those of a content, on these types; what cannot be put over them is told and left out."""
    agencies, laws = dict(regulation.agencies), dict(regulation.laws)
    for slug, row in content.get("agencies", {}).items():
        try:
            _add_agency(regulation, agencies, laws, slug, row)
        except TaxonomyError as error:
            tell(str(error))
    notes = dict(regulation.types)
    for slug, row in content.get("notes", {}).items():
        try:
            if slug not in types or not isinstance(row, Mapping):
                raise TaxonomyError(f"notes: {slug} is no type of the taxonomy")
            notes[slug] = read_notes(Table(f"notes on {slug}", {"slug": slug, **row}), laws)
        except TaxonomyError as error:
            tell(str(error))
    # Places of the shipped notes go on naming a law as it is now.
    notes = {
        slug: replace(
            one,
            notes=tuple(
                replace(note, places=tuple(replace(at, law=laws[at.law.slug]) for at in note.places))
                for note in one.notes
            ),
        )
        for slug, one in notes.items()
    }
    return replace(
        regulation,
        agencies=MappingProxyType(agencies),
        laws=MappingProxyType(laws),
        types=MappingProxyType(notes),
    )


def _add_agency(
    regulation: Regulation, agencies: dict[str, Agency], laws: dict[str, Law], slug: str, row: Any
) -> None:
    if not isinstance(row, Mapping):
        raise TaxonomyError(f"agency {slug}: must be a table")
    table = Table(f"agency {slug}", {"slug": slug, **row})
    table.only("slug", *AGENCY_KEYS)
    named = table.texts("laws", required=False)
    if unknown := next((law for law in named if law not in laws), ""):
        raise table.error("laws", f"names {unknown}, which does not exist")
    shown = {key: value for key, value in table.row.items() if key != "laws"}
    agency = read_agency(Table(table.path, shown), regulation.jurisdictions)
    agencies[slug] = agency
    for key, law in laws.items():
        others = tuple(one for one in law.agencies if one.slug != slug)
        laws[key] = replace(law, agencies=(*others, agency) if key in named else others)

"""Regulatory notes by clause type: which law speaks of such clauses, what to look at, and where people can complain.

The shipped files stand in `clauses/taxonomy/`: `laws.toml` (jurisdictions too), `agencies.toml` and `regulation.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TypeVar

from clauses.core.jurisdictions import Jurisdiction, read_jurisdictions
from clauses.core.tables import Table, read_table

FILES = ("laws.toml", "agencies.toml", "regulation.toml")
# Whom a law protects; notes for consumers and for business users fit documents for them.
PROTECTED = ("people", "consumers", "business users")
# The kinds of figures a question may be answered by: those that say what users may do, and until when.
FIGURES = (
    "retention",
    "notice_period",
    "minimum_age",
    "opt_out_window",
    "liability_cap",
    "claim_period",
    "response_time",
    "refund_period",
    "effective_date",
    "deadline",
    "renewal_notice",
    "renewal_period",
    "governing_law",
    "venue",
    "period",
)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Agency:
    """An office that takes complaints; `url` is its own page."""

    slug: str
    name: str
    jurisdiction: Jurisdiction
    what_for: str
    url: str


@dataclass(frozen=True, slots=True)
class Law:
    """A law with its official address. `status` says what was about to change, empty where nothing was known.

    `checked_on` is the day somebody last went through what is said of it.
    """

    slug: str
    name: str
    citation: str
    jurisdiction: Jurisdiction
    url: str
    protects: str
    status: str
    agencies: tuple[Agency, ...]
    checked_on: date


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a law: "Art. 17"; empty for the law as a whole."""

    law: Law
    at: str


@dataclass(frozen=True, slots=True)
class Note:
    """What laws say of clauses of a type, in our words; the same in each of the places."""

    places: tuple[Place, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Question:
    """What to look at in the words of a clause; `facts` are the kinds of figures that answer it."""

    ask: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeNotes:
    """What an analyst asks about a type. `none` says why there are no notes; empty where there are."""

    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    contract: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    none: str = ""


@dataclass(frozen=True, slots=True)
class Regulation:
    """All notes by type slug, under one version. `checked_how` says what was done to get them right."""

    version: str
    checked_how: str
    jurisdictions: Mapping[str, Jurisdiction]
    laws: Mapping[str, Law]
    agencies: Mapping[str, Agency]
    types: Mapping[str, TypeNotes]


@cache
def shipped_regulation() -> Regulation:
    """The notes that come with the program."""
    folder = resources.files("clauses") / "taxonomy"
    return load_regulation({name: (folder / name).read_bytes() for name in FILES})


def load_regulation(files: Mapping[str, bytes]) -> Regulation:
    """The notes from their TOML files by name.

    Raises TaxonomyError naming file and key where something is missing, misspelt or names what does not exist.
    """
    laws, agencies, notes = (read_table(files, name) for name in FILES)
    laws.only("version", "checked_how", "jurisdiction", "law")
    agencies.only("version", "agency")
    notes.only("version", "type")
    places = read_jurisdictions(laws)
    offices = _by_slug(agencies.tables("agency"), lambda table: read_agency(table, places))
    known = _by_slug(laws.tables("law"), lambda table: _law(table, places, offices))
    return Regulation(
        version=notes.text("version"),
        checked_how=laws.text("checked_how"),
        jurisdictions=MappingProxyType(places),
        laws=MappingProxyType(known),
        agencies=MappingProxyType(offices),
        types=MappingProxyType(_by_slug(notes.tables("type"), lambda table: read_notes(table, known))),
    )


def _by_slug(tables: Iterable[Table], read: Callable[[Table], Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for table in tables:
        slug = table.text("slug")
        if slug in found:
            raise table.error("slug", f"{slug} stands twice")
        found[slug] = read(table)
    return found


def read_agency(table: Table, places: Mapping[str, Jurisdiction]) -> Agency:
    """An agency from its table, as in the shipped file. Raises TaxonomyError naming the key that is wrong."""
    table.only("slug", "jurisdiction", "name", "what_for", "url")
    return Agency(
        slug=table.text("slug"),
        name=table.text("name"),
        jurisdiction=_known(table, "jurisdiction", table.text("jurisdiction"), places),
        what_for=table.text("what_for"),
        url=_web_address(table),
    )


def _law(table: Table, places: Mapping[str, Jurisdiction], offices: Mapping[str, Agency]) -> Law:
    table.only(
        "slug", "jurisdiction", "name", "citation", "url", "protects", "agencies", "status", "checked_on"
    )
    protects = table.text("protects")
    if protects not in PROTECTED:
        raise table.error("protects", f"must be one of {', '.join(PROTECTED)}")
    named = table.texts("agencies", required=False)
    return Law(
        slug=table.text("slug"),
        name=table.text("name"),
        citation=table.text("citation"),
        jurisdiction=_known(table, "jurisdiction", table.text("jurisdiction"), places),
        url=_web_address(table),
        protects=protects,
        status=table.text("status") if "status" in table.row else "",
        agencies=tuple(_known(table, "agencies", slug, offices) for slug in named),
        checked_on=table.day("checked_on"),
    )


def read_notes(table: Table, laws: Mapping[str, Law]) -> TypeNotes:
    """The notes on a type from their table, as in the shipped file. Raises TaxonomyError naming what is wrong."""
    table.only("slug", "notes", "questions", "contract", "steps", "none")
    if "none" in table.row:
        table.only("slug", "none")
        return TypeNotes(none=table.text("none"))
    return TypeNotes(
        notes=tuple(_note(row, laws) for row in table.tables("notes")),
        questions=tuple(_question(row) for row in table.tables("questions")),
        contract=table.texts("contract"),
        steps=table.texts("steps"),
    )


def _note(table: Table, laws: Mapping[str, Law]) -> Note:
    table.only("at", "says")
    return Note(tuple(_place(table, at, laws) for at in table.texts("at")), table.text("says"))


def _place(table: Table, written: str, laws: Mapping[str, Law]) -> Place:
    slug, _, at = written.partition(" ")
    return Place(_known(table, "at", slug, laws), at)


def _question(table: Table) -> Question:
    table.only("ask", "facts")
    facts = table.texts("facts", required=False)
    if unknown := sorted(set(facts) - set(FIGURES)):
        raise table.error("facts", f"names {unknown[0]}, which is no kind of figure")
    return Question(table.text("ask"), facts)


def _known(table: Table, key: str, slug: str, rows: Mapping[str, Row]) -> Row:
    if slug not in rows:
        raise table.error(key, f"names {slug}, which does not exist")
    return rows[slug]


def _web_address(table: Table) -> str:
    url = table.text("url")
    if not url.startswith("https://"):
        raise table.error("url", "must begin with https://")
    return url

"""The notes on laws: complete for every type, sound, and refused where they are not."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from clauses.core.regulation import FIGURES, FILES, TypeNotes, load_regulation, shipped_regulation
from clauses.core.tables import TaxonomyError
from clauses.core.taxonomy import shipped_taxonomy

REGULATION = shipped_regulation()
FOLDER = resources.files("clauses") / "taxonomy"
SHIPPED = {name: (FOLDER / name).read_bytes() for name in FILES}
NOTED = {slug: notes for slug, notes in REGULATION.types.items() if not notes.none}


def broken(name: str, old: bytes, new: bytes) -> dict[str, bytes]:
    assert old in SHIPPED[name]
    return {**SHIPPED, name: SHIPPED[name].replace(old, new, 1)}


def test_every_type_of_the_taxonomy_has_notes_or_says_why_not() -> None:
    assert set(REGULATION.types) == set(shipped_taxonomy().types)


@pytest.mark.parametrize("slug", NOTED)
def test_a_type_is_spoken_of_by_more_than_one_jurisdiction_and_has_points_and_steps(slug: str) -> None:
    notes = NOTED[slug]
    places = [place.law.jurisdiction.slug for note in notes.notes for place in note.places]
    assert len(set(places)) >= 2
    assert {"eu", "uk"} & set(places)
    assert 1 <= len(notes.questions) <= 4
    assert 1 <= len(notes.contract) <= 3
    assert 1 <= len(notes.steps) <= 3


@pytest.mark.parametrize("slug", NOTED)
def test_a_note_is_short_names_its_place_and_judges_nobody(slug: str) -> None:
    for note in NOTED[slug].notes:
        assert 40 <= len(note.says) <= 360, note.says
        assert note.says.endswith(".")
        assert not re.search(
            r"\b(?:illegal|unlawful terms|violates?|unenforceable|you must|you should)\b", note.says
        )
        for place in note.places:
            # Only a law that is about one thing as a whole may be named without a place.
            assert place.at or place.law.slug == "eca_digital", note.says
            assert re.search(r"\d", place.at) or not place.at or place.at == "Ch. V"


def test_questions_are_answered_by_kinds_of_figures_that_are_read() -> None:
    kinds = {kind for notes in NOTED.values() for question in notes.questions for kind in question.facts}
    documented = (Path(__file__).resolve().parents[3] / "docs" / "taxonomy.md").read_text()
    assert all(f"`{kind}`" in documented for kind in FIGURES)
    assert {"retention", "minimum_age", "liability_cap", "venue", "governing_law"} <= kinds


def test_every_law_and_every_agency_is_used() -> None:
    used = {place.law.slug for notes in NOTED.values() for note in notes.notes for place in note.places}
    assert used == set(REGULATION.laws)
    assert {office.slug for law in REGULATION.laws.values() for office in law.agencies} == set(
        REGULATION.agencies
    )


def test_an_agency_is_of_the_law_s_jurisdiction_or_of_the_one_around_it() -> None:
    for law in REGULATION.laws.values():
        around = {law.jurisdiction.slug, law.jurisdiction.within}
        assert {office.jurisdiction.slug for office in law.agencies} <= around


def test_a_law_is_linked_once_and_with_its_official_site() -> None:
    official = (
        "eur-lex.europa.eu",
        "legislation.gov.uk",
        "uscode.house.gov",
        "ecfr.gov",
        "leginfo.legislature.ca.gov",
        "cppa.ca.gov",
        "ilga.gov",
        "laws-lois.justice.gc.ca",
        "legisquebec.gouv.qc.ca",
        "planalto.gov.br",
        "legislation.gov.au",
        "laws.e-gov.go.jp",
    )
    urls = [law.url for law in REGULATION.laws.values()]
    assert len(urls) == len(set(urls))
    for url in urls:
        assert url.split("/")[2].removeprefix("www.") in official


def test_the_file_says_that_no_lawyer_reviewed_it() -> None:
    assert "Not reviewed by a lawyer." in REGULATION.checked_how


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("regulation.toml", b"gdpr Art. 82", b"gpdr Art. 82", "at names gpdr, which does not exist"),
        ("regulation.toml", b"none = ", b"steps = []\nnone = ", "steps is not a known key"),
        ("regulation.toml", b"steps = [", b"stepps = [", "stepps is not a known key"),
        ("regulation.toml", b'facts = ["venue', b'facts = ["place', "facts names place"),
        ("laws.toml", b'"eu_dpa"', b'"eu_dba"', "agencies names eu_dba"),
        ("laws.toml", b'protects = "people"', b'protects = "persons"', "protects must be one of"),
        ("laws.toml", b"checked_on = 2026-11-29", b'checked_on = "today"', "checked_on must be a day"),
        ("laws.toml", b'within = "us"', b'within = "uz"', "within names uz"),
        ("laws.toml", b"https://eur-lex", b"http://eur-lex", "url must begin with https://"),
        ("agencies.toml", b'jurisdiction = "eu"', b'jurisdiction = "ue"', "jurisdiction names ue"),
        ("agencies.toml", b"https://", b"javascript:", "url must begin with https://"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(name: str, old: bytes, new: bytes, message: str) -> None:
    with pytest.raises(TaxonomyError, match=re.escape(message)) as told:
        load_regulation(broken(name, old, new))
    assert str(told.value).startswith(name)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(TaxonomyError, match=r"agencies\.toml: is missing"):
        load_regulation({name: read for name, read in SHIPPED.items() if name != "agencies.toml"})


def test_a_slug_that_stands_twice_is_refused() -> None:
    twice = SHIPPED["regulation.toml"] + b'\n[[type]]\nslug = "other"\nnone = "Again."\n'
    with pytest.raises(TaxonomyError, match="other stands twice"):
        load_regulation({**SHIPPED, "regulation.toml": twice})


def test_a_type_may_have_no_notes_and_a_reason() -> None:
    assert REGULATION.types["other"] == TypeNotes(none=REGULATION.types["other"].none)
    assert REGULATION.types["other"].none

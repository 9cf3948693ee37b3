"""What is stored of a reading is what was read, each distinct wording once, and nothing for what did not change."""

from __future__ import annotations

import pytest

from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage, ReadClause
from clauses.models import Classification, Occurrence, ReadFact, Wording
from clauses.reading import passages, read_passages, store_readings, stored_clauses
from tests.clauses.core.type_sentences import SENTENCES
from tests.clauses.edited_documents import ENDS, FIVE, KEEPS, LAW, RATES, SHARES, Edited, row_counts

pytestmark = pytest.mark.django_db

MANY = tuple(
    f"Courier number {n} brings parcels to house {n + 7} before noon on market days." for n in range(200)
)


def passage(text: str, *path: str) -> Passage:
    return Passage(0, 0, len(text), text, path)


def stored_and_read(passages: list[Passage]) -> tuple[list[ReadClause], list[ReadClause]]:
    taxonomy = shipped_taxonomy()
    fresh = read_passages(passages, taxonomy)
    store_readings(fresh, taxonomy.version)
    return read_passages(passages, taxonomy), fresh


def grown(before: dict[str, int]) -> dict[str, int]:
    """The tables that have more rows than before, and by how many."""
    return {name: rows - before[name] for name, rows in row_counts().items() if rows != before[name]}


def test_what_is_stored_is_what_was_read() -> None:
    texts = [text for right, near in SENTENCES.values() for text in (*right, near)]
    stored, fresh = stored_and_read([passage(text, "Your data") for text in dict.fromkeys(texts)])
    assert stored == fresh
    assert any(clause.classification.facts for clause in fresh)


def test_figures_that_begin_at_the_same_word_come_back_in_the_order_they_were_read() -> None:
    texts = [
        "We keep logs for 30 days, invoices for 10 years and your photos indefinitely.",
        "Our liability is limited to the greater of 100 euros or the fees of the last 12 months.",
        "Effective 1 March 2031, you must be at least 16 years old, or 13 with consent of a parent.",
        "You have 30 days from 1 March 2031 to opt out by writing to us.",
    ]
    stored, fresh = stored_and_read([passage(text) for text in texts])
    assert [clause.classification.facts for clause in stored] == [
        clause.classification.facts for clause in fresh
    ]


def test_a_figure_with_a_very_long_subject_reads_the_same_from_the_database() -> None:
    things = ", ".join(f"the record of the {n}th parcel you sent" for n in range(1, 40))
    stored, fresh = stored_and_read([passage(f"We keep {things} for 30 days after you close your account.")])
    assert stored == fresh


def test_the_clauses_of_an_analyzed_version_come_back_as_they_were_read() -> None:
    edited = Edited("#Data", *FIVE)
    version = edited.document.versions.get()
    clauses, occurrences = stored_clauses(version)
    assert [clause.passage for clause in clauses] == list(passages(version))
    assert clauses == read_passages(passages(version), shipped_taxonomy())
    assert [occurrence.wording.text for occurrence in occurrences] == list(FIVE)


def test_the_words_of_a_reading_are_found_in_the_stored_wording_where_they_are_said_to_be() -> None:
    first = "We keep your photos… and your parcel labels for 30 days."
    variant = first.replace("…", "...")
    edited = Edited("#Data", RATES, first, "#Recordings", SHARES, variant)
    edited.publish("#Data", RATES, variant, "#Recordings", SHARES, first, "#Labels", LAW, variant)
    assert Wording.objects.filter(text__in=[first, variant]).count() == 1
    readings = Classification.objects.filter(wording__text__in=[first, variant])
    assert readings.count() == 3, "one a heading"
    for reading in readings:
        text = reading.wording.text
        spans = [(w["start"], w["end"], w["text"]) for match in reading.types for w in match["evidence"]]
        spans += [(fact.start, fact.end, fact.quote) for fact in reading.facts.all()]
        assert spans
        assert [text[start:end] for start, end, _ in spans] == [words for *_, words in spans]


def test_a_text_with_the_same_words_in_other_glyphs_is_the_same_wording() -> None:
    edited = Edited(RATES, "Fernbank’s couriers keep your “door code” for 30 days.", LAW)
    before = row_counts()
    edited.publish(RATES, 'Fernbank\'s couriers keep your "door code" for 30 days.', LAW, ENDS)
    assert grown(before)["Wording"] == 1
    assert grown(before)["Occurrence"] == 1


def test_a_wording_under_another_heading_is_read_on_its_own() -> None:
    words = "30 days after the last delivery."
    edited = Edited("#How long we keep your photos", words, RATES, "#How much notice we give", words, LAW)
    rows = Occurrence.objects.filter(wording__text=words)
    assert rows.values("wording").distinct().count() == 1
    assert rows.values("classification").distinct().count() == 2
    before = row_counts()
    edited.publish(
        "#How long we keep your photos", words, RATES, "#How much notice we give", RATES, words, LAW
    )
    assert "Wording" not in grown(before)


def test_the_same_clause_in_the_same_context_of_two_documents_is_read_once() -> None:
    Edited("#Data", *FIVE)
    before = row_counts()
    Edited("#Data", *FIVE)
    assert not {"Wording", "Classification", "ReadFact"} & set(grown(before))
    assert grown(before)["Occurrence"] == 5


def test_a_version_that_changes_one_clause_of_two_hundred_stores_that_one_alone() -> None:
    edited = Edited(*MANY)
    before = row_counts()
    edited.publish(*MANY[:120], MANY[120].replace("before noon", "after lunch"), *MANY[121:])
    added = grown(before)
    assert {name: added.get(name, 0) for name in ("Wording", "Classification", "Occurrence", "Change")} == {
        "Wording": 1,
        "Classification": 1,
        "Occurrence": 1,
        "Change": 1,
    }
    assert added["Analysis"] == added["ChangeSet"] == 1
    assert "Clause" not in added
    assert sum(added.values()) <= 10


def test_a_version_in_another_order_stores_changes_and_no_readings() -> None:
    edited = Edited(*FIVE)
    before = row_counts()
    edited.publish(LAW, RATES, KEEPS, SHARES, ENDS)
    more = grown(before)
    assert more.pop("ChangedType") >= 1
    assert more == {"Analysis": 1, "ChangeSet": 1, "Change": 1}


def test_a_changed_clause_replaces_its_labels() -> None:
    edited = Edited(RATES, KEEPS, LAW)
    before = row_counts()
    edited.publish(RATES, KEEPS.replace("30 days", "5 years"), LAW)
    assert "Label" not in grown(before)
    assert grown(before)["ReadFact"] == 1
    assert set(ReadFact.objects.filter(kind="retention").values_list("value", flat=True)) == {"30", "5"}

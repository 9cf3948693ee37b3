from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.compare import compare
from clauses.core.headline import MAX_LENGTH
from clauses.core.values import PairKind, Passage, ReadClause
from tests.clauses.core.invented import clause, document, fact

NAMES = {"arbitration": "Arbitration", "ai_training": "AI training", "data_sale": "Sale of data"}


def keeps(quote, value, unit):
    text = f"We keep your conversations for {quote}."
    return clause(
        text, "data_retention", facts=(fact(text, quote, "retention", value, unit, "your conversations"),)
    )


def keeps_forever():
    text = "We keep your conversations indefinitely."
    return clause(
        text, facts=(fact(text, "indefinitely", "retention", "indefinitely", "", "your conversations"),)
    )


def told(old, new, subject="Northlight", name=""):
    return compare(document(*old), document(*new), subject=subject, type_names=NAMES, document=name)


STAYS = clause("Mail is carried on foot.")
MORE = clause("Letters wait at the quay.")


@pytest.mark.parametrize(
    ("old", "new", "kind", "headline"),
    [
        (
            [keeps("30 days", "30", "day")],
            [keeps("five years", "5", "year")],
            "substantive",
            "Northlight keeps conversations for 5 years instead of 30 days",
        ),
        (
            [keeps("30 days", "30", "day")],
            [keeps_forever()],
            "substantive",
            "Northlight keeps conversations indefinitely instead of for 30 days",
        ),
        (
            [STAYS],
            [STAYS, clause("Quarrels go to an arbiter.", "arbitration")],
            "substantive",
            "Northlight adds an arbitration clause",
        ),
        (
            [clause("We never sell your letters.", "data_sale"), STAYS],
            [clause("We may sell your letters.", "data_sale"), clause("Mail is carried on horses.")],
            "substantive",
            "Northlight allows itself to sell data",
        ),
        ([STAYS], [clause("Mail is carried on horseback.")], "editorial", "Northlight rewords 1 clause"),
        ([STAYS], [clause("Mail is carried, on foot.")], "editorial", "Northlight rewords 1 clause"),
        (
            [clause("Last updated 3 May 2024")],
            [clause("Last updated 4 June 2025")],
            "date",
            "Northlight updates the date of its Terms of Service",
        ),
        (
            [clause("1. Mail is late."), clause("2. Ships sink.")],
            [clause("2. Mail is late."), clause("3. Ships sink.")],
            "renumbered",
            "Northlight renumbers 2 clauses",
        ),
        (
            [STAYS, MORE, clause("Ships sink.")],
            [MORE, clause("Ships sink."), STAYS],
            "reordered",
            "Northlight moves 1 clause",
        ),
        ([STAYS], [STAYS], "none", "Northlight changes no clause of its Terms of Service"),
        ([], [], "none", "Northlight changes no clause of its Terms of Service"),
    ],
)
def test_the_kind_and_headline_of_a_change_set(old, new, kind, headline):
    found = told(old, new, name="Terms of Service")
    assert (found.kind, found.headline) == (kind, headline)


def test_files_without_a_name_that_say_the_same_change_nothing():
    assert told([STAYS], [STAYS], name="").headline == "Northlight changes nothing"


def under(heading, text):
    read = clause(text)
    return ReadClause(Passage(0, 0, len(text), text, (heading,)), read.classification)


def test_a_new_heading_over_unchanged_clauses_is_editorial_and_no_change_of_a_clause():
    found = told([under("Mail", "We carry it.")], [under("Post", "We carry it.")])
    assert (found.kind, found.changes, found.headline) == ("editorial", (), "Northlight rewords a heading")


LINES = st.lists(
    st.sampled_from(
        [
            clause("We will not sell your letters.", "data_sale"),
            clause("We may sell your letters to any carrier.", "data_sale"),
            clause("Quarrels go to an arbiter.", "arbitration", severity="high"),
            keeps("30 days", "30", "day"),
            keeps("five years", "5", "year"),
            clause("1. Ships sink."),
            clause("2. Ships sink."),
            clause("Last updated 3 May 2024"),
            clause("Last updated 4 June 2025"),
            clause("x " * 100),
        ]
    ),
    max_size=8,
)


@given(LINES, LINES)
def test_counts_changes_and_sentences_come_from_the_same_pairs(old, new):
    found = told(old, new)
    assert set(found.counts) == set(get_args(PairKind))
    assert sum(found.counts.values()) == len(found.pairs)
    assert [change.pair for change in found.changes] == [p for p in found.pairs if p.kind != "unchanged"]
    assert (found.kind == "substantive") == (found.severity != "none")
    for sentence in (found.headline, *(change.summary for change in found.changes)):
        assert sentence.startswith("Northlight ")
        assert len(sentence) <= MAX_LENGTH
        assert not sentence.endswith(".")
    assert found == told(old, new)


@given(LINES)
def test_a_document_against_itself_has_no_changes(lines):
    found = told(lines, lines)
    assert (found.kind, found.severity, found.direction, found.changes) == ("none", "none", "neutral", ())


def test_a_split_clause_has_a_redline_of_its_parts_joined_by_a_line_break():
    first, second = (
        "We moor your boat at the north quay each winter.",
        "The harbor master checks each hull in spring.",
    )
    found = told([clause(f"{first} {second}")], [clause(first), clause(second)])
    assert found.counts["split"] == 1
    assert "".join(run.text for run in found.changes[0].redline if run.op != "-") == f"{first}\n{second}"
    assert found.kind == "editorial"


def test_a_clause_whose_only_change_is_a_date_updates_a_date():
    found = compare(
        document(clause("These rules apply from 3 May 2024 on."), clause("Ink is sold by the pint.")),
        document(clause("These rules apply from 4 June 2025 on."), clause("Ink is sold by the quart.")),
        subject="Northlight",
    )
    assert found.changes[0].summary == "Northlight updates a date"

"""Retention names what is kept, from the sentence, its label or its row."""

from __future__ import annotations

import pytest

from tests.clauses.core.texts import facts, one


@pytest.mark.parametrize(
    ("text", "subject", "condition"),
    [
        ("For all plans, we keep abuse scores for 7 years.", "abuse scores", "For all plans"),
        (
            "We retain notes and drafts for a maximum of 2 years if you report a note.",
            "notes and drafts",
            "if you report a note",
        ),
        (
            "If you pay (e.g., by card): unless we agree, we delete notes on the disk within 28 days.",
            "notes",
            "If you pay (e.g., by card): unless we agree",
        ),
        ("After 30 days, old drafts are removed.", "old drafts", ""),
        ("Session logs: 30 days from collection.", "Session logs", "from collection"),
        ("The five-year retention period also applies to ratings you send.", "ratings you send", ""),
        ("You can clear single notes, which are erased within 30 days.", "single notes", ""),
        ("Theme cookies expire after 13 months.", "Theme cookies", ""),
        ("Applications | six months from rejection", "Applications", "from rejection"),
        ("Storage period | 6 months", "", ""),
    ],
)
def test_retention_says_what_is_kept_and_when(text, subject, condition):
    context = {"heading_path": ("How long we keep data",)}
    fact = one(text, **context)
    assert (fact.kind, fact.subject, fact.condition) == ("retention", subject, condition)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("We keep bills for six years and chats for two years.", ["bills", "chats"]),
        ("Photos are kept for one week and guest lists for a quarter.", ["Photos", "guest lists"]),
        ("We keep bills for a year, chats for a month and notes for a week.", ["bills", "chats", "notes"]),
        ("We keep bills for 30 days after closing and in other cases for 60 days.", ["bills", "bills"]),
    ],
)
def test_a_second_period_has_its_own_noun(text, subjects):
    assert [fact.subject for fact in facts(text)] == subjects


def test_a_row_is_about_the_cell_that_names_it():
    fact = one("Acme | session_id | 2 years", header=("Provider", "Cookie", "Lifespan"))
    assert (fact.subject, fact.normalized) == ("session_id", 730)


def test_a_quote_leaves_out_the_bar_between_cells():
    fact = one("Letters | The time needed to answer you", header=("What", "Retention period"))
    assert (fact.value, fact.subject) == ("The time needed to answer you", "Letters")

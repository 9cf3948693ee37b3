"""Header rows and notes of age are of no type, even under a heading that names one."""

from __future__ import annotations

import pytest

from clauses.core.bare_notes import states_no_term
from clauses.core.read import read_clause
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage

HEADING = ("How long do you keep my notes?",)


def passage(text, header=()):
    return Passage(0, 0, len(text), text, HEADING, header=header)


@pytest.mark.parametrize(
    ("text", "header", "expected"),
    [
        ("Updated over a week ago", (), True),
        ("Last updated: May 3, 2031", (), True),
        ("This page was last reviewed on 3 May 2031.", (), True),
        ("Updated notes are kept for a year.", (), False),
        ("Updated terms hold from 2031", (), False),
        ("Notes | Period", ("Notes", "Period"), True),
        ("Notes | A year", ("Notes", "Period"), False),
        ("Notes", (), False),
    ],
)
def test_a_note_states_no_term(text, header, expected):
    assert states_no_term(passage(text, header)) is expected


def test_what_states_no_term_has_no_type_and_no_severity():
    for bare in (passage("Updated over a week ago"), passage("Notes | Period", ("Notes", "Period"))):
        read = read_clause(bare, shipped_taxonomy())
        assert (read.types, read.severity, read.reasons) == ((), "none", ())


def test_a_header_row_with_a_figure_is_read():
    read = read_clause(passage("Notes | Kept for 30 days", ("Notes", "Kept for 30 days")), shipped_taxonomy())
    assert [fact.value for fact in read.facts] == ["30"]
    assert read.types

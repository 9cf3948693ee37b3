"""Cells that a spreadsheet never takes for a formula."""

from __future__ import annotations

import pytest

from clauses.core.csv_cell import csv_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "＝1+1", '=HYPERLINK("x")'],
)
def test_what_begins_like_a_formula_is_quoted_with_an_apostrophe(text: str):
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "plain", "a=b", "5 years", "'quoted", "2031-03-03", " spaced"])
def test_other_text_stays_as_it_is(text: str):
    assert csv_cell(text) == text


def test_nothing_is_an_empty_cell_and_a_number_its_digits():
    assert csv_cell(None) == ""
    assert csv_cell(12) == "12"

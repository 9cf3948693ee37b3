from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.align import align
from clauses.core.compare import compare
from clauses.core.read import read_clause
from clauses.core.segment import segment
from clauses.core.table_rows import column_title, named_rows, row_name
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Pair, Passage, ReadClause
from monitor.core.extract import extract

NAMES = ("Free", "Harbor", "Lighthouse", "Guild", "Fleet", "Captain's plan")
CELLS = st.sampled_from(
    ["30 days", "90 days", "until you delete it", "never", "five years, then erased", "1 %"]
)


def rows(*texts, header=("Plan", "Kept"), heading="Storage"):
    """Rows of one table under one heading."""
    return [
        Passage(index, 0, len(text), text, ("Terms", heading), "", header) for index, text in enumerate(texts)
    ]


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=2, max_size=6))
def test_a_row_stays_the_same_clause_whatever_its_cells_become(cells):
    old, new = (
        rows(*(f"{name} | {row[side]} | {row[side + 1]}" for name, row in zip(NAMES, cells, strict=False)))
        for side in (0, 2)
    )
    for one, other in ((old, new), (new, old)):
        assert {(pair.old, pair.new) for pair in align(one, other)} == {
            ((index,), (index,)) for index in range(len(old))
        }


def test_a_row_that_keeps_its_name_is_not_taken_for_the_one_whose_figure_it_got():
    old = rows("Free | 30 days", "Guild | 90 days")
    new = rows("Free | 90 days", "Guild | until you delete it")
    assert align(old, new) == (Pair("modified", (0,), (0,)), Pair("modified", (1,), (1,)))


@pytest.mark.parametrize(
    "new",
    [
        rows("Free | 5 years", heading="Prices"),
        rows("Free | 5 years", header=("Country", "Kept")),
        rows("Free | 5 years", "Free | 9 years"),
    ],
    ids=["another table", "another first column", "a name that two rows share"],
)
def test_a_name_tells_a_row_only_within_one_table_and_once(new):
    old = rows("Free | 30 days")
    headings = ([row.heading_path for row in old], [row.heading_path for row in new])
    assert named_rows(old, new, headings, ([0], [*range(len(new))])) == []


def test_a_column_that_was_added_leaves_the_rows_what_they_were():
    new = rows("Free | nobody | 5 years", header=("Plan", "Read by", "Kept"))
    assert align(rows("Free | 30 days"), new) == (Pair("modified", (0,), (0,)),)


def test_the_first_cell_names_a_row_and_the_header_a_column():
    row = rows("Free | 30 days")[0]
    assert (row_name(row.text), row_name("A clause without cells.")) == ("Free", "")
    assert [column_title(row, row.text.index(word)) for word in ("Free", "30 days")] == ["Plan", "Kept"]
    assert column_title(replace(row, header=("Kept",)), 0) == ""


def told(old, new):
    """A comparison of two Markdown texts."""
    taxonomy = shipped_taxonomy()
    sides = []
    for text in (old, new):
        found = extract(text.encode(), "text/markdown")
        passages = segment(found.text, found.blocks)
        sides.append([ReadClause(passage, read_clause(passage, taxonomy)) for passage in passages])
    return compare(*sides, subject="Northlight")


KEPT = """# Privacy

## How long we keep your letters

| Plan | Kept for |
|---|---|
| Free | {free} |
| Guild | {guild} |
"""
FEES = """# Prices

## Fees

| Service | Fee | Billed |
|---|---|---|
| Stamp | {stamp} | monthly |
| Seal | $3 | weekly |
"""


def test_the_figure_of_a_row_is_told_with_the_name_of_the_row():
    found = told(
        KEPT.format(free="30 days", guild="90 days"), KEPT.format(free="five years", guild="90 days")
    )
    assert found.headline == "Northlight keeps “Free” for 5 years instead of 30 days"
    assert (found.direction, found.counts["modified"], found.counts["added"]) == ("adverse", 1, 0)


def test_figures_that_two_rows_exchanged_are_two_changes():
    found = told(KEPT.format(free="30 days", guild="90 days"), KEPT.format(free="90 days", guild="30 days"))
    assert [change.direction for change in found.changes] == ["adverse", "favorable"]


def test_a_higher_figure_in_a_column_of_fees_costs_the_user():
    found = told(FEES.format(stamp="$1"), FEES.format(stamp="$2"))
    assert found.headline == "Northlight changes $1 to $2 for “Stamp”"
    assert found.direction == "adverse"
    assert told(FEES.format(stamp="$2"), FEES.format(stamp="$1")).direction == "favorable"


@pytest.mark.parametrize(
    ("old", "new", "is_other"),
    [
        ("_seal | 30 days | remembers your seal", "_horse | 30 days | remembers your seal", True),
        ("Larkhollow | _seal | 30 days", "Larkhollow | _horse | 30 days", True),
        ("Carrier of Larkhollow | 30 days", "Painter | 30 days", True),
        ("To carry letters and parcels | contract", "To carry letters | contract", False),
        ("Larkhollow | 30 days", "a href=https://larkhollow.example>Larkhollow | 30 days", False),
    ],
)
def test_rows_of_other_names_are_no_edit_of_each_other(old, new, is_other):
    kinds = {pair.kind for pair in align(rows(old), rows(new))}
    assert (kinds == {"added", "removed"}) == is_other

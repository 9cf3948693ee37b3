import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.align import align, without_number
from clauses.core.values import Pair
from tests.clauses.core.invented import passages

ROOT = Path(__file__).resolve().parents[3]
LINES = st.lists(
    st.sampled_from(
        [
            "We keep your letters for 30 days.",
            "We keep your letters for ninety days and then burn them.",
            "You may ask the harbor master for a copy of your file.",
            "The harbor master answers within a month.",
            "See above.",
            "4.2 Boats are moored at your own risk.",
            "4.3 Boats are moored at your own risk.",
            "Boats are moored at your own risk. The harbor master answers within a month.",
            "",
        ]
    ),
    max_size=12,
)


def kinds(old, new, **headings):
    pairs = align(
        passages(*old, headings=headings.get("was", ())), passages(*new, headings=headings.get("now", ()))
    )
    return [(pair.kind, pair.old, pair.new) for pair in pairs]


@given(LINES)
def test_a_document_against_itself_is_all_unchanged(lines):
    assert {pair.kind for pair in align(passages(*lines), passages(*lines))} <= {"unchanged"}


@given(LINES, LINES)
def test_every_index_of_both_sides_is_in_exactly_one_pair(old, new):
    pairs = align(passages(*old), passages(*new))
    assert sorted(i for pair in pairs for i in pair.old) == list(range(len(old)))
    assert sorted(j for pair in pairs for j in pair.new) == list(range(len(new)))


@given(LINES, LINES)
def test_the_same_documents_align_the_same_way_each_time(old, new):
    assert align(passages(*old), passages(*new)) == align(passages(*old), passages(*new))


TURNED = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}


def turned(pairs):
    return {(TURNED.get(pair.kind, pair.kind), pair.new, pair.old, pair.main) for pair in pairs}


@given(LINES, LINES)
def test_the_way_back_is_the_way_there_with_the_sides_swapped(old, new):
    there = {(pair.kind, pair.old, pair.new, pair.main) for pair in align(passages(*old), passages(*new))}
    assert there == turned(align(passages(*new), passages(*old)))


def test_documents_align_the_same_way_in_every_process():
    code = (
        "from clauses.core.align import align; from tests.clauses.core.invented import passages; "
        "old = passages(*(f'We keep letter {i} of {i % 7} for {i % 5} days.' for i in range(90))); "
        "new = passages(*(f'We keep letter {i} of {i % 6} for {i % 5} weeks.' for i in range(95, 0, -1))); "
        "print(align(old, new))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1
    assert b"modified" in runs.pop()


@given(LINES, LINES)
def test_pairs_stand_in_the_order_of_the_new_document(old, new):
    places = [pair.new[0] for pair in align(passages(*old), passages(*new)) if pair.new]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["a one", "b two"], ["a one", "b two"], ["unchanged", "unchanged"]),
        (["We bill you monthly."], [], ["removed"]),
        ([], ["We bill you monthly."], ["added"]),
        (["We keep logs for 30 days."], ["We keep logs for five years."], ["modified"]),
        (["We will not sell your file."], ["We may sell your file."], ["modified"]),
        (["4.2 We bill you monthly."], ["4.3 We bill you monthly."], ["renumbered"]),
        (["(a) we bill you monthly"], ["(b) we bill you monthly"], ["renumbered"]),
        (["Section 4: We bill you."], ["Section 5: We bill you."], ["renumbered"]),
        (["30 days after notice we bill."], ["60 days after notice we bill."], ["modified"]),
        (["The moon is full of owls."], ["Fees fall due in advance each quarter."], ["added", "removed"]),
        (["We bill  you"], ["We bill\u00a0you"], ["unchanged"]),
    ],
)
def test_each_kind_of_pair(old, new, expected):
    assert sorted(kind for kind, *_ in kinds(old, new)) == sorted(expected)


def test_a_clause_out_of_order_is_moved_and_the_others_stay():
    assert kinds(["one a", "two b", "three c"], ["three c", "one a", "two b"]) == [
        ("moved", (2,), (0,)),
        ("unchanged", (0,), (1,)),
        ("unchanged", (1,), (2,)),
    ]


def test_a_clause_that_goes_under_another_known_heading_is_moved():
    lines = ["We keep logs.", "We share logs.", "We burn logs."]
    found = kinds(lines, lines, was=("Keeping", "Keeping", "Sharing"), now=("Keeping", "Sharing", "Sharing"))
    assert [kind for kind, *_ in found] == ["unchanged", "moved", "unchanged"]


@pytest.mark.parametrize("now", ["Storage", "7. Keeping", "KEEPING"])
def test_a_heading_with_a_new_title_or_number_keeps_its_clauses(now):
    lines = ["We keep logs.", "We burn logs."]
    found = kinds(lines, lines, was=("5. Keeping", "5. Keeping"), now=(now, now))
    assert [kind for kind, *_ in found] == ["unchanged", "unchanged"]


def test_items_of_equal_build_in_other_lists_are_not_each_other():
    old = [
        "Retention of mail",
        "Boats are moored.",
        "Ships sink.",
        "Ink is sold by the pint.",
        "See the gazette.",
    ]
    new = [
        "Boats are moored.",
        "Ships sink.",
        "Ink is sold by the pint.",
        "See the gazette.",
        "Sharing of mail",
    ]
    found = kinds(old, new, was=("A", "B", "B", "B", "B"), now=("B", "B", "B", "B", "C"))
    assert {kind for kind, *_ in found} == {"removed", "added", "unchanged"}


def test_a_new_clause_beside_an_edited_one_is_added_not_a_part():
    found = kinds(
        ["We keep your logs for 30 days."],
        ["We keep your logs for ninety days.", "Fees are due in advance each quarter."],
    )
    assert found == [("modified", (0,), (0,)), ("added", (), (1,))]


def test_duplicate_texts_pair_in_order():
    assert kinds(["x", "Same.", "Same."], ["x", "Same.", "Same.", "Same."])[:3] == [
        ("unchanged", (0,), (0,)),
        ("unchanged", (1,), (1,)),
        ("unchanged", (2,), (2,)),
    ]


def test_a_removed_clause_is_placed_where_it_stood():
    assert kinds(["one a", "gone forever", "three c"], ["one a", "three c"])[1] == ("removed", (1,), ())


def test_of_two_edited_clauses_each_finds_its_own_successor():
    old = ["We keep letters for 30 days in the archive.", "We keep parcels for 60 days in the cellar."]
    new = ["We keep parcels for 90 days in the cellar.", "We keep letters for 10 days in the archive."]
    assert {(o, n) for _, o, n in kinds(old, new)} == {((0,), (1,)), ((1,), (0,))}


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("4.2 We bill.", "We bill."),
        ("12. We bill.", "We bill."),
        ("(iv) we bill", "we bill"),
        ("30 days after", "30 days after"),
        ("3.5 percent", "3.5 percent"),
        ("A user may", "A user may"),
    ],
)
def test_a_clause_number_is_told_from_a_quantity(text, bare):
    assert without_number(text) == bare


def test_a_pair_names_what_it_holds():
    assert align(passages("We bill you."), ()) == (Pair("removed", (0,), ()),)

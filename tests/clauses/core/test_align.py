import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.align import align, without_number
from clauses.core.values import Pair
from tests.clauses.core.invented import passages

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


def test_a_clause_in_two_parts_is_split_and_the_reverse_merged():
    whole = (
        "We moor your boat at the north quay each winter. The harbor master inspects every hull in spring."
    )
    parts = [
        "We moor your boat at the north quay each winter.",
        "The harbor master inspects every hull in spring.",
    ]
    assert kinds([whole], parts) == [("split", (0,), (0, 1))]
    assert kinds(parts, [whole]) == [("merged", (0, 1), (0,))]


def test_a_paragraph_turned_into_a_list_is_split_though_no_item_is_like_it():
    items = [
        "we pass your name to the pilot who boards your ship",
        "we pass its draft to the master of the lock",
        "we pass the cargo list to the customs house",
        "we pass your arrears to the collector of dues",
        "we pass news of your arrival to the harbor gazette",
    ]
    whole = "So that the harbor works, " + ", ".join(items) + "."
    found = kinds(["Boats are moored.", whole, "Ships sink."], ["Boats are moored.", *items, "Ships sink."])
    assert ("split", (1,), (1, 2, 3, 4, 5)) in found
    found = kinds(["Boats are moored.", *items, "Ships sink."], ["Boats are moored.", whole, "Ships sink."])
    assert ("merged", (1, 2, 3, 4, 5), (1,)) in found


def test_the_larger_piece_of_a_split_goes_on_with_the_record():
    whole = "Boats are moored at the quay. The harbor master inspects every hull and every sail in spring."
    parts = whole.split(". ")
    (pair,) = align(passages(whole), passages(*parts))
    assert (pair.kind, pair.successor) == ("split", (0, 1))


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


def cpu_seconds(old, new):
    start = time.process_time()
    pairs = align(passages(*old), passages(*new))
    return time.process_time() - start, Counter(pair.kind for pair in pairs)


def test_unrelated_long_texts_and_masses_of_equal_lines_are_aligned_in_bounded_work():
    # Generous: the bound is of work, and measured far below; all pairs would take hours.
    old = [f"old{i} alpha{i % 97} beta{i % 31} gamma delta" for i in range(5_000)]
    new = [f"new{i} alpha{i % 89} beta{i % 37} gamma delta" for i in range(5_000)]
    spent, found = cpu_seconds(old, new)
    assert spent < 20
    assert found["unchanged"] == 0
    spent, found = cpu_seconds(["Same line."] * 60_000, ["Same line."] * 50_000)
    assert spent < 20
    assert found == {"unchanged": 50_000, "removed": 10_000}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            [" ".join(f"a{(i * 7 + k) % 900}" for k in range(300)) for i in range(200)],
            [" ".join(f"a{(i * 13 + k) % 900}" for k in range(12)) for i in range(200)],
        ),
        (
            [" ".join(f"w{k}" for k in range(50_000))],
            [" ".join(f"w{k + i}" for k in range(10)) for i in range(0, 50_000, 10)],
        ),
    ],
    ids=["many wholes and many pieces", "one text in five thousand pieces"],
)
def test_masses_of_pieces_are_put_together_in_bounded_work(old, new):
    assert cpu_seconds(old, new)[0] < 20
    assert cpu_seconds(new, old)[0] < 20


def test_a_pair_names_what_it_holds():
    assert align(passages("We bill you."), ()) == (Pair("removed", (0,), ()),)

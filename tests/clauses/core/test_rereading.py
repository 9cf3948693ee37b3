"""Records of a text that was cut into clauses otherwise go by the places they held in it."""

from __future__ import annotations

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from clauses.core.rereading import Placed, Reread, joined, map_records
from clauses.core.values import Pair


def version(was, now, *pairs):
    placed = [Placed(record, start, end) for record, start, end in was]
    return Reread(placed, now, [Pair("modified" if old and new else "added", old, new) for old, new in pairs])


def test_the_same_cuts_keep_the_same_records():
    found = map_records([version([(7, 0, 10), (9, 11, 30)], [(0, 10), (11, 30)])])
    assert (found.records, found.heirs, found.cut_from) == ([[7, 9]], {}, {})


def test_of_a_clause_cut_in_two_the_larger_piece_goes_on_and_the_other_knows_its_origin():
    found = map_records([version([(7, 0, 30)], [(0, 10), (11, 30)])])
    assert found.records == [[-1, 7]]
    assert found.cut_from == {-1: 7}


def test_of_two_clauses_read_as_one_the_larger_goes_on_and_the_other_has_an_heir():
    found = map_records([version([(7, 0, 10), (9, 11, 30)], [(0, 30)])])
    assert (found.records, found.heirs) == ([[9]], {7: 9})


def test_a_clause_that_is_now_read_as_a_heading_is_inherited_by_what_stands_below_it():
    found = map_records([version([(7, 0, 10), (9, 11, 30)], [(11, 30)])])
    assert found.heirs == {7: 9}
    found = map_records([version([(7, 0, 10), (9, 11, 30)], [(0, 10)])])
    assert found.heirs == {9: 7}, "at the end of a text, what stands above"


def test_what_stands_keeps_its_record_though_an_edit_before_was_taken_for_two_clauses():
    first = version([(1, 0, 10)], [(0, 10)])
    latest = version([(2, 0, 12)], [(0, 12)], ((0,), (0,)))
    found = map_records([first, latest])
    assert found.records == [[2], [2]], "now the two are known to be one"
    assert found.heirs == {1: 2}


def test_what_stood_and_is_now_a_heading_is_inherited_though_earlier_versions_hold_it_as_a_clause():
    first = version([(1, 0, 10), (2, 11, 20)], [(0, 10), (11, 20)])
    latest = version([(1, 0, 10), (2, 11, 20)], [(11, 20)], ((0,), ()), ((1,), (0,)))
    found = map_records([first, latest])
    assert (found.records, found.heirs) == ([[1, 2], [2]], {1: 2})


def test_a_removed_record_keeps_its_place_in_the_versions_it_stood_in():
    first = version([(1, 0, 10), (2, 11, 20)], [(0, 10), (11, 20)])
    latest = version([(1, 0, 10)], [(0, 10)], ((0,), (0,)), ((1,), ()))
    assert map_records([first, latest]).records == [[1, 2], [1]]


def test_a_record_that_came_back_stays_one_record():
    first = version([(1, 0, 10), (2, 11, 20)], [(0, 10), (11, 20)])
    second = version([(1, 0, 10)], [(0, 10)], ((0,), (0,)), ((1,), ()))
    third = version([(1, 0, 10), (2, 11, 20)], [(0, 10), (11, 20)], ((0,), (0,)), ((), (1,)))
    assert map_records([first, second, third]).records == [[1, 2], [1], [1, 2]]


def test_what_went_and_came_under_one_record_is_one_edited_clause():
    pairs = (Pair("unchanged", (0,), (0,)), Pair("removed", (1,), ()), Pair("added", (), (1,)))
    assert joined(pairs, [7, 8], [7, 8]) == (Pair("unchanged", (0,), (0,)), Pair("modified", (1,), (1,)))
    assert joined(pairs, [7, 8], [7, 9]) == pairs


def test_many_clauses_that_are_none_any_more_find_their_heirs_in_time_that_grows_with_their_number():
    count = 40_000
    was = [Placed(at, 10 * at, 10 * at + 5) for at in range(count)]
    before = time.process_time()
    found = map_records([Reread(was, [(10 * at + 6, 10 * at + 9) for at in range(count)])])
    assert time.process_time() - before < 5
    assert found.heirs[7] == found.records[0][7]


@st.composite
def cuts(draw: st.DrawFn) -> list[tuple[int, int]]:
    """A text of a hundred characters cut into clauses, with or without gaps."""
    places = sorted(draw(st.sets(st.integers(0, 100), min_size=2, max_size=12)))
    found = list(itertools.pairwise(places))
    return [span for span in found if draw(st.integers(0, 5))] or found


@given(cuts(), cuts())
def test_each_record_stands_once_and_none_is_lost_without_an_heir(was, now):
    placed = [Placed(number, start, end) for number, (start, end) in enumerate(was, start=1)]
    found = map_records([Reread(placed, now)])
    (records,) = found.records
    assert len(set(records)) == len(now)
    assert {one.record for one in placed} == {record for record in records if record > 0} | set(found.heirs)
    assert set(found.heirs.values()) <= set(records)
    for (start, end), record in zip(now, records, strict=True):
        if record > 0:
            assert any(one.record == record and one.start < end and start < one.end for one in placed)


@given(cuts())
def test_a_text_cut_as_before_keeps_all_records(was):
    placed = [Placed(number, start, end) for number, (start, end) in enumerate(was, start=1)]
    assert map_records([Reread(placed, was)]).records == [[one.record for one in placed]]

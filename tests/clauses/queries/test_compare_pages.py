"""A comparison cut into pages: where each change is, what stands around it, how much a page holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from clauses.models import Occurrence
from clauses.models.choices import ChangeWord, DirectionWord, SeverityLevel
from clauses.models.clause import Clause
from clauses.queries import compare_pages
from clauses.queries.changed_clauses import Departure, Fold, ShownChange, Stop
from clauses.queries.compare_context import CONTEXT_CHARACTERS, MOST_FOLDED, Context
from clauses.queries.compare_pages import (
    CHANGES_ON_A_PAGE,
    MOST_CHARACTERS,
    Left,
    Place,
    Step,
    compare_page,
    place_of,
)
from clauses.queries.standing import PlacedClause


def _clause(number: int, text: str = "We keep it.", heading: str = "Data") -> PlacedClause:
    row = Occurrence(clause=Clause(number=number), heading_path=[heading], header=[])
    return PlacedClause(row, number, 0, len(text), text)


def _change(number: int, text: str = "We keep it.", kind: ChangeWord = ChangeWord.MODIFIED) -> ShownChange:
    clause = _clause(number, text)
    return ShownChange(
        number=number,
        kind=kind,
        types=[],
        severity=SeverityLevel.LOW,
        direction=DirectionWord.ADVERSE,
        summary="",
        reasons=[],
        redline=[("=", text)],
        facts=[],
        old=[clause],
        new=[clause],
    )


def _fold(*numbers: int, text: str = "We keep it.") -> Fold:
    return Fold([_clause(number, text) for number in numbers])


def _told(stops: Sequence[object]) -> list[str]:
    return [_word(stop) for stop in stops]


def _word(stop: object) -> str:
    if isinstance(stop, Step):
        return f"change {stop.change.number}"
    if isinstance(stop, Context):
        return f"beside {stop.clause.number}"
    if isinstance(stop, Fold):
        return f"{stop.look} {' '.join(str(clause.number) for clause in stop.clauses)}"
    return "left"


def test_one_clause_of_context_stands_on_each_side_of_a_change() -> None:
    stops = [_fold(1, 2, 3), _change(4), _fold(5, 6, 7, 8), _change(9), _fold(10, 11)]
    assert _told(compare_page(stops).stops) == [
        "fold 1 2",
        "beside 3",
        "change 4",
        "beside 5",
        "fold 6 7",
        "beside 8",
        "change 9",
        "beside 10",
        "fold 11",
    ]


def test_a_clause_between_two_changes_is_shown_once() -> None:
    assert _told(compare_page([_change(1), _fold(2), _change(3)]).stops) == [
        "change 1",
        "beside 2",
        "change 3",
    ]


def test_all_of_the_text_is_unfolded_when_it_is_asked_for() -> None:
    page = compare_page([_fold(1, 2, 3), _change(4), _fold(5)], is_all=True)
    assert _told(page.stops) == ["open 1 2 3", "change 4", "open 5"]


def test_of_a_long_neighbor_the_nearest_words_are_the_context() -> None:
    long = " ".join(f"word{number}" for number in range(1_000))
    stops = [_fold(1, text=long), _change(2), _fold(3, text=long)]
    before, _, after = compare_page(stops).stops
    assert isinstance(before, Context)
    assert isinstance(after, Context)
    assert (before.is_cut_before, before.is_cut_after) == (True, False)
    assert (after.is_cut_before, after.is_cut_after) == (False, True)
    assert long.endswith(" " + before.text)
    assert long.startswith(after.text + " ")
    assert max(len(before.text), len(after.text)) <= CONTEXT_CHARACTERS


def test_context_names_its_headings_where_the_change_has_others() -> None:
    other = Fold([_clause(1, heading="Fees"), _clause(2, heading="Fees")])
    page = compare_page([other, _change(3), _fold(4)])
    assert [stop.path for stop in page.stops if isinstance(stop, Context)] == [["Fees"], []]


def test_every_change_has_its_place_on_one_page_and_its_neighbors_addresses() -> None:
    stops: list[Stop] = []
    for number in range(1, 2 * CHANGES_ON_A_PAGE + 2):
        stops += [_change(2 * number), _fold(2 * number + 1)]
    seen: list[int] = []
    for number in (1, 2, 3):
        page = compare_page(stops, number)
        assert page.count == 3
        assert len(page.steps) == 2 * CHANGES_ON_A_PAGE + 1
        seen += [stop.change.number for stop in page.stops if isinstance(stop, Step)]
        for left, right in pairwise(page.steps):
            assert (left.after, right.before) == (right.href, left.href)
        for step in page.steps:
            own = "" if step.page == number else "?" if step.page == 1 else f"?page={step.page}"
            assert step.href == f"{own}#{step.change.anchor}"
    assert seen == [2 * number for number in range(1, 2 * CHANGES_ON_A_PAGE + 2)]


def test_context_goes_to_the_page_of_the_change_behind_it() -> None:
    stops = [*(_change(number) for number in range(CHANGES_ON_A_PAGE)), _fold(500, 501), _change(502)]
    assert _told(compare_page(stops, 1).stops)[-1] == f"change {CHANGES_ON_A_PAGE - 1}"
    assert _told(compare_page(stops, 2).stops) == ["fold 500", "beside 501", "change 502"]


@pytest.mark.parametrize("is_all", [False, True])
def test_no_page_holds_more_words_than_it_may(is_all: bool) -> None:
    words = "w" * 20_000
    stops: list[Stop] = []
    for number in range(40):
        stops += [_change(3 * number, words), _fold(3 * number + 1, 3 * number + 2, text=words)]
    count = compare_page(stops, is_all=is_all).count
    for number in range(1, count + 1):
        page = compare_page(stops, number, is_all=is_all)
        shown = [len(stop.change.redline[0][1]) for stop in page.stops if isinstance(stop, Step)]
        shown += [
            len(clause.text) for stop in page.stops if isinstance(stop, Fold) for clause in stop.clauses
        ]
        assert sum(shown) <= MOST_CHARACTERS
    assert count > 1


def test_folded_text_that_is_too_much_for_a_page_is_left_to_the_whole_text() -> None:
    few, many = "w" * 100, "w" * (MOST_FOLDED // 2)
    page = compare_page([_fold(1, 2, text=few), _change(3), _fold(4, 5, 6, text=many), _change(7)])
    assert [stop.look for stop in page.stops if isinstance(stop, Fold)] == ["fold", "fold"]
    page = compare_page([_fold(1, 2, 8, 9, text=many), _change(3), _fold(4, 5, 6, text=few), _change(7)])
    assert [stop.look for stop in page.stops if isinstance(stop, Fold)] == ["far", "far"]


def test_a_moved_clause_and_the_place_it_left_lead_to_each_other_across_pages() -> None:
    moved = _change(900, kind=ChangeWord.MOVED)
    stops = [Departure(moved), *(_change(number) for number in range(CHANGES_ON_A_PAGE)), moved]
    left = compare_page(stops, 1).stops[0]
    assert isinstance(left, Left)
    assert left.href == "?page=2#p-000900"
    step = compare_page(stops, 2).last
    assert step is not None
    assert step.departure == "?#p-000900-from"


def test_a_clause_is_found_on_its_page_or_in_the_whole_text() -> None:
    changes = [_change(number) for number in range(1, CHANGES_ON_A_PAGE + 2)]
    stops = [*changes, _fold(900)]
    assert place_of(stops, 1) == "?#p-000001"
    assert place_of(stops, CHANGES_ON_A_PAGE + 1) == f"?page=2#p-{CHANGES_ON_A_PAGE + 1:06d}"
    assert place_of(stops, 900) == "?all=1&page=2#p-000900"
    assert place_of(stops, 901) == ""
    assert place_of(stops, 1, is_all=True) == "?all=1#p-000001"


def test_addresses_keep_the_choice_and_the_first_page_has_none_of_its_own() -> None:
    stops = [*(_change(number) for number in range(1, CHANGES_ON_A_PAGE + 2)), _fold(900)]
    plain, chosen = Place("/changes/C-1/"), Place("/changes/C-1/", "severity=high")
    last = compare_page(stops, 2, place=plain).last
    assert last is not None
    assert last.before == f"/changes/C-1/#p-{CHANGES_ON_A_PAGE:06d}"
    assert place_of(stops, 1, place=plain) == "/changes/C-1/#p-000001"
    assert compare_page(stops, place=plain).modes == ("/changes/C-1/", "?all=1")
    assert compare_page(stops, place=chosen).modes == ("?severity=high", "?severity=high&all=1")
    assert place_of(stops, 2, place=chosen, listed=[_change(2)]) == "?severity=high#p-000002"
    assert place_of(stops, 1, place=chosen, listed=[_change(2)]) == "?severity=high&all=1#p-000001"


def test_the_index_lists_the_chosen_changes_of_the_whole_text() -> None:
    page = compare_page([_change(1), _fold(2), _change(3)], is_all=True, chosen=[3])
    assert _told(page.stops) == ["change 1", "open 2", "change 3"]
    assert [step.change.number for _, steps in page.index for step in steps] == [3]


def test_the_index_of_the_whole_text_keeps_the_order_of_the_chosen_changes() -> None:
    stops = [_change(number) for number in range(1, CHANGES_ON_A_PAGE + 2)]
    short = compare_page([*stops[:3], _fold(900)], is_all=True, chosen=[2, 3, 1])
    assert _told(short.stops)[:3] == ["change 1", "change 2", "change 3"]
    assert [(page, [step.position for step in steps]) for page, steps in short.index] == [(0, [2, 3, 1])]
    last = CHANGES_ON_A_PAGE + 1
    over_pages = compare_page(stops, is_all=True, chosen=[last, 2, 1])
    assert [(page, [step.position for step in steps]) for page, steps in over_pages.index] == [
        (0, [last, 2, 1])
    ]


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (1, 1), (2, 2), (9, 2)])
def test_the_nearest_page_is_given_where_there_is_none_of_the_number(asked: int, given: int) -> None:
    stops = [_change(number) for number in range(CHANGES_ON_A_PAGE + 1)]
    assert compare_page(stops, asked).number == given


def test_an_index_of_too_many_changes_lists_those_of_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    stops = [_change(number) for number in range(CHANGES_ON_A_PAGE + 5)]
    assert [(page, len(steps)) for page, steps in compare_page(stops).index] == [
        (1, CHANGES_ON_A_PAGE),
        (2, 5),
    ]
    monkeypatch.setattr(compare_pages, "MOST_IN_INDEX", CHANGES_ON_A_PAGE)
    assert [(page, len(steps)) for page, steps in compare_page(stops, 2).index] == [(2, 5)]


def test_two_texts_without_a_clause_have_one_empty_page() -> None:
    page = compare_page([])
    assert (page.number, page.count, list(page.stops), page.first) == (1, 1, [], None)

"""What a clause is cited by, and what it stands under."""

from __future__ import annotations

import pytest

from clauses.core.segment import segment
from tests.clauses.core.texts import build, paragraphs

RUN_IN = "You pay each month, and we send a bill."


def numbers(*rows):
    return [passage.number for passage in segment(*build(*rows))]


def test_letters_stand_below_the_number_and_roman_numbers_below_the_letters():
    found = segment(
        *paragraphs(
            "4.2 Use of the tool. You may not:",
            "(a) resell it;",
            "(b) use it in order to:",
            "(i) send junk; or",
            "(ii) break the law; or",
            "(c) copy it.",
            "We may ask you how you use it.",
            "4.3 Fees. " + RUN_IN,
        )
    )
    assert [passage.number for passage in found] == [
        "4.2",
        "4.2(a)",
        "4.2(b)",
        "4.2(b)(i)",
        "4.2(b)(ii)",
        "4.2(c)",
        "4.2",
        "4.3",
    ]
    assert found[3].heading_path == ("4.2 Use of the tool",)
    assert found[6].heading_path == ("4.2 Use of the tool",)
    assert found[7].heading_path == ("4.3 Fees",)


def test_the_ninth_letter_is_no_roman_one():
    letters = [f"({letter}) do thing {letter};" for letter in "abcdefghij"]
    found = segment(*paragraphs("3.1 Bans. You may not:", *letters))
    assert [passage.number for passage in found[-2:]] == ["3.1(i)", "3.1(j)"]


def test_a_numbered_paragraph_ends_the_section_before_it():
    found = segment(
        *build(
            ("heading", "1. Access", 2),
            ("paragraph", "1.1. Use. " + RUN_IN),
            ("paragraph", "2. Age. You must be of age to use the tool."),
            ("heading", "3. Fees", 2),
            ("paragraph", RUN_IN),
        )
    )
    assert [passage.heading_path for passage in found] == [
        ("1. Access", "1.1. Use"),
        ("2. Age",),
        ("3. Fees",),
    ]
    assert [passage.number for passage in found] == ["1.1", "2", "3"]


def test_a_heading_that_counts_on_is_as_deep_as_the_one_before_it():
    found = segment(
        *build(
            ("heading", "§ 2 Duties", 2),
            ("paragraph", RUN_IN),
            ("heading", "§ 3 Deletion", 3),
            ("paragraph", RUN_IN),
            ("paragraph", "EXHIBIT A"),
            ("paragraph", RUN_IN),
        )
    )
    assert [passage.heading_path for passage in found] == [("§ 2 Duties",), ("§ 3 Deletion",), ("EXHIBIT A",)]


def test_numbered_items_of_a_section_do_not_end_it():
    found = segment(
        *build(
            ("heading", "1. Access", 2),
            ("paragraph", "1. you read this text and follow its rules;"),
            ("paragraph", "2. you are of age where you live."),
        )
    )
    assert [passage.number for passage in found] == ["1(1)", "1(2)"]
    assert {passage.heading_path for passage in found} == {("1. Access",)}


def test_points_of_a_list_name_nothing_after_it():
    found = segment(
        *paragraphs(
            "Three things to know:",
            "1. Your text. You keep what you write here.",
            "2. Your duty. You follow the law when you write.",
            "Please read on, since this matters to all of us.",
        )
    )
    assert found[-1].heading_path == ()
    assert [passage.number for passage in found] == ["", "1", "2", ""]


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ((("heading", "B. Account", 2), ("heading", "1. Control", 3)), "B.1"),
        ((("heading", "Annex A", 2), ("heading", "1. Data", 3)), "Annex A, 1"),
        ((("heading", "ARTICLE IV Payment", 2),), "ARTICLE IV"),
        ((("heading", "Part II", 1), ("heading", "Section 4 Payment", 2)), "4"),
        ((("heading", "§ 3 Haftung", 2), ("paragraph", "(2) Wir haften nicht für den Verlust.")), "§ 3(2)"),
        ((("heading", "4. Data", 2), ("heading", "Retention", 3)), "4"),
        ((("heading", "第三条 数据", 2),), "第三条"),
    ],
)
def test_the_citation_joins_what_readers_join(rows, number):
    *_, last = (
        segment(*build(*rows, ("paragraph", RUN_IN))) if rows[-1][0] == "heading" else segment(*build(*rows))
    )
    assert last.number == number


def test_an_annex_counts_anew():
    found = numbers(
        ("heading", "2. Fees", 2),
        ("paragraph", RUN_IN),
        ("heading", "Schedule 1 Details", 2),
        ("paragraph", "2.1 You pay each month for the things below."),
    )
    assert found == ["2", "Schedule 1, 2.1"]


@pytest.mark.parametrize("kind", ["paragraph", "heading"])
def test_a_number_in_a_block_of_its_own_belongs_to_the_heading_after_it(kind):
    (passage,) = segment(*build((kind, "4.2", 3), ("heading", "Refunds", 3), ("paragraph", RUN_IN)))
    assert (passage.heading_path, passage.number) == (("4.2 Refunds",), "4.2")


def test_a_number_in_a_block_of_its_own_numbers_the_clause_after_it():
    found = segment(*paragraphs("4.2", "You pay each month, and we send a bill.", "(a)", "You pay in time."))
    assert [(passage.number, passage.text[:7]) for passage in found] == [
        ("4.2", "You pay"),
        ("4.2(a)", "You pay"),
    ]


def test_a_number_that_numbers_nothing_stays_a_clause():
    assert [passage.text for passage in segment(*paragraphs(RUN_IN, "4.2"))] == [RUN_IN, "4.2"]


def test_a_reference_in_a_list_is_no_number():
    found = segment(
        *build(("paragraph", "Of that text:"), ("item", "Clause 9 (Helpers) – does not apply.", 1))
    )
    assert found[1].number == ""


def test_the_number_is_no_part_of_the_context():
    one, two = (segment(*paragraphs(f"{n} {RUN_IN}"))[0] for n in ("4.2", "4.3"))
    assert one.number != two.number
    assert one.context_sha256 == two.context_sha256


def test_a_number_ends_the_one_before_it_also_where_that_ended_in_a_list():
    found = segment(*paragraphs("1.1 Fees. You pay them.", "1. Each month.", "1.2 Taxes. You pay them too."))
    assert [(passage.number, passage.heading_path) for passage in found] == [
        ("1.1", ("1.1 Fees",)),
        ("1.1(1)", ("1.1 Fees",)),
        ("1.2", ("1.2 Taxes",)),
    ]


def test_numbers_that_begin_again_and_again_are_not_taken_for_parts_of_each_other():
    found = segment(*paragraphs(*["1. You pay each month.", "1.1 Fees. You pay in time."] * 200))
    assert max(len(passage.heading_path) for passage in found) == 1

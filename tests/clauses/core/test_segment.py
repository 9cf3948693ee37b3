"""Blocks become clauses with the context they stand in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.segment import segment
from monitor.core.blocks import Block


def build(*rows):
    """A text and its blocks from (kind, text) or (kind, text, level) or (kind, text, level, header)."""
    blocks, parts, at = [], [], 0
    for kind, words, *rest in rows:
        level = rest[0] if rest else 0
        header = rest[1] if len(rest) > 1 else ()
        blocks.append(Block(kind, at, at + len(words), level, header))
        parts.append(words)
        at += len(words) + 1
    return "\n".join(parts), blocks


def test_a_clause_knows_the_headings_above_it():
    passages = segment(
        *build(
            ("heading", "Terms", 1),
            ("heading", "Your content", 2),
            ("paragraph", "You keep what you upload."),
            ("heading", "Our content", 2),
            ("paragraph", "We keep what we made."),
        )
    )
    assert [p.heading_path for p in passages] == [("Terms", "Your content"), ("Terms", "Our content")]
    assert [p.index for p in passages] == [0, 1]


def test_items_know_the_sentence_that_introduces_their_list():
    passages = segment(
        *build(
            ("paragraph", "We are careful. We keep your data:"),
            ("item", "for as long as you stay:", 1),
            ("item", "on paper", 2),
            ("item", "for thirty days after that", 1),
            ("paragraph", "Then it goes."),
        )
    )
    assert [p.intro for p in passages] == [
        "",
        "We keep your data:",
        "We keep your data: for as long as you stay:",
        "We keep your data:",
        "",
    ]


def test_paragraphs_that_are_lettered_like_items_know_their_introduction_too():
    passages = segment(*build(("paragraph", "You may not:"), ("paragraph", "(a) resell the tool; or")))
    assert passages[1].intro == "You may not:"


def test_a_row_keeps_the_header_cells_of_its_table():
    passages = segment(*build(("row", "Drafts | 30 days", 0, ("What", "Kept for"))))
    assert passages[0].header == ("What", "Kept for")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Usage Records. We note which pages you open.", "Usage Records"),
        ("Deletion:the right to have your notes erased.", "Deletion"),
        ("Feedback on your use of the Tool: We welcome it.", "Feedback on your use of the Tool"),
        ("4.2 Refunds. You get your money back.", "4.2 Refunds"),
        ("We agree. You pay what the page says.", ""),
        ("We collect the following: names and addresses.", ""),
        ("For example: a name.", ""),
        ("The tool is free. You need no card.", ""),
        ("Example Works Inc. We run the tool.", ""),
        ("Refunds due.", ""),
    ],
)
def test_a_heading_that_runs_into_its_paragraph_ends_the_path(words, title):
    (passage,) = segment(*build(("heading", "Top", 1), ("paragraph", words)))
    assert passage.heading_path == (("Top", title) if title else ("Top",))
    assert passage.text == words


@pytest.mark.parametrize(
    "title",
    ["4. Your rights", "CONTACT DETAILS", "Section 3 - Payment", "What do we collect?", "How We Use Data"],
)
def test_a_paragraph_that_looks_like_a_heading_of_what_follows_is_one(title):
    passages = segment(
        *build(("heading", "Terms", 1), ("paragraph", title), ("paragraph", "You can ask us at any time."))
    )
    assert [p.heading_path for p in passages] == [("Terms", title)]


@pytest.mark.parametrize(
    "words",
    ["You may not resell the tool", "Effective March 3, 2031", "12 Mill Lane", "Payments are due at once."],
)
def test_a_short_paragraph_that_states_something_stays_a_clause(words):
    passages = segment(*build(("paragraph", words), ("paragraph", "You can ask us at any time.")))
    assert [p.text for p in passages] == [words, "You can ask us at any time."]


def test_a_title_at_the_end_heads_nothing_and_stays_a_clause():
    assert [p.text for p in segment(*build(("paragraph", "Your Rights")))] == ["Your Rights"]


def test_three_titles_in_a_row_are_a_list_of_links():
    passages = segment(
        *build(
            *(("paragraph", f"{n}. Chapter Name") for n in (1, 2, 3)), ("paragraph", "The text begins here.")
        )
    )
    assert len(passages) >= 3


def test_deeper_numbers_stand_below_shallower_ones():
    passages = segment(
        *build(
            ("paragraph", "4. Your rights"),
            ("paragraph", "4.1 Access"),
            ("paragraph", "You can have a copy."),
            ("paragraph", "5. Contact"),
            ("paragraph", "Write to us."),
        )
    )
    assert [p.heading_path for p in passages] == [("4. Your rights", "4.1 Access"), ("5. Contact",)]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([("paragraph", "***")], 0),
        ([("paragraph", "Menu")], 0),
        ([("paragraph", "17")], 1),
        ([("item", "Biometrics", 1)], 1),
        ([("paragraph", "Never ever")], 1),
    ],
)
def test_only_trivia_without_figures_is_dropped(rows, kept):
    assert len(segment(*build(*rows))) == kept


BLOCK = st.tuples(
    st.sampled_from(["heading", "paragraph", "item", "row"]),
    st.text(alphabet="aB1. :;?\u00a0()“”-", min_size=1, max_size=40),
    st.integers(1, 6),
)


@given(st.lists(BLOCK, max_size=12))
def test_clauses_are_exact_slices_in_order_and_lose_no_figure(rows):
    text, blocks = build(*rows)
    passages = segment(text, blocks)
    end = 0
    for index, passage in enumerate(passages):
        assert passage.index == index
        assert text[passage.start : passage.end] == passage.text
        assert passage.start >= end
        end = passage.end
    covered = {place for p in passages for place in range(p.start, p.end)}
    for block in blocks:
        words = text[block.start : block.end].strip()
        if block.kind in {"item", "row"} and any(map(str.isalnum, words)):
            assert set(range(block.start, block.end)) & covered


@pytest.mark.parametrize(
    "words",
    [
        "Wir speichern Ihre Daten 30 Tage lang. Danach werden sie gelöscht.",
        "Nous conservons vos photos 30 jours. Ensuite elles sont supprimées.",
        "Wij bewaren foto's 30 dagen. Daarna verdwijnen ze.",
    ],
)
def test_a_statement_in_another_language_is_no_heading_of_its_own(words):
    title = "Datenschutz"
    text = f"{title}\n{words}"
    blocks = [Block("heading", 0, len(title), 1), Block("paragraph", len(title) + 1, len(text))]
    assert [passage.path for passage in segment(text, blocks)] == [(title,)]

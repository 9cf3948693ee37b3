"""Items know what introduces them, whatever the list looks like."""

from __future__ import annotations

import pytest

from clauses.core.list_intros import MAX_INTRO
from clauses.core.segment import segment
from tests.clauses.core.texts import build, paragraphs


@pytest.mark.parametrize(
    "intro",
    [
        "We use your notes in order to:",
        "We use your notes for purposes including",
        "We use your notes for the following purposes.",
        "Wir nutzen Ihre Notizen für folgende Zwecke.",
        "我们将您的笔记用于以下目的。",
    ],
)
def test_a_list_of_the_page_is_introduced_with_or_without_a_colon(intro):
    _, item, _ = segment(
        *build(("paragraph", intro), ("item", "run the tool", 1), ("paragraph", "You agree."))
    )
    assert item.intro == intro


def test_a_sentence_that_announces_nothing_introduces_nothing():
    _, item = segment(*build(("paragraph", "We use your notes."), ("item", "Run the tool", 1)))
    assert item.intro == ""


@pytest.mark.parametrize(
    ("intro", "words"),
    [
        (
            "We keep mail. Letters may be sent back. This includes:",
            "Letters may be sent back. This includes:",
        ),
        (
            "Letters may be sent back. These are, for example:",
            "Letters may be sent back. These are, for example:",
        ),
        ("Letters may be sent back. You must not post:", "You must not post:"),
        ("This includes:", "This includes:"),
    ],
)
def test_an_introduction_that_only_points_back_takes_the_sentence_before_it_along(intro, words):
    _, item = segment(*build(("paragraph", intro), ("item", "wet letters", 1)))
    assert item.intro == words


def test_the_introductions_of_nested_lists_are_joined():
    found = segment(
        *paragraphs(
            "You may not:", "(a) use the tool to:", "(i) send junk;", "(ii) break laws; or", "(b) resell it."
        )
    )
    assert [passage.intro for passage in found] == [
        "",
        "You may not:",
        "You may not: use the tool to:",
        "You may not: use the tool to:",
        "You may not:",
    ]


def test_items_of_the_page_below_a_lettered_paragraph_are_its_items():
    found = segment(
        *build(
            ("paragraph", "(a) You may not:"),
            ("item", "send junk", 1),
            ("paragraph", "(b) We may tell others."),
        )
    )
    assert [passage.intro for passage in found] == ["", "You may not:", ""]


def test_a_very_long_introduction_keeps_its_end():
    intro = "We " + "really " * 200 + "keep these:"
    _, item = segment(*build(("paragraph", intro), ("item", "your name", 1)))
    assert item.intro.endswith("really keep these:")
    assert len(item.intro) <= MAX_INTRO


def test_words_that_read_on_after_a_list_belong_to_its_sentence():
    *_, tail = segment(
        *build(
            ("paragraph", "You may not:"),
            ("item", "resell the tool", 1),
            ("paragraph", "unless we have agreed in writing."),
        )
    )
    assert tail.intro == "You may not:"


def test_points_in_the_letters_of_another_language_nest_as_they_are_lettered():
    found = segment(
        *paragraphs(
            "§ 2 Pflichten",
            "(1) Der Nutzer darf nicht:",
            "a) das Werkzeug nutzen, um",
            "aa) zu betrügen oder",
            "bb) zu lügen;",
            "b) es kopieren.",
            "(2) Bei Verstößen sperren wir Konten.",
        )
    )
    assert [passage.number for passage in found] == [
        "§ 2(1)",
        "§ 2(1)(a)",
        "§ 2(1)(a)(aa)",
        "§ 2(1)(a)(bb)",
        "§ 2(1)(b)",
        "§ 2(2)",
    ]
    assert found[2].intro == "Der Nutzer darf nicht: das Werkzeug nutzen, um"
    assert found[5].intro == ""


def test_labeled_paragraphs_after_an_introduction_are_its_items_until_another_look_begins():
    found = segment(
        *paragraphs(
            "You have these rights:",
            "Access: the right to a copy of your notes.",
            "Deletion: the right to have them erased.",
            "We answer within a month, and at no cost.",
            "Contact: write to us at any time.",
        )
    )
    assert [bool(passage.intro) for passage in found] == [False, True, True, False, False]


def test_a_heading_that_runs_into_an_introduction_heads_its_items():
    _, item, after = segment(
        *build(
            ("paragraph", "Prohibited uses. You may not:"),
            ("item", "resell the tool", 1),
            ("paragraph", "We may end your account at any time."),
        )
    )
    assert item.heading_path == ("Prohibited uses",)
    assert after.heading_path == ()


def test_definitions_are_kept_with_the_sentence_that_announces_them():
    found = segment(
        *paragraphs(
            "Definitions. In this text the following words have a meaning of their own.",
            "“Notes” means what you write in the tool.",
            "“Bill” means what we send each month.",
            "You pay each bill within ten days.",
        )
    )
    assert [bool(passage.intro) for passage in found] == [False, True, True, False]
    assert found[2].heading_path == ("Definitions",)


def test_a_list_of_meanings_is_kept_with_what_it_defines():
    _, first, second = segment(
        *build(("paragraph", "“Notes” means:"), ("item", "your text; and", 1), ("item", "your files", 1))
    )
    assert first.intro == second.intro == "“Notes” means:"


def test_the_entry_of_a_definition_list_heads_its_meaning():
    _, meaning = segment(
        *build(
            ("paragraph", "We use a few words of our own here."),
            ("paragraph", "Notes"),
            ("item", "what you write in the tool", 1),
        )
    )
    assert meaning.heading_path == ("Notes",)


def test_rows_below_a_colon_know_it():
    _, row = segment(
        *build(
            ("paragraph", "We keep your data as follows:"),
            ("row", "Notes | 30 days", 0, ("What", "How long")),
        )
    )
    assert (row.intro, row.header) == ("We keep your data as follows:", ("What", "How long"))

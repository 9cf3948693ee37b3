"""Blocks become clauses with the context they stand in."""

from __future__ import annotations

import pytest

from clauses.core.segment import segment
from monitor.core.blocks import Block
from tests.clauses.core.texts import build


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


def test_a_header_row_is_a_clause_of_its_own_that_says_so():
    passages = segment(
        *build(
            ("row", "What | Kept for"),
            ("row", "Drafts | 30 days", 0, ("What", "Kept for")),
            ("row", "Plan | Price"),
            ("row", "Large | high"),
        )
    )
    assert [p.is_header_row for p in passages] == [True, False, False, False]
    assert passages[0].text == "What | Kept for"


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
        ("Last updated: May 3, 2031", ""),
        ("Tool Terms Last Updated: May 3, 2031 You may use the tool for ever.", ""),
        ("Effective Ways to Complain: write to us.", "Effective Ways to Complain"),
        ("Our tool encrypts all notes at rest. We like that.", ""),
        ("As between you and us: you keep your notes.", ""),
        ("Correction of wrong or old data about you. Ask us.", "Correction of wrong or old data about you"),
        ("Who we are. We run the tool.", "Who we are"),
        (
            "Entire Agreement; severability. If a part fails, the rest holds.",
            "Entire Agreement; severability",
        ),
        ("数据保留：我们保留您的数据。", "数据保留"),
    ],
)
def test_a_heading_that_runs_into_its_paragraph_ends_the_path(words, title):
    (passage,) = segment(*build(("heading", "Top", 1), ("paragraph", words)))
    assert passage.heading_path == (("Top", title) if title else ("Top",))
    assert passage.text == words


@pytest.mark.parametrize(
    "title",
    [
        "4. Your rights",
        "CONTACT DETAILS",
        "Section 3 - Payment",
        "What do we collect?",
        "How We Use Data",
        "1.3. Authorized Buyers.",
        "2. Duration:",
        "USE OF THE TOOL.",
        "Use of Partners.",
        "ARTICLE IV",
    ],
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


def test_the_title_that_repeats_an_entry_of_a_list_of_links_heads_what_follows():
    passages = segment(
        *build(
            *(("paragraph", words) for words in ("Fees", "Rights", "Contact", "Fees", "You pay each month."))
        )
    )
    assert passages[-1].heading_path == ("Fees",)


def test_questions_right_below_a_title_stand_under_it():
    body = "We answer within a few days."
    titles = (
        "Common Questions",
        "Who are you?",
        None,
        "What do you keep?",
        None,
        "Contact",
        None,
        "Who pays?",
        None,
    )
    found = segment(*build(*(("paragraph", title or body) for title in titles)))
    assert [p.heading_path for p in found] == [
        ("Common Questions", "Who are you?"),
        ("Common Questions", "What do you keep?"),
        ("Contact",),
        ("Who pays?",),
    ]


def test_a_trail_of_links_does_not_leave_the_title_behind_as_a_clause():
    title = "How long do you keep notes?"
    trail = (("paragraph", "All Pages"), ("paragraph", "Safety & Law"), ("paragraph", title))
    found = segment(*build(*trail, ("heading", title, 1), ("paragraph", "We keep notes for a year.")))
    assert [(p.heading_path, p.text) for p in found][2:] == [((title,), "We keep notes for a year.")]
    other = segment(*build(*trail, ("heading", "Notes", 1), ("paragraph", "We keep notes for a year.")))
    assert [p.text for p in other][2] == title


def test_the_name_of_a_language_is_a_link_and_no_title():
    for link, path in (("Deutsch", ("Terms",)), ("German Law", ("Terms", "German Law"))):
        rows = (("heading", "Terms", 1), ("paragraph", link), ("paragraph", "You can ask us at any time."))
        assert [p.heading_path for p in segment(*build(*rows))] == [path]


def test_a_german_statement_without_a_stop_is_no_title():
    rows = (
        ("paragraph", "§ 3 Recht und Ort"),
        ("paragraph", "Es gilt deutsches Recht"),
        ("paragraph", "Wann gilt der Vertrag?"),
        ("paragraph", "Ort der Gerichte ist Utopia."),
    )
    assert [(p.heading_path, p.text) for p in segment(*build(*rows))] == [
        (("§ 3 Recht und Ort",), "Es gilt deutsches Recht"),
        (("§ 3 Recht und Ort", "Wann gilt der Vertrag?"), "Ort der Gerichte ist Utopia."),
    ]


def test_a_date_below_a_title_does_not_hide_it():
    passages = segment(
        *build(
            ("paragraph", "More Terms"),
            ("paragraph", "Effective as of May 27 2031"),
            ("paragraph", "You pay."),
        )
    )
    assert [p.heading_path for p in passages] == [("More Terms",), ("More Terms",)]


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


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("我们保留您的数据。", True),
        ("เราเก็บข้อมูลของคุณไว้", True),
        ("首页", False),
        ("Menü", False),
        ("Главная", False),
    ],
)
def test_a_sentence_without_spaces_is_no_trivial_word(words, kept):
    assert bool(segment(*build(("paragraph", words)))) is kept


@pytest.mark.parametrize(
    ("title", "clause"),
    [
        ("§ 3 Haftung", "Wir haften nach § 5 Abs. 2 nur für Vorsatz."),
        ("Artículo 4. Objeto", "Ud. puede usar la herramienta según el art. 5."),
        ("Article 2 – Données", "Nous gardons vos « notes » pendant trente jours."),
        ("第三条 数据保留", "我们保留您的数据三十天。之后我们会删除。"),
        ("제3조 (목적)", "우리는 데이터를 삼십 일 동안 보관합니다."),
        ("ΑΡΘΡΟ ΠΡΩΤΟ", "Κρατάμε τα δεδομένα για τριάντα ημέρες."),
    ],
)
def test_numbered_titles_of_other_languages_head_their_clauses(title, clause):
    (passage,) = segment(*build(("paragraph", title), ("paragraph", clause)))
    assert (passage.heading_path, passage.text) == ((title,), clause)


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

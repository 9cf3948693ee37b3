from monitor.core.extract import (
    extract_markdown,
    extract_text,
)
from tests.monitor.core.pages import LEGAL, PROSE, shapes


def test_plain_text_knows_titles_bullets_and_wrapped_lines():
    text = (
        "Terms of Use\n\n1. Accounts\n\nYou may open one account, and you must keep its\n"
        "password to yourself at all times and wherever\nyou are.\n\n  • first thing\n  • second thing\n"
    )
    assert shapes(extract_text(text)) == [
        ("heading", 1, "Terms of Use"),
        ("heading", 2, "1. Accounts"),
        (
            "paragraph",
            0,
            "You may open one account, and you must keep its password to yourself at all times and wherever "
            "you are.",
        ),
        ("item", 1, "first thing"),
        ("item", 1, "second thing"),
    ]
    assert extract_text(text).title == "Terms of Use"


def test_plain_text_lines_that_are_paragraphs_stay_apart():
    found = extract_text(f"Retention\n{PROSE}\n{LEGAL}")
    assert [kind for kind, _, _ in shapes(found)] == ["heading", "paragraph", "paragraph"]


def test_flat_text_stays_one_paragraph():
    assert shapes(extract_text(PROSE + PROSE)) == [("paragraph", 0, PROSE + PROSE)]


def test_markdown_gives_the_blocks_of_the_page_it_was_made_from():
    text = (
        "---\ntitle: x\n---\nTerms\n=====\n\nSee our **privacy [policy](https://a.test/p?q=(1))** and\n"
        "`code_x` here.\n\n"
        "## 1\\. Use ##\n\n*   one _thing_\n    *   inner\n\n    more of one\n1.  two\n\n* * *\n\n"
        "> quoted ![logo](x.png)\n\n"
        "| Kind | Kept |\n| --- | --- |\n| Logs | 30 days |\n\nFirst.  \nSecond snake_case_name\n"
    )
    assert shapes(extract_markdown(text)) == [
        ("heading", 1, "Terms"),
        ("paragraph", 0, "See our privacy policy and code_x here."),
        ("heading", 2, "1. Use"),
        ("item", 1, "one thing"),
        ("item", 2, "inner"),
        ("item", 1, "more of one"),
        ("item", 1, "two"),
        ("paragraph", 0, "quoted"),
        ("row", 0, "Kind | Kept"),
        ("row", 0, "Logs | 30 days"),
        ("paragraph", 0, "First."),
        ("paragraph", 0, "Second snake_case_name"),
    ]

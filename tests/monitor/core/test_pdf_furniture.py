"""PDFs whose pages begin or end with what looks like a page number and is text, and the other way round."""

from __future__ import annotations

import pytest

from monitor.core.extract import extract
from tests.monitor.core.pdf_files import Words, lines, pdf

PARAGRAPH = (
    "We keep what you write to us for thirty days and delete it afterwards,",
    "unless a law asks us to keep it for longer, and you may ask for a copy.",
)
TOPICS = ("letters", "pictures", "payments", "addresses", "answers")


def text_of(*pages: list[Words]) -> str:
    return extract(pdf(*pages), "application/pdf").text


def sheets(head: str, foot: str = "") -> list[list[Words]]:
    """Five pages; "#" in head and foot stands for the number of the page."""
    pages = []
    for number, topic in enumerate(TOPICS, start=1):
        body = lines(*PARAGRAPH, "", f"This sheet speaks of {topic} and of nothing else at all.", top=700)
        pages.append([Words(head.replace("#", str(number)), 740), *body])
        if foot:
            pages[-1].append(Words(foot.replace("#", str(number)), 30))
    return pages


@pytest.mark.parametrize(
    "head",
    [
        "Article #",
        "Clause #",
        "Schedule #",
        "§ #",
        "Anlage #",
        "Effective # March 2025",
        "Part # of 5",
        "Fee class #",
        "#. Scope",
    ],
)
def test_a_heading_that_keeps_step_with_the_pages_stays_on_each(head):
    text = text_of(*sheets(head, "Page # of 5"))
    said = text.splitlines()
    for number in range(1, 6):
        assert head.replace("#", str(number)) in said
    assert "Page" not in text


def test_an_effective_date_on_the_first_line_stays():
    pages = sheets("Article #", "– # –")
    pages[0].insert(0, Words("Effective 1 March 2025", 760))
    said = text_of(*pages).splitlines()
    assert said[:2] == ["Effective 1 March 2025", "Article 1"]
    assert said.count("Article 5") == 1
    assert not any("–" in line for line in said)


@pytest.mark.parametrize(
    "foot",
    ["#", "– # –", "# of 5", "#/5", "Page #", "Seite # von 5", "Página # de 5", "Strona # z 5", "p. #"],
)
def test_page_numbers_go_in_whatever_language_they_are(foot):
    text = text_of(*sheets("Article #", foot))
    for number in range(1, 6):
        assert foot.replace("#", str(number)) not in text.splitlines()


def test_a_number_that_stands_at_no_usual_height_stays():
    pages = [
        [*page, Words(str(number), 30 + 20 * number)] for number, page in enumerate(sheets("Fees"), start=1)
    ]
    assert "\n3" in text_of(*pages)


def test_a_footer_with_its_page_number_stands_once_and_one_in_other_words_stays():
    pages = sheets("Article #", "Terms of Use – Page # of 5")
    pages[3][-1] = Words("Terms of Sale – Page 4 of 5", 30)
    text = text_of(*pages)
    assert text.count("Terms of Use – Page") == 1
    assert text.count("Terms of Sale – Page 4 of 5") == 1

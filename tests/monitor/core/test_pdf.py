"""PDFs: what is read of them, and what a broken or hostile one comes to."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from clauses.core.segment import segment
from monitor.core.blocks import Extract
from monitor.core.extract import EmptyText, ExtractionError, NotText, extract
from tests.monitor.core.pdf_files import TOP, Words, lines, pdf, pdf_of, stream

PARAGRAPH = (
    "We keep what you write to us for thirty days and delete it afterwards,",
    "unless a law asks us to keep it for longer. You may ask for a copy of it",
    "at any time.",
)


def read(body: bytes, content_type: str = "application/pdf") -> Extract:
    return extract(body, content_type)


def text_or_problem(body: bytes) -> str:
    """What is read, or why nothing is."""
    try:
        return read(body).text
    except ExtractionError as error:
        return str(error)


def shown(found: Extract) -> list[tuple[str, str]]:
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart():
    found = read(pdf(lines(*PARAGRAPH, "", *PARAGRAPH)))
    assert shown(found) == [("paragraph", " ".join(PARAGRAPH))] * 2


def test_larger_and_bold_lines_are_headings_by_their_size():
    page = [
        Words("Terms of Use", TOP, size=22),
        Words("Keeping", TOP - 40, size=15),
        *lines(*PARAGRAPH, top=TOP - 70),
        Words("What you may ask", TOP - 130, is_bold=True),
        *lines(*PARAGRAPH, top=TOP - 150),
    ]
    found = read(pdf(page))
    headings = [(b.level, found.text[b.start : b.end]) for b in found.blocks if b.kind == "heading"]
    assert headings == [(1, "Terms of Use"), (2, "Keeping"), (3, "What you may ask")]
    assert found.title == "Terms of Use"


def test_bold_words_inside_a_paragraph_make_no_heading():
    first = Words("Important: ", TOP, is_bold=True).drawing
    rest = b"BT /F1 11 Tf 140 740 Td (we keep what you write to us for thirty days.) Tj ET\n"
    found = read(pdf_of([first + rest]))
    assert [kind for kind, _ in shown(found)] == ["paragraph"]


def test_list_items_are_told_by_their_marks():
    page = lines(
        "We keep:",
        "\u2022 your name, and whatever else you",
        "  tell us",
        "\u2022 your letters",
        "(a) your answers",
    )
    assert shown(read(pdf(page))) == [
        ("paragraph", "We keep:"),
        ("item", "your name, and whatever else you tell us"),
        ("item", "your letters"),
        ("item", "(a) your answers"),
    ]


def test_short_lines_of_a_table_stay_lines():
    page = lines(*PARAGRAPH, "", "Kind Period", "Letters 30 days", "Accounts 5 years")
    assert shown(read(pdf(page)))[1:] == [
        ("paragraph", "Kind Period"),
        ("paragraph", "Letters 30 days"),
        ("paragraph", "Accounts 5 years"),
    ]


@pytest.mark.parametrize("mark", ["", "o ", "2 "])
def test_short_lines_one_below_the_other_are_a_list_though_they_begin_small(mark):
    page = lines("We keep:", f"{mark}first item 1", f"{mark}second item 1")
    assert [text for _, text in shown(read(pdf(page)))] == [
        "We keep:",
        f"{mark}first item 1",
        f"{mark}second item 1",
    ]
    assert shown(read(pdf(lines(*PARAGRAPH, "", "letters", "answers"))))[1:] == [
        ("paragraph", "letters"),
        ("paragraph", "answers"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("You enter into this agree-", "ment with us.", "agreement with us."),
        ("We never sell data to a third-", "party. A third party may help.", "a third-party. A"),
        ("Please opt-", "out. You may opt-out here.", "Please opt-out. You"),
        ("Fees from 10-", "20 euros.", "10- 20 euros."),
    ],
)
def test_a_word_broken_at_a_line_end_is_made_whole(first, second, whole):
    assert whole in read(pdf(lines(first, second))).text


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    found = read(pdf(lines(*PARAGRAPH[:1]), lines(*PARAGRAPH[1:])))
    assert shown(found) == [("paragraph", " ".join(PARAGRAPH))]


def test_blocks_know_their_page_and_the_text_does_not_say_it():
    found = read(pdf(lines(*PARAGRAPH), lines("On another page."), lines("On the last page.")))
    assert [block.page for block in found.blocks] == [1, 2, 3]
    assert "Page" not in found.text
    assert [passage.path for passage in segment(found.text, found.blocks)] == [
        ("Page 1",),
        ("Page 2",),
        ("Page 3",),
    ]


def test_a_page_put_in_changes_no_context():
    short, long = read(pdf(lines("It applies."))), read(pdf(lines("Before it."), lines("It applies.")))
    (old,), (_, new) = segment(short.text, short.blocks), segment(long.text, long.blocks)
    assert old.path != new.path
    assert old.context_sha256 == new.context_sha256


def test_page_numbers_go_and_a_repeated_header_stands_once():
    pages = [
        [
            Words("Terms of 4 May 2026", 770, size=9),
            *lines(*PARAGRAPH, f"This is said only on the sheet {name}."),
            Words(number, 30, x=300, size=9),
        ]
        for name, number in (("one", "1"), ("two", "2"), ("three", "3"), ("four", "4"))
    ]
    text = read(pdf(*pages)).text
    assert text.count("Terms of 4 May 2026") == 1
    assert text.count("This is said only") == 4
    assert not any(line.isdigit() for line in text.splitlines())


def test_page_numbers_at_different_heights_go_where_they_count_the_pages():
    pages = [[*lines(*PARAGRAPH), Words(f"Page {number + 6}", 30 + 20 * number)] for number in range(1, 5)]
    assert "Page" not in read(pdf(*pages)).text


def test_a_line_that_two_pages_share_by_chance_stays():
    pages = [[Words("We may change this.", 760), *lines(*PARAGRAPH)] for _ in range(2)]
    assert read(pdf(*pages)).text.count("We may change this.") == 2


def test_a_number_that_is_no_page_number_stays():
    pages = [[*lines(*PARAGRAPH), Words(period, 30)] for period in ("90", "30", "14", "7")]
    assert read(pdf(*pages)).text.count("\n90") == 1


def test_title_and_language_come_from_the_file():
    found = read(pdf(lines(*PARAGRAPH), title="Privacy Notice", lang="de-CH"))
    assert (found.title, found.language) == ("Privacy Notice", "de-ch")


@pytest.mark.parametrize("title", ["Microsoft Word - v3 final.docx", "untitled", "terms.pdf", " "])
def test_a_title_that_a_program_made_up_is_none(title):
    page = [Words("Privacy", TOP, size=20), *lines(*PARAGRAPH, top=TOP - 40)]
    assert read(pdf(page, title=title)).title == "Privacy"


def test_drawings_inside_a_page_are_read():
    form = stream(
        Words("Inside a drawing.", TOP).drawing,
        b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources RESOURCES",
    )
    assert "Inside a drawing." in read(pdf_of([b"/X0 Do\n"], forms=[form])).text


def test_a_pdf_under_any_other_type_is_told_by_its_beginning():
    body = pdf(lines(*PARAGRAPH))
    assert read(body, "application/octet-stream").text == read(body).text == read(body, "").text


def test_the_same_bytes_give_the_same_text():
    body = pdf(lines(*PARAGRAPH), lines(*PARAGRAPH, "Once more."))
    assert read(body) == read(body)


ALGORITHMS = ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")


def _encrypted(password: str, algorithm: str) -> bytes:
    plain = pdf(lines(*PARAGRAPH), lines("On another page."), title="Terms of Coppermere")
    writer, out = PdfWriter(clone_from=BytesIO(plain)), BytesIO()
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_pdf_that_opens_without_a_password_is_read_though_encrypted(algorithm):
    body = _encrypted("", algorithm)
    assert b"Coppermere" not in body
    found = read(body)
    assert found.title == "Terms of Coppermere"
    assert [block.page for block in found.blocks] == [1, 2]
    assert found.text == " ".join(PARAGRAPH) + "\nOn another page."


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_pdf_with_a_password_says_so(algorithm):
    with pytest.raises(NotText, match="locked with a password"):
        read(_encrypted("secret", algorithm))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_damage_to_an_encrypted_pdf_raises_anything_but_a_capture_problem(data):
    body = bytearray(_encrypted("", data.draw(st.sampled_from(ALGORITHMS))))
    for _ in range(data.draw(st.integers(1, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    assert text_or_problem(bytes(body))


def test_scanned_pages_say_so():
    with pytest.raises(EmptyText, match="are pictures"):
        read(pdf_of([b"q 100 0 0 100 0 0 cm Q\n"] * 3))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\n" + b"\x00" * 5000,
        b"<html>not found</html>",
        pdf(lines(*PARAGRAPH))[:-200],
        pdf(lines(*PARAGRAPH)).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"),
        pdf(lines(*PARAGRAPH)).replace(b"/FlateDecode", b"/NoSuchCode!"),
        b"%PDF-1.7\n" + b"[" * 200_000,
    ],
    ids=["nothing", "head", "zeros", "page", "cut", "circle", "filter", "nested"],
)
def test_a_damaged_file_is_a_capture_problem_or_read_as_far_as_it_goes(body):
    outcome = text_or_problem(body)
    assert outcome
    assert outcome.startswith(PARAGRAPH[0]) or "\n" not in outcome

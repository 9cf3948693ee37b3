"""PDFs that cost more than a document of words may."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject

from monitor.core.extract import ExtractionError, NotText
from tests.monitor.core.pdf_files import LEFT, TOP, Words, lines, pdf, pdf_of, stream
from tests.monitor.core.test_pdf import PARAGRAPH, read, text_or_problem


def test_a_bomb_is_a_capture_problem():
    bomb = b" " * 300_000_000
    packed = zlib.compress(bomb, 9)
    del bomb
    body = pdf_of([b""]).replace(
        stream(b""), b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    )
    with pytest.raises(ExtractionError):
        read(body)


@pytest.mark.parametrize(
    ("page", "count"),
    [(b"q\n" * 1_100_000, 1), (b"1 " * 1_100_000, 1), (b"%" + b"x" * 1_900_000, 11)],
    ids=["operations", "operands", "pages"],
)
def test_more_drawing_than_a_document_of_words_has_is_never_parsed(monkeypatch, page, count):
    """Parsed, one page of these took half a gigabyte."""
    read_pages = []
    extract_text = PageObject.extract_text

    def counted(self, *args, **kwargs):
        read_pages.append(self)
        return extract_text(self, *args, **kwargs)

    monkeypatch.setattr(PageObject, "extract_text", counted)
    with pytest.raises(NotText, match="more drawing"):
        read(pdf_of([page] * count))
    assert len(read_pages) == count - 1


def test_what_draws_nothing_counts_too():
    with pytest.raises(NotText):
        read(pdf_of([b"1 " * 600_000]))


def test_a_dense_page_is_read():
    page = Words("We keep it.", TOP).drawing + b"10 20 m 30 40 l S\n" * 50_000
    assert read(pdf_of([page])).text == "We keep it."


def test_drawings_that_draw_drawings_end():
    """Ten levels of ten each would be ten thousand million drawings."""
    kind = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources RESOURCES"
    forms = [stream(b"/X%d Do\n" % (level + 1) * 10, kind) for level in range(10)]
    forms.append(stream(Words("deep", TOP).drawing, kind))
    assert len(text_or_problem(pdf_of([b"/X0 Do\n"], forms=forms))) < 100_000


def test_two_thousand_pages_are_the_most():
    with pytest.raises(NotText, match="more pages"):
        read(pdf_of([b""] * 2001))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_raises_anything_else(data):
    body = bytearray(pdf([Words("Terms", TOP, size=20), *lines(*PARAGRAPH, top=700)], lines(*PARAGRAPH)))
    for _ in range(data.draw(st.integers(1, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(body))
    except ExtractionError:
        return
    for block in found.blocks:
        assert found.text[block.start : block.end]


def test_indented_first_lines_begin_paragraphs():
    page = [
        Words(PARAGRAPH[0], TOP),
        Words("unless a law asks us to keep this letter for rather longer than that.", TOP - 14),
        Words(PARAGRAPH[0], TOP - 28, x=LEFT + 14),
        Words(PARAGRAPH[1], TOP - 42),
    ]
    assert len(read(pdf(page)).blocks) == 2


@pytest.mark.timeout(60)
def test_the_work_grows_with_the_length_of_a_paragraph():
    """Joined line by line anew, a hundred pages took minutes."""
    page = lines(*["we keep your letters for thirty days unless the law asks for more and so on"] * 46)
    assert len(read(pdf(*[page] * 100)).blocks) < 100 * 46

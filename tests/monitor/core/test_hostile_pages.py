"""Pages made of one repeated tag: reading one of twice the length takes about twice the work."""

import sys
import time

import pytest

from monitor.core.extract import ExtractionError, extract_html, extract_markdown, extract_text
from monitor.core.links import links

# Work that grows with the square of the length does four times as much for twice the text.
MOST = 2.7
# Many times what a table of 8,000 cells takes.
MOST_SECONDS = 10


def calls(work):
    """How many Python functions it calls: the same on every machine, however loaded."""
    count = 0

    def counted(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    except ExtractionError:
        pass
    finally:
        sys.setprofile(before)
    return count


def growth(read, unit):
    calls(lambda: read(unit))  # What is made ready once counts for neither.
    return calls(lambda: read(unit * 300)) / calls(lambda: read(unit * 150))


def page(text):
    return extract_html(text.encode(), charset="utf-8")


@pytest.mark.parametrize(
    "unit",
    [
        "<header>x ",
        "<header><h1>x</h1>",
        "<h1>x ",
        "<div><h2>x</h2>",
        "<div><main>x</main>",
        "<li><h3>x</h3>",
        "<aside><form>x ",
        "<p>x ",
        "<p hidden>x",
        "<sup>x",
        "<sup>",
        "<main><div hidden>",
        "<div hidden>x ",
        "<button>x</button><div hidden>x ",
        "<table><tr><td>x ",
        "<tr><td>x<td>y</tr>",
        "x.<br>y ",
        "&amp;",
    ],
)
def test_a_page_of_one_repeated_tag_is_read_in_work_that_grows_with_its_length(unit):
    assert growth(page, unit) < MOST


@pytest.mark.parametrize("unit", ["<div>x", "<p>x</p>", "<p>x</p><i>y</i>", "<table><tr><td>x"])
@pytest.mark.parametrize(
    "picked", ["p", "i", {"startAfter": "#a", "endBefore": "#z"}, {"startBefore": "#a", "endAfter": "#z"}]
)
def test_selecting_and_removing_take_work_that_grows_with_the_length_of_the_page(unit, picked):
    def taken(text):
        body = f"<p id=a>a</p>{text}<p id=z>z</p>".encode()
        extract_html(body, charset="utf-8", remove=[picked])

    def given(text):
        body = f"<p id=a>a</p>{text}<p id=z>z</p>".encode()
        extract_html(body, charset="utf-8", select=["#z", picked, "b"])

    assert growth(taken, unit) < MOST
    assert growth(given, unit) < MOST


def test_cells_that_span_many_columns_cost_no_more_than_their_number():
    row = "<tr>" + "<td colspan=100 rowspan=100>x" * 40
    before = time.process_time()
    page("<table>" + row * 200)
    assert time.process_time() - before < MOST_SECONDS
    wide = page("<table><tr>" + "<th colspan=100>head" * 5 + "<tr>" + "<td colspan=100>cell" * 5)
    assert wide.text.count("cell") == 5
    assert wide.blocks[1].header == ("head", "head")


def test_a_header_cell_is_not_repeated_at_full_length_on_every_row():
    found = page("<table><tr><th>name<th>" + "long " * 2000 + "<tr><td>a<td>b" * 3)
    assert all(len(block.header[1]) <= 500 for block in found.blocks[1:])


@pytest.mark.parametrize(
    "unit", ["a ", "# a\n", "- a\n", "|a|b|\n|-|-|\n", "[a](b) ", "**a** ", "`a` ", "a\n\n"]
)
@pytest.mark.parametrize("read", [extract_markdown, extract_text])
def test_a_text_of_one_repeated_unit_is_read_in_work_that_grows_with_its_length(read, unit):
    assert growth(read, unit) < MOST


def test_links_in_nested_matches_are_counted_once():
    nested = b"<div><a href='/a'>A</a>" * 50
    assert len(links(nested, "text/html", select=["div"])) == 50


def test_links_are_read_with_the_charset_of_the_page():
    body = "<a href='/ä'>x</a>".encode("utf-16-le")
    assert links(body, "text/html; charset=utf-16le") == ("/ä",)


@pytest.mark.parametrize(("unit", "words"), [("<sup>", "a note"), ("<div hidden>", "We keep it longer.")])
def test_deep_nesting_around_a_few_words_takes_work_that_grows_with_its_depth(unit, words):
    def nested(text):
        page(f"<main><p>Terms of use, {text}{words}")

    assert growth(nested, unit) < MOST

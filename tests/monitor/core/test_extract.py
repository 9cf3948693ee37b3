import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.extract import (
    BadSelector,
    EmptyText,
    ExtractionError,
    NothingSelected,
    NotText,
    extract,
    extract_html,
)
from tests.monitor.core.pages import PROSE, assert_exact, lines, page


def test_remove_goes_before_select_which_gives_its_parts_in_the_order_of_the_selectors():
    body = (
        "<div class=a><p class=x>gone</p><div class=a><p>kept</p></div></div><p id=last>last</p><p>other</p>"
    )
    assert lines(body, select=["#last", ".a"], remove=[".x"]) == ["last", "kept"]
    with pytest.raises(NothingSelected):
        lines(body, select=[".x"], remove=[".a"])


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        (["div"], ["a", "b", "c"]),
        (["div", "p"], ["a", "b", "c"]),
        (["p", "div"], ["b", "c", "a"]),
        (["div div", "div"], ["b", "a", "c"]),
        (["div > p", {"startBefore": "div", "endAfter": "div"}], ["b", "c", "a"]),
    ],
)
def test_what_several_selectors_pick_is_read_once(select, expected):
    assert lines("<div>a<div><p>b</p></div><p>c</p></div>", select=select) == expected


@pytest.mark.parametrize("selector", ["p[", "::before", "", ":nth-child(", "a >", ":not(" * 3000])
def test_an_invalid_selector_says_so_in_one_line(selector):
    for options in ({"select": [selector]}, {"remove": [selector]}):
        with pytest.raises(BadSelector) as caught:
            lines("<p>text</p>", **options)
        assert "\n" not in str(caught.value)


def test_title_and_language_are_read_or_empty():
    body = "<html lang='pt_BR'><title> Termos \n de uso</title><h1>Outro</h1>"
    found = extract_html(body.encode(), charset=None)
    assert (found.title, found.language) == ("Termos de uso", "pt-br")
    untitled = extract_html(b"<html lang='@@'><h1>First</h1><p>text", charset=None)
    assert (untitled.title, untitled.language) == ("First", "")


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<p>Überall “gültig”</p>".encode(), "utf-16"),
        ("<p>Überall “gültig”</p>".encode(), "iso-8859-1"),
        ("<meta charset=windows-1252><p>Überall “gültig”</p>".encode(), None),
        ("<p>Überall “gültig”</p>".encode("utf-16"), None),
        ("<p>Überall “gültig”</p>".encode("utf-16-le"), "utf-16le"),
        ("<p>Überall “gültig”</p>".encode("cp1252"), None),
        ("<p>Überall “gültig”</p>".encode("cp1252"), "utf-8"),
        ("<p>Überall “gültig”</p>".encode("cp1252"), "rot13"),
        ("<meta charset='cp1252'><p>Überall “gültig”</p>".encode("cp1252"), "no-such-charset"),
    ],
)
def test_a_wrong_or_missing_charset_never_gives_garbage(body, charset):
    assert extract_html(body, charset=charset, select=["p"]).text == "Überall “gültig”"


@pytest.mark.parametrize("charset", ["shift_jis", "euc-jp", "iso-2022-jp"])
def test_a_declared_charset_is_believed(charset):
    assert (
        extract_html("<p>利用規約を変更します</p>".encode(charset), charset=charset).text
        == "利用規約を変更します"
    )


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 x",
        b"\x89PNG\r\n",
        bytes(range(256)) * 40,
        "Условия использования".encode("cp1251"),
        b"PK\x03\x04",
    ],
)
def test_bytes_that_are_no_text_are_refused(body):
    with pytest.raises(NotText):
        extract(body, "text/html")


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"<html><body><nav>Menu</nav></body></html>", b"<p>...</p>", b"<!-- x -->"]
)
def test_a_page_without_words_is_empty(body):
    with pytest.raises(EmptyText):
        extract(body, "text/html; charset=utf-8")


@pytest.mark.parametrize("body", ["https://terms.example/a", "terms.html"])
def test_a_page_that_is_one_bare_address_is_read_without_a_warning(body):
    assert extract(body.encode(), "text/html").text == body


def test_the_content_type_chooses_the_reader():
    assert extract(b"# A\n\nb", "text/markdown").blocks[0].kind == "heading"
    assert extract(b"# A b", "text/plain; charset=ascii").text == "# A b"
    assert extract(b"<p>a</p>", "Application/XHTML+XML").text == "a"
    with pytest.raises(NotText):
        extract(b"a", "image/png")


def test_a_block_of_punctuation_alone_is_no_text():
    assert lines("<p>We keep it.</p><p>…</p><p>* * *</p><p>✓</p><p>30</p>") == ["We keep it.", "✓", "30"]


def test_invisible_and_broken_characters_are_dropped():
    assert lines("<p>a\u200bb&#xD800;c&nbsp;&nbsp;d\u202e e\x01</p>") == ["ab\ufffdc d e"]


@pytest.mark.parametrize(
    "tag", ["div", "ul><li", "b", "blockquote", "form", "aside", "details", "table><tr><td", "section"]
)
def test_ten_thousand_nested_elements_are_read(tag):
    closing = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    body = page(f"<{tag}>" * 10_000 + PROSE + closing * 10_000)
    started = time.process_time()
    assert PROSE in extract_html(body, charset=None).text
    assert time.process_time() - started < 30


MARKUP = [
    "<p>",
    "</p>",
    "<li>",
    "<ul>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "<th",
    "colspan=9>",
    "</table>",
    "<br>",
    "<b>",
    "</b>",
    "<h2>",
    "<h9>",
    "<main>",
    "<a>",
    "</a>",
    "<div",
    "hidden>",
    "<form>",
    "<header>",
    "<pre>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<script>",
    "</script>",
    "&#0;",
    "&#xD834;",
    "<",
    ">",
    "word.",
    "two",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(MARKUP) | st.text(max_size=12),
        max_size=40,
    )
)
def test_any_markup_gives_exact_blocks_or_an_extraction_error(pieces):
    body = " ".join(pieces).encode("utf-8", "replace")
    try:
        found = extract_html(body, charset=None)
    except ExtractionError:
        return
    assert_exact(found)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/plain", "text/markdown"]))
def test_any_bytes_give_exact_blocks_or_an_extraction_error(body, content_type):
    try:
        found = extract(body, content_type)
    except ExtractionError:
        return
    assert_exact(found)


@pytest.mark.parametrize(
    "junk",
    ["<", "[", "*a", "`", "<b>", "| ", "# ", "<p hidden>", " \n", "> ", "- ", "<br>a", "&#", "(", "---"],
)
def test_a_megabyte_of_junk_is_read_in_good_time(junk):
    body = (junk * (300_000 // len(junk)) + " end").encode()
    started = time.process_time()
    for content_type in ("text/html", "text/markdown", "text/plain"):
        try:
            assert_exact(extract(body, content_type))
        except ExtractionError:
            continue
    assert time.process_time() - started < 60

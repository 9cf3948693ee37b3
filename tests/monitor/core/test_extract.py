import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.blocks import BLOCK_SEPARATOR
from monitor.core.extract import (
    BadSelector,
    EmptyText,
    ExtractionError,
    NothingSelected,
    NotText,
    extract,
    extract_html,
    extract_markdown,
    extract_text,
)
from monitor.core.normalize import fingerprint

LEGAL = (
    "We keep what you send us for as long as your account is open, and for thirty days after you close it, "
)
PROSE = (
    LEGAL + "unless a law asks us to keep it longer or you have agreed to another period with us in writing."
)


def page(body, head=""):
    return f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>".encode()


def lines(body, **options):
    return extract_html(page(body), charset=None, **options).text.split("\n")


def shapes(found):
    return [(block.kind, block.level, found.text[block.start : block.end]) for block in found.blocks]


def assert_exact(found):
    texts = [found.text[block.start : block.end] for block in found.blocks]
    assert BLOCK_SEPARATOR.join(texts) == found.text
    for text in texts:
        assert text
        assert text == " ".join(text.split())


def test_inline_tags_never_break_a_block():
    assert lines("<p>You <b>must</b> be <a href=x>thirteen<span> years</span></a> old.</p>") == [
        "You must be thirteen years old."
    ]


def test_a_link_target_is_not_a_text_change():
    old = extract_html(page("<p>See the <a href='/a?x=1'>rules</a>.</p>"), charset=None)
    new = extract_html(page("<p>See the <a href='/b?x=2'>rules</a>.</p>"), charset=None)
    assert fingerprint(old.text) == fingerprint(new.text)


def test_headings_paragraphs_nested_items_and_terms_keep_their_kind():
    body = (
        "<h1>Terms</h1><p>Intro.</p><ul><li>one<ul><li>inner</li></ul></li><li><p>two</p></li></ul>"
        "<dl><dt>Account</dt><dd>what you sign in with</dd></dl>"
    )
    assert shapes(extract_html(page(body), charset=None)) == [
        ("heading", 1, "Terms"),
        ("paragraph", 0, "Intro."),
        ("item", 1, "one"),
        ("item", 2, "inner"),
        ("item", 1, "two"),
        ("paragraph", 0, "Account"),
        ("item", 1, "what you sign in with"),
    ]


def test_a_list_item_with_a_heading_is_a_section():
    body = "<ol><li><h2>Use</h2><p>Be kind.</p><ul><li>always</li></ul></li></ol>"
    assert shapes(extract_html(page(body), charset=None)) == [
        ("heading", 2, "Use"),
        ("paragraph", 0, "Be kind."),
        ("item", 1, "always"),
    ]


@pytest.mark.parametrize("title", ["Definitions", "2.1 Your content.", "What do we keep?"])
def test_a_short_bold_paragraph_is_a_heading_below_the_last_one(title):
    body = f"<h2>Part</h2><p><strong>{title}</strong></p><p>{LEGAL}</p>"
    assert shapes(extract_html(page(body), charset=None))[1] == ("heading", 3, title)


@pytest.mark.parametrize(
    "markup",
    [
        "<b>YOU AGREE TO ARBITRATION.</b>",
        "<b>Last updated 1 May 2031</b>",
        "<b>Note</b> that we may",
        f"<b>{PROSE}</b>",
    ],
)
def test_a_bold_sentence_or_date_is_no_heading(markup):
    assert shapes(extract_html(page(f"<p>{markup}</p>"), charset=None))[0][0] == "paragraph"


def test_rows_carry_the_header_cells_above_their_own_cells():
    body = (
        "<table><tr><th>Purpose</th><th>Basis</th><th>Kept</th></tr>"
        "<tr><td>Support</td><td></td><td>2 <b>years</b></td></tr>"
        "<tr><td rowspan=2>Fraud</td><td>Law</td><td>5 years</td></tr>"
        "<tr><td>Consent</td><td>1 year</td></tr></table>"
    )
    found = extract_html(page(body), charset=None)
    assert [(found.text[b.start : b.end], b.header) for b in found.blocks] == [
        ("Purpose | Basis | Kept", ()),
        ("Support | 2 years", ("Purpose", "Kept")),
        ("Fraud | Law | 5 years", ("Purpose", "Basis", "Kept")),
        ("Consent | 1 year", ("Basis", "Kept")),
    ]


def test_a_table_used_for_layout_is_read_as_a_page():
    body = f"<table><tr><td><h2>Data</h2><p>{LEGAL}</p></td></tr></table>"
    assert [kind for kind, _, _ in shapes(extract_html(page(body), charset=None))] == ["heading", "paragraph"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("First part<br><br>second part", ["First part", "second part"]),
        ("Ends here.<br>Begins here", ["Ends here.", "Begins here"]),
        ("our Example<br>Policies apply", ["our Example Policies apply"]),
        ("Choose<br>- this<br>- that", ["Choose", "- this", "- that"]),
        ("<b>Notice</b><br>We may write", ["Notice", "We may write"]),
    ],
)
def test_a_line_break_divides_where_a_sentence_ends_or_a_list_begins(markup, expected):
    assert lines(f"<p>{markup}</p>") == expected


def test_menus_controls_and_the_frame_of_the_site_are_left_out():
    body = (
        "<header><a href=/>Acme</a></header><nav>Home About</nav>"
        f"<div><p>{PROSE}</p><script>var a = 'x'</script><noscript>On</noscript></div><button>Go</button>"
        "<form>Your address <input></form><footer>Imprint</footer>"
    )
    assert lines(body) == [PROSE]


def test_the_title_and_date_in_an_articles_own_header_are_kept():
    body = (
        "<header>Acme</header><article><header><h1>Privacy</h1><p>Effective 1 May 2031</p></header>"
        f"<main><p>{PROSE}</p></main></article><footer>Jobs</footer>"
    )
    assert lines(body) == ["Privacy", "Effective 1 May 2031", PROSE]


def test_the_only_title_of_a_page_is_kept_even_in_the_sites_header():
    assert lines(f"<header><nav>Menu</nav><h1>Terms</h1></header><p>{PROSE}</p>") == ["Terms", PROSE]


def test_a_form_around_the_whole_page_does_not_hide_its_text():
    assert lines(f"<form><p>{PROSE}</p><input><button>Go</button></form>") == [PROSE]


@pytest.mark.parametrize("mark", ["hidden", 'style="display: none"', 'role="complementary"'])
def test_a_folded_section_is_kept_and_a_hidden_menu_is_not(mark):
    body = f"<p>Open.</p><div {mark}><p>{PROSE}</p></div><div {mark}><a>Prices</a> <a>Blog</a></div>"
    assert lines(body) == ["Open.", PROSE]


def test_details_and_the_button_in_a_heading_are_text():
    body = (
        f"<details><summary>Kept</summary><p>{LEGAL}</p></details><h3><button>Rights</button></h3><p>Ask.</p>"
    )
    assert lines(body) == ["Kept", LEGAL.strip(), "Rights", "Ask."]


def test_links_set_apart_by_style_alone_are_not_glued_and_split_words_stay_whole():
    assert lines("<div><span>Effective May 1</span><a>Previous version</a></div>") == [
        "Effective May 1 Previous version"
    ]
    assert lines("<p><span>serv</span><span>ices</span> and <a>link</a><b>ed</b> ones</p>") == [
        "services and linked ones"
    ]


def test_the_body_is_read_when_main_holds_little_of_the_text():
    assert lines(f"<main><p>Welcome</p></main><div><p>{PROSE}</p></div>") == ["Welcome", PROSE]


def test_remove_goes_before_select_and_nested_matches_count_once():
    body = (
        "<div class=a><p class=x>gone</p><div class=a><p>kept</p></div></div><p id=last>last</p><p>other</p>"
    )
    assert lines(body, select=["#last", ".a"], remove=[".x"]) == ["kept", "last"]
    with pytest.raises(NothingSelected):
        lines(body, select=[".x"], remove=[".a"])


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

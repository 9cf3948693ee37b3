import pytest

from monitor.core.extract import (
    extract_html,
)
from monitor.core.normalize import fingerprint
from tests.monitor.core.pages import LEGAL, PROSE, lines, page, shapes


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

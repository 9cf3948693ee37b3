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


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>our partners<sup><a href=#n>1</a></sup> do</p>", "our partners 1 do"),
        ("<p>our partners<a href=#n><sup>*</sup></a>, too</p>", "our partners *, too"),
        ("<p>our partners.<sup>12</sup> They do</p>", "our partners. 12 They do"),
        ("<p>20 m<sup>2</sup> of CO<sub>2</sub> on the 1<sup>st</sup></p>", "20 m2 of CO2 on the 1st"),
        ("<p>See (<a href=/a>terms</a><b>, fees</b>)</p>", "See (terms, fees)"),
        ("<p><span>See our</span> <a href=/a>terms</a><span>.</span></p>", "See our terms."),
        ("<p>Daten&shy;schutz&shy;erklärung, a<wbr>b</p>", "Datenschutzerklärung, ab"),
        ("<p dir=rtl>نحن نجمع <b>معلوماتك</b> الشخصية.</p>", "نحن نجمع معلوماتك الشخصية."),
        ("<p>我们<b>收集</b>您的<a href=/a>信息</a>。</p>", "我们收集您的信息。"),
        ("<div role=row><i role=cell>Kept</i><i role=cell>30 days</i></div>", "Kept 30 days"),
    ],
)
def test_words_are_glued_and_parted_as_a_reader_sees_them(markup, expected):
    assert lines(markup) == [expected]


def test_lines_of_preformatted_text_are_joined_up_to_the_next_sentence_or_number():
    body = "<pre>1. Scope\n   We do this,\n   on two lines.\n\n2. Term\n   One year.</pre>"
    assert lines(body) == ["1. Scope We do this, on two lines.", "2. Term One year."]


def test_markers_of_numbered_lists_are_no_text_but_typed_numbers_are():
    body = "<ol type=a start=3><li>Scope<ol reversed><li>deep</ol><li value=9>9. Term</ol>"
    assert lines(body) == ["Scope", "deep", "9. Term"]


def test_a_small_heading_that_fills_a_cell_names_its_row_or_column():
    body = "<table><tr><td><h4>Purpose</h4><td><h4>Kept</h4><tr><td>Support<td>2 years</table>"
    assert shapes(extract_html(page(body), charset=None)) == [
        ("row", 0, "Purpose | Kept"),
        ("row", 0, "Support | 2 years"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td>Menu<td><p>{LEGAL}</p><p>{LEGAL}</p></table>",
        f"<table><tr><td><h2>Menu</h2><td>x<tr><td><p>{LEGAL}</p><td>y</table>",
        f"<table role=presentation><tr><td>Menu<td>x<tr><td>a<td><p>{LEGAL}</p></table>",
    ],
)
def test_a_table_that_frames_a_page_gives_no_rows(body):
    found = shapes(extract_html(page(body), charset=None))
    assert "row" not in {kind for kind, _, _ in found}
    assert ("paragraph", 0, LEGAL.strip()) in found


def test_all_words_of_what_a_selector_chose_are_kept():
    body = (
        "<div id=x><header>Head</header><nav>Menu</nav><button>Question?</button><p hidden>Folded</p>"
        "<form>Form</form><aside>Note</aside><select><option>One<option>Two</select><script>no</script></div>"
    )
    chosen = lines(body, select=["#x"])
    assert chosen == ["Head", "Menu", "Question?", "Folded", "Form", "Note", "One", "Two"]
    assert lines(body, select=["#x"], remove=["nav", "select"]) == [
        "Head",
        "Question?",
        "Folded",
        "Form",
        "Note",
    ]

"""Legal text that stands where pages usually keep something else is read all the same, without any selector."""

import pytest

from monitor.core.extract import NotText, extract_html
from tests.monitor.core.pages import LEGAL, PROSE, lines, page

TEXT = f"<h1>Terms</h1><h2>Term</h2><p>{PROSE}</p><p>{PROSE}</p>"
FRAMES = ["<main>{}{}</main>", "<div>{}{}</div>", "{}{}"]


def read(body, **options):
    return "\n".join(lines(body, **options))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    "clause",
    [
        "Failure to accept modified terms ends the contract.",
        "Fair-use limits may be modified",
        "Hiermit wird Ziffer 3 geändert",
        "Hacemos públicas las cláusulas modificadas",
        "変更前に通知します。",
        "修改前会通知您。",
        "Prices modified today apply tomorrow.",
    ],
)
def test_a_short_clause_about_changes_is_no_stamp_of_an_update(frame, clause):
    assert clause in read(frame.format(TEXT, f"<p>{clause}</p>"))


@pytest.mark.parametrize(
    "stamp", ["3天前更新", "更新：２か月前", "Aktualisiert vor 30 Tagen", "Mis à jour hier"]
)
def test_a_stamp_that_counts_back_from_today_is_left_out(stamp):
    assert stamp not in read(f"<main>{TEXT}<p>{stamp}</p></main>")


@pytest.mark.parametrize(
    "markup", ["<div><p>{}</p></div>", "<section><h2>Annex</h2><p>{}</p></section>", "<article>{}</article>"]
)
@pytest.mark.parametrize("frame", ["<div>{1}</div><main>{0}</main>", "<div><main>{0}</main>{1}</div>"])
def test_prose_outside_of_the_main_part_is_read(markup, frame):
    addendum = PROSE.replace("thirty", "ninety")
    assert addendum in read(frame.format(TEXT, markup.format(addendum)))


@pytest.mark.parametrize(
    "part",
    [
        f"<footer><h2>Governing law</h2><p>{PROSE.replace('thirty', 'ninety')}</p></footer>",
        "<header><h2>Terms, ninety-first edition</h2><p>Effective 1 May 2031</p></header>",
        "<aside><p>Children under ninety months may not sign up.</p></aside>",
        "<form><p>By sending this you agree to wait ninety days.</p></form>",
        "<h3>Kept</h3><div hidden>ninety days</div>",
        "<h3>Kept</h3><ul hidden><li>ninety days<li>a year</ul>",
        "<a href=#k>Kept</a><div hidden id=k>ninety days</div>",
        "<section><h2>Cookies</h2><p>We set cookies for ninety days.</p><button>Yes</button>"
        "<button>No</button></section>",
        "<div><p>Cookies: ninety days</p><button aria-expanded=false>A</button>"
        "<button aria-expanded=false>B</button></div>",
        f"<textarea readonly>{PROSE.replace('thirty', 'ninety')}</textarea>",
        "<p>A party<span role=tooltip> (whoever signs within ninety days)</span> may end it.</p>",
        "<div>These ninety policies are part of this very agreement: <a href=/a>Privacy policy of ours and of all"
        " others named there</a></div>",
        "<p>Our ninety sub-processors:</p><ul><li><a href=/a>Ninety Hosting</a><li><a href=/b>B</a></ul>",
        "<h2>Sub-processors</h2><ul><li><a href=/a>ninety Hosting</a><li><a href=/b>B</a></ul>",
        "<div>© 2031 Example. You may not copy ninety pages.</div>",
        "<button class=accordion>ninety days</button><div class=panel>We wait for so long.</div>",
    ],
)
@pytest.mark.parametrize("frame", ["{}{}", "<div>{}</div>{}"])
def test_a_part_that_says_something_is_read_where_no_main_part_is_marked(part, frame):
    assert "ninety" in read(frame.format(TEXT, part))


@pytest.mark.parametrize(
    "frame", ["<div role=dialog>{}</div>", "<div role=alertdialog>{}</div>", "<dialog open>{}</dialog>"]
)
def test_a_dialog_that_holds_the_whole_document_is_read(frame):
    assert lines(frame.format(TEXT)) == ["Terms", "Term", PROSE, PROSE]


def test_a_license_in_a_text_area_to_read_only_is_read_where_a_selector_chose_it():
    body = f"{TEXT}<div id=x><textarea readonly>Be kind.</textarea><textarea>Yours</textarea></div>"
    assert lines(body, select=["#x"]) == ["Be kind."]


ROWS = "<tr><td>Support</td><td>2 years</td></tr><tr><td>Fraud</td><td>5 years</td></tr>"


@pytest.mark.parametrize(
    "table",
    [
        f"<thead><th>Purpose ninety</th><th>Kept</th></thead>{ROWS}",
        f"{ROWS}<p>ninety days</p>",
        f"<tr>ninety days</tr>{ROWS}",
        f"{ROWS}<tfoot><div>ninety days</div></tfoot>",
    ],
)
@pytest.mark.parametrize("options", [{}, {"select": ["table"]}])
def test_words_of_a_table_outside_of_its_cells_are_read(table, options):
    found = read(f"{TEXT}<table>{table}</table>", **options)
    assert all(word in found for word in ("ninety", "Support", "2 years", "Fraud", "5 years"))


def test_a_table_of_long_chinese_cells_frames_a_page():
    cell = "您关闭账户后的三十天内我们仍会保留您发送的信息。" * 30
    found = extract_html(page(f"<table><tr><td>菜单<td>{cell}<tr><td>一<td>二</table>"), charset=None)
    assert "row" not in {block.kind for block in found.blocks}


def test_a_page_of_far_more_tags_than_any_document_has_is_refused():
    with pytest.raises(NotText, match="150,000 tags"):
        extract_html(b"<b>a" * 150_001, charset=None)
    assert extract_html(page(f"<p>{LEGAL}</p>" * 100), charset=None).text

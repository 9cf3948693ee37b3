"""What is read of a page that no selector describes: all of its text, and little of what stands around it."""

import pytest

from tests.monitor.core.pages import LEGAL, PROSE, lines

TEXT = f"<h1>Terms</h1><p>{PROSE}</p><p>{PROSE}</p>"
READ = ["Terms", PROSE, PROSE]
CHINESE = (
    "您关闭账户后的三十天内，我们仍会保留您发送的信息，除非法律要求更长，"
    "或者您书面同意其他期限，或者我们需要这些信息来处理您的投诉。"
)


@pytest.mark.parametrize(
    "beside",
    [
        "<div><a href=/a>Home</a> <a href=/b>Prices</a></div>",
        "<ul><li><a href=/a>Home</a><li><a href=/b>Prices</a></ul>",
        "<div><h4>Company</h4><a href=/a>About us</a> <a href=/b>Careers</a></div>",
        "<table><tr><td><a href=/a>Home</a><td><a href=/b>Prices</a></table>",
        "<div><button>Sign in</button><button>Menu</button></div>",
        "<div><p>We use cookies to measure visits.</p><button>Accept</button><button>Reject</button></div>",
        "<div><p>Was this page helpful?</p><button>Yes</button><button>No</button></div>",
        "<p>Last updated over a week ago</p>",
        "<p>Zuletzt aktualisiert vor 3 Tagen</p>",
        "<div>© 2031 Example Ltd. All rights reserved.</div>",
        "<div role=dialog><p>Choose a country before you go on with your visit.</p></div>",
        "<a class=sr-only href=#x>Skip to the content</a>",
        "<div hidden><a href=/a>Prices</a></div>",
        "<footer><p>Imprint</p></footer>",
        "<nav><a href=#a>Terms</a></nav>",
    ],
)
@pytest.mark.parametrize("frame", ["<div>{}</div>{}", "{1}<div>{0}</div>", "<div><div>{}</div>{}</div>"])
def test_what_stands_beside_the_text_is_left_out(beside, frame):
    assert lines(frame.format(TEXT, beside)) == READ


@pytest.mark.parametrize(
    "frame",
    [
        "<div id=content>{}</div>",
        "<form action=/go><div>{}</div></form>",
        "<table width=100%><tr><td><a href=/a>Home</a><td>{}</table>",
        "<center><font>{}</font></center>",
        "<main hidden>{}</main>",
        "<footer>{}</footer>",
        "<nav>{}</nav>",
        "<header><div>{}</div></header>",
        "<aside>{}</aside>",
        "<main><p>Welcome</p></main><div>{}</div>",
        "<article>{}</article><article><p>Short.</p></article>",
        "<main>{}</main><div hidden>Loading</div>",
        "<x-page><template shadowrootmode=open><div>{}</div></template></x-page>",
        "<div style='display:contents'>{}</div>",
        "<span>{}</span>",
    ],
)
def test_the_text_is_read_wherever_an_author_put_it(frame):
    read = lines(frame.format(TEXT))
    assert [line for line in read if line not in ("Welcome", "Short.", "Home")] == READ


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ul><li><a href=/a>Privacy policy</a><li><a href=/b>Fees</a></ul>", ["Privacy policy", "Fees"]),
        ("<p><a href=/a>Earlier version of these terms</a></p>", ["Earlier version of these terms"]),
        ("<div><a href=/a>Earlier version</a></div>", ["Earlier version"]),
        ("<p>Updated on 3 May 2031, ten days ago</p>", ["Updated on 3 May 2031, ten days ago"]),
        (f"<aside><p>{LEGAL}</p></aside>", [LEGAL.strip()]),
        ("<nav><a href=#a>Scope</a> <a href=#b>Fees</a></nav>", ["Scope Fees"]),
        (f"<p>{CHINESE}</p>", [CHINESE]),
        ("<p>You can <button>manage cookies</button> here.</p>", ["You can manage cookies here."]),
    ],
)
def test_lists_of_links_and_asides_in_an_article_are_its_own(markup, expected):
    assert lines(f"<main>{TEXT}{markup}</main>") == [*READ, *expected]


@pytest.mark.parametrize(
    "folded",
    [
        "<h3><button aria-expanded=false aria-controls=a>Kept</button></h3><div id=a hidden>30 days.</div>",
        "<button aria-expanded=false aria-controls=a>Kept</button><div id=a style='display:none'>30 days.</div>",
        "<div role=tablist><button role=tab>Kept</button></div><div role=tabpanel hidden>30 days.</div>",
        "<details><summary>Kept</summary><p>30 days.</p></details>",
        "<button><h3>Kept</h3></button><div aria-hidden=true>30 days.</div>",
    ],
)
@pytest.mark.parametrize("frame", ["<main>{}</main>", "<div>{}</div>"])
def test_a_folded_section_is_read_with_its_title_however_short_it_is(folded, frame):
    assert lines(frame.format(TEXT + folded))[3:] == ["Kept", "30 days."]


def test_a_hidden_sentence_is_read_in_the_text_and_a_hidden_chinese_one_everywhere():
    assert lines(f"<main>{TEXT}<div hidden>We keep it longer.</div></main>")[3:] == ["We keep it longer."]
    assert lines(f"{TEXT}<div hidden><p>{CHINESE}</p></div>")[3:] == [CHINESE]


def test_words_for_screen_readers_only_are_left_out_but_not_the_title():
    body = f"<h1 class=sr-only>Terms</h1><p>{PROSE} <a href=/a>More<span class=sr-only> (new window)</span></a></p>"
    assert lines(body) == ["Terms", PROSE + " More"]


def test_a_table_of_linked_names_is_no_list_of_links():
    table = "<table><tr><th>Name<th>Use<tr><td><a href=/a>Example Hosting Company</a><td>hosting</table>"
    assert lines(f"<main>{TEXT}<div>{table}</div></main>")[3:] == [
        "Name | Use",
        "Example Hosting Company | hosting",
    ]


@pytest.mark.parametrize("frame", ["<div><ul>{}</ul></div>", "<section><h2>More</h2><p>{}</p></section>"])
def test_a_list_of_linked_names_in_a_part_of_its_own_stays_in_the_main_part(frame):
    names = "".join(f"<li><a href=/{name}>{name} Hosting Company</a>" for name in "ABCDEF")
    read = " ".join(lines(f"<main><div>{TEXT}</div>{frame.format(names)}</main>"))
    assert read.count("Hosting Company") == 6


def test_a_bare_box_of_links_behind_an_article_is_left_out():
    links = "".join(f"<a href=/{name}>How to {name} it</a>" for name in ("open", "close", "delete", "move"))
    assert lines(f"<article><div>{TEXT}</div><div><b>More to read</b>{links}</div></article>") == READ


def test_the_header_of_a_site_within_the_main_part_is_left_out():
    menu = "".join(f"<a href=/{name}>{name} of ours</a> " for name in ("prices", "news", "help", "jobs"))
    assert lines(f"<main><header>{menu}</header><div>{TEXT}</div><footer>{menu}</footer></main>") == READ

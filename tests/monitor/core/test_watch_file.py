"""Lists of pages to watch, as files."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.watch_file import MOST_PAGES, BadWatchFile, read_watch_file

OPML = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="Acme">
  <outline text="Terms of use" htmlUrl="https://acme.example/terms"/>
  <outline text="News" xmlUrl="https://acme.example/feed"/>
</outline>
<outline title="Privacy notice" url="https://other.example/privacy"/>
</body></opml>"""


def _said(entry):
    return entry.platform, entry.name, [page.url for page in entry.pages], entry.type, entry.problem


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_says_what_its_columns_say(mark):
    lines = [
        ["url", "Platform", "Document", "Type", "language", "select"],
        ["https://acme.example/t", "Acme", "Terms", "api_terms", "en", "main"],
    ]
    (entry,) = read_watch_file("x.csv", "\n".join(mark.join(line) for line in lines))
    assert _said(entry) == ("Acme", "Terms", ["https://acme.example/t"], "api_terms", "")
    assert (entry.line, entry.language, entry.pages[0].select) == (2, "en", ("main",))


def test_what_a_table_leaves_out_is_guessed():
    (entry,) = read_watch_file("x", "url\nhttps://acme.example/privacy-policy")
    assert _said(entry) == (
        "Acme",
        "Privacy policy",
        ["https://acme.example/privacy-policy"],
        "privacy_policy",
        "",
    )


def test_addresses_alone_are_a_list():
    entries = read_watch_file("x.txt", "https://a.example/terms\n\nhttps://b.example/privacy\n")
    assert [entry.pages[0].url for entry in entries] == [
        "https://a.example/terms",
        "https://b.example/privacy",
    ]


def test_rows_of_one_document_that_follow_each_other_are_its_pages():
    text = 'platform,document,url,select\nA,Terms,https://a.example/1,\nA,terms,https://a.example/2,"[""#a"", "".b""]"\nA,Other,https://a.example/3,'
    one, two = read_watch_file("x.csv", text)
    assert [page.url for page in one.pages] == ["https://a.example/1", "https://a.example/2"]
    assert one.pages[1].select == ("#a", ".b")
    assert two.name == "Other"


def test_an_outline_is_read_with_the_outline_around_it_as_platform():
    assert [_said(entry) for entry in read_watch_file("x.opml", OPML)] == [
        ("Acme", "Terms of use", ["https://acme.example/terms"], "terms_of_service", ""),
        ("Acme", "News", [""], "announcement", "It is a feed, and names no page"),
        ("Other", "Privacy notice", ["https://other.example/privacy"], "privacy_policy", ""),
    ]


def test_a_declaration_is_read_with_its_selectors():
    declared = {
        "name": "Acme",
        "terms": {
            "Privacy Policy": {
                "fetch": "https://acme.example/p",
                "select": ["main"],
                "remove": [".ad"],
                "executeClientScripts": True,
            },
            "Broken": {"fetch": "nowhere"},
        },
    }
    good, bad = read_watch_file("acme.json", json.dumps(declared))
    assert _said(good) == ("Acme", "Privacy Policy", ["https://acme.example/p"], "privacy_policy", "")
    assert (good.pages[0].select, good.pages[0].remove, good.pages[0].needs_browser) == (
        ("main",),
        (".ad",),
        True,
    )
    assert "Broken" in bad.problem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "lists no page"),
        ("url\n", "lists no page"),
        ("name,color\nA,blue", "names no column url"),
        ("<opml><body>", "not well-formed XML"),
        ("<html><body>Hello</body></html>", "no OPML"),
        (
            '<!DOCTYPE opml [<!ENTITY a "b">]><opml><body><outline url="https://a.example/&a;"/></body></opml>',
            "no OPML",
        ),
        ("{", "not JSON"),
        ('{"name": "A", "terms": {}}', "lists no page"),
        ("url\n" + "".join(f"https://a.example/{n}\n" for n in range(MOST_PAGES + 1)), "at a time"),
        ('url\n"https://a.example/' + "x" * 140_000 + '"', "Line"),
    ],
)
def test_what_is_no_list_says_so_in_one_line(text, words):
    with pytest.raises(BadWatchFile, match=words) as error:
        read_watch_file("x", text)
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("https://a.example/,main >", "is not a CSS selector"),
        (",main", "There is no address"),
        ("http://[,", "is no web address"),
    ],
)
def test_a_faulty_row_is_told_with_its_line(row, problem):
    (entry,) = read_watch_file("x.csv", f"url,select\n{row}")
    assert problem in entry.problem
    assert entry.line == 2


@given(st.text(max_size=400), st.sampled_from(["", "<", "{", "url,select\n", "https://a.example/\n"]))
def test_any_text_gives_entries_or_one_line(text, beginning):
    try:
        said = [entry.problem for entry in read_watch_file("x", beginning + text)]
    except BadWatchFile as error:
        said = [str(error)]
    assert said
    assert all(len(line.splitlines()) <= 1 for line in said)


def test_an_address_in_a_list_of_addresses_keeps_its_commas():
    entries = read_watch_file("x", "https://a.example/terms\n   \nhttps://b.example/agb,123;x.html\n")
    assert [(entry.line, entry.pages[0].url) for entry in entries] == [
        (1, "https://a.example/terms"),
        (3, "https://b.example/agb,123;x.html"),
    ]


def test_pages_that_only_a_guess_calls_alike_are_documents_of_their_own():
    text = "https://a.example/us/privacy\nhttps://a.example/eu/privacy\n"
    for listed in (text, f"url\n{text}"):
        assert [entry.name for entry in read_watch_file("x", listed)] == ["Privacy", "Privacy 2"]


def test_half_a_sign_or_a_null_is_refused_and_shown_as_text():
    declared = {"name": "A\ud800", "terms": {"Terms of Service": {"fetch": "https://a.example/t"}}}
    (entry,) = read_watch_file("a.json", json.dumps(declared))
    assert (entry.platform, entry.problem) == ("A?", "A name is no text")
    with pytest.raises(BadWatchFile, match="null characters"):
        read_watch_file("x", "url\nhttps://a.example/\x00")


def test_a_name_of_many_spaces_is_read_at_once():
    (entry,) = read_watch_file("x", "url,document\nhttps://a.example/,a" + " " * 100_000 + "b")
    assert entry.name.startswith("a")

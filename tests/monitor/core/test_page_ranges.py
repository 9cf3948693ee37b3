import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.extract import BadSelector, EmptyText, NothingSelected, extract_html
from monitor.core.links import links
from tests.monitor.core.pages import lines, page, shapes

BODY = (
    "<div id=top><p>before</p><h1 id=title>Title</h1><section><p id=one>one</p><ul><li>two<li id=three>three</ul>"
    "</section></div><div id=end>end <b id=last>last</b></div><p>after</p>"
)


def between(start, end):
    return dict([start, end])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (("startBefore", "#title"), ("endBefore", "#end"), ["Title", "one", "two", "three"]),
        (("startAfter", "#title"), ("endAfter", "#one"), ["one"]),
        (("startAfter", "#one"), ("endBefore", "#three"), ["two"]),
        (("startAfter", "li"), ("endBefore", "#last"), ["three", "end"]),
        (("startBefore", "div"), ("endAfter", "div"), ["before", "Title", "one", "two", "three"]),
        (("startBefore", "section"), ("endAfter", "#one"), ["one"]),
        (("startAfter", "#one"), ("endAfter", "section"), ["two", "three"]),
    ],
)
def test_a_range_holds_what_stands_between_its_ends(start, end, expected):
    assert lines(BODY, select=[between(start, end)]) == expected


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (("startBefore", "#gone"), ("endBefore", "#end")),
        (("startBefore", "#title"), ("endBefore", "#gone")),
        (("startBefore", "#end"), ("endBefore", "#title")),
        (("startAfter", "section"), ("endAfter", "#one")),
        (("startBefore", "#one"), ("endBefore", "section")),
    ],
)
def test_a_range_without_an_end_or_with_its_ends_turned_holds_nothing(start, end):
    whole = lines(BODY)
    assert lines(BODY, remove=[between(start, end)]) == whole
    with pytest.raises(NothingSelected):
        lines(BODY, select=[between(start, end)])


def test_a_removed_range_leaves_the_elements_it_cuts_through():
    gone = between(("startAfter", "#one"), ("endBefore", "#last"))
    assert lines(BODY, remove=[gone]) == ["before", "Title", "one", "last", "after"]


def test_ranges_and_selectors_are_joined_as_listed_each_text_once():
    first = between(("startAfter", "#one"), ("endBefore", "#end"))
    second = between(("startBefore", "#title"), ("endAfter", "#end"))
    assert lines(BODY, select=[first, "#last", second]) == ["two", "three", "last", "Title", "one", "end"]


def test_remove_goes_before_a_range_is_sought():
    found = between(("startBefore", "p"), ("endBefore", "#end"))
    assert lines(BODY, select=[found], remove=["#top > p"]) == ["one", "two", "three"]


def test_rows_of_a_range_stay_rows_and_items_stay_items():
    body = "<table><tr><td>a<td>b<tr id=x><td>c<td>d<tr><td>e<td>f</table><ul><li>one<li>two</ul>"
    rows = extract_html(
        page(body), charset=None, select=[between(("startBefore", "#x"), ("endAfter", "tr:last-child"))]
    )
    assert shapes(rows) == [("row", 0, "c | d"), ("row", 0, "e | f")]
    across = extract_html(
        page(body), charset=None, select=[between(("startBefore", "#x"), ("endAfter", "li"))]
    )
    assert shapes(across) == [("row", 0, "c | d"), ("row", 0, "e | f"), ("item", 1, "one")]


def test_the_links_of_a_range_are_those_between_its_ends():
    body = page("<a href=/a>a</a><p id=x><a href=/b>b</a></p><a href=/c>c</a>")
    chosen = [between(("startBefore", "#x"), ("endAfter", "#x"))]
    assert links(body, "text/html", select=chosen) == ("/b",)


@pytest.mark.parametrize(
    "selector",
    [
        {},
        {"startBefore": "p"},
        {"startBefore": "p", "startAfter": "p"},
        {"startBefore": "p", "endAfter": "p["},
        {"startBefore": "p", "endAfter": 3},
        {"startBefore": "p", "endAfter": "p", "endBefore": "p"},
    ],
)
def test_a_malformed_range_says_so_in_one_line(selector):
    for options in ({"select": [selector]}, {"remove": [selector]}):
        with pytest.raises(BadSelector) as caught:
            lines("<p>text</p>", **options)
        assert "\n" not in str(caught.value)


TREES: st.SearchStrategy[list] = st.recursive(
    st.just([]), lambda inner: st.lists(inner, min_size=1, max_size=4), max_leaves=12
)


def markup(tree, names):
    """A tree as elements with running IDs and a word before and after each of them."""
    name = f"e{next(names)}"
    inside = "".join(markup(child, names) + f" w{name}x{at} " for at, child in enumerate(tree))
    return f"<div id={name}> w{name} {inside}</div>"


@given(TREES, st.data())
def test_any_range_holds_the_words_between_its_ends_and_removing_it_leaves_the_others(tree, data):
    body = markup(tree, iter(range(1000)))
    ids = st.sampled_from(re.findall("id=(e[0-9]+)>", body))
    start = (data.draw(st.sampled_from(["startBefore", "startAfter"])), data.draw(ids))
    end = (data.draw(st.sampled_from(["endBefore", "endAfter"])), data.draw(ids))
    after, until = (place(body, name, is_after="After" in key) for key, name in (start, end))
    words = re.findall("w[0-9a-zx]+", body[after:until]) if after < until else []
    others = re.findall("w[0-9a-zx]+", body[:after] + body[until:] if after < until else body)
    chosen = between(*((key, f"#{name}") for key, name in (start, end)))
    assert read(body, select=[chosen]) == words
    assert read(body, remove=[chosen]) == others


def read(body, **options):
    try:
        return " ".join(lines(body, **options)).split()
    except (EmptyText, NothingSelected):
        return []


def place(body, name, *, is_after):
    """Where an element begins or ends in the markup."""
    at = body.index(f"<div id={name}>")
    if not is_after:
        return at
    depth = 0
    for tag in re.finditer("<(/?)div", body[at:]):
        depth += -1 if tag[1] else 1
        if not depth:
            return at + tag.end() + 1
    raise AssertionError(name)

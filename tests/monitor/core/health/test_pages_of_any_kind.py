"""What holds of every page, however odd."""

import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.health import History, Neighbor, Page, judge
from monitor.core.health.pages import matches, titles
from tests.monitor.core.health.invented import PLANS, PRIVACY, TERMS, html, neighbors, page, past

PIECES = st.sampled_from(
    [
        *(f"<{tag}>{text}</{tag}>" for tag, text in [*TERMS, *PRIVACY[:6], *PLANS]),
        "<h1>Page not found</h1>", "<p>Sign in</p>", "<input type=password>", "<p>Just a moment", "<script>", "<!--",
        "</p", "<title>404</title>", "<p>We use cookies</p><button>Accept</button>", "<p>Loading</p>",
        "\x00\ufffd", "漢字",
    ]
)  # fmt: skip
MARKUP = st.lists(PIECES | st.text(max_size=40), max_size=30).map("\n".join)
ADDRESSES = st.sampled_from(
    ["", "https://kiteboard.example/", "https://[", "//", "https://kiteboard.example/de/login"]
)


@given(MARKUP, MARKUP, ADDRESSES, st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_page_gets_the_same_verdict_twice_and_never_an_error(new, old, final_url, has_past):
    seen = page(new, select=(), final_url=final_url)
    before = page(old, select=())
    history = History(before.text, "Terms", "en", final_url, lambda: old) if has_past else None
    found = judge(seen, history, neighbors)
    assert found == judge(seen, history, neighbors)
    assert found is None or all(reason.code and reason.words for reason in found.reasons)


@given(MARKUP, ADDRESSES)
@settings(max_examples=100, deadline=None)
def test_a_page_with_the_last_good_text_is_healthy(markup, final_url):
    seen = page(markup, select=(), final_url=final_url)
    history = History(seen.text, "Terms", "en", "", lambda: markup)
    assert not seen.is_selected or judge(seen, history, neighbors) is None


def test_the_work_grows_with_the_length_of_a_hostile_page():
    def seconds(count):
        parts = ["<h1" * count, "<input " * count, "<p>page " + "a " * count, "error " * count, "<a>" * count]
        markup = html([("p", "".join(parts)[: 6 * count])]) + "".join(parts)
        seen = Page(markup, "", "", page(html([("p", "page " + "error sorry, " * count)])).extract)
        started = time.process_time()
        judge(seen, past(TERMS), lambda: [Neighbor("other", "word " * count)])
        return time.process_time() - started

    seconds(10)
    assert seconds(40_000) < 10 * seconds(10_000) + 0.5


def test_headings_that_open_and_never_close_are_not_all_tried():
    named = "<h1>Terms of use</h1>"
    address = "https://one.example/terms"
    assert titles(Page("<h1>" * 10 + "<br>" * 200 + named, address, "", None)) == ["Terms of use"]
    assert titles(Page("<h1>" * 50 + "<br>" * 200 + named, address, "", None)) == []


def test_inputs_and_buttons_are_tried_up_to_a_count():
    opens, whole = re.compile("<input"), re.compile('<input[^>]*type="password')
    markup = "<input>" * 3 + '<input type="password">'
    assert len(list(matches(opens, whole, markup, 4))) == 1
    assert list(matches(opens, whole, markup, 3)) == []

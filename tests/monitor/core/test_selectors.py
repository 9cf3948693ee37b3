import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.selectors import bad_selector, start_first


@pytest.mark.parametrize(
    "selector",
    ["main", "#terms > p", ".a:not(.b)", "[role='main']", "p:has(a)", "h1, h2", "a:nth-child(2n+1)"],
)
def test_a_css_selector_is_accepted(selector):
    assert bad_selector(selector) == ""


@pytest.mark.parametrize(
    "selector", ["", "  ", ">", "p[", "//main", "p::before", ":unknown", "a:not(" * 3000, "p{}", "\n"]
)
def test_anything_else_is_named_in_one_line(selector):
    message = bad_selector(selector)
    assert message
    assert "\n" not in message


@given(st.text(alphabet="ap.#>[]():=*~+,'\"\\ \n-:0", max_size=12))
def test_no_text_breaks_the_check(selector):
    assert "\n" not in bad_selector(selector)


def test_a_range_is_told_from_its_start_whatever_the_order_of_its_keys():
    kept = [{"endBefore": "footer", "startAfter": "h1"}, "main"]
    assert json.dumps(start_first(kept)) == '[{"startAfter": "h1", "endBefore": "footer"}, "main"]'
    assert start_first(kept) == kept

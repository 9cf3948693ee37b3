"""Reading a comparison step by step and side by side, also a long one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import get_json
from tests.browser.looking import cut_off, faint_colors, focused, violations, words
from tests.browser.own_copy import own_copy

# A document whose change has more clauses than a page of the comparison holds, made as captures make it.
_LONG = """
from datetime import timedelta
from django.utils import timezone
from clauses.analysis import analyze_pending
from monitor.models import Document, Platform, Source, Version
from monitor.tracking import record
platform = Platform.objects.create(slug="long", name="Long")
document = Document.objects.create(platform=platform, slug="terms", name="Terms", language="en")
source = Source.objects.create(document=document, url="https://long.example/terms", select=["main"], position=0)
moved = "<p>Letters to the office are answered in the order in which they arrive there.</p>"
head = "<tr><th>What</th><th>How long</th></tr>"
wide = "<table>" + head + "<tr><td>Calls with support</td><td>{} months</td></tr></table>"
arabic = "<h2>حفظ</h2><p>نحتفظ بملاحظاتك لمدة {} يوما بعد إرسالها إلينا.</p>"
def text(time, count):
    rules = "".join(f"<p>We keep record {n} of what you send for {n} {time}.</p>" for n in range(10, 10 + count))
    first, last = (moved, "") if time == "days" else ("", moved)
    other = "13" if time == "days" else "30"
    kept = "".join(f"<p>House rule {n} of the reading room stays as it always was.</p>" for n in range(4))
    end = f"<p>Rule at the end.</p>{wide.format(other)}{arabic.format(other)}"
    return f"<html><body><main><h2>Rules</h2>{first}{kept}{rules}{last}{end}</main></body></html>"
at = timezone.now() - timedelta(days=40)
for n, time in enumerate(("days", "days", "years", "years")):
    record(source, text(time, 120).encode(), {"content-type": "text/html; charset=utf-8"}, at + timedelta(days=9 * n))
analyze_pending()
"""


@pytest.fixture(scope="module")
def long_site(loaded: Path) -> Iterator[str]:
    """A site with a comparison of more than a page."""
    with own_copy(loaded, loaded.with_name("long-comparison"), _LONG) as running:
        yield running.address


@pytest.fixture(scope="module")
def long_path(long_site: str) -> str:
    """Its address."""
    newer, older = get_json(f"{long_site}/platforms/long/terms.json")["versions"]
    return f"{long_site}/platforms/long/terms/compare/{older['id']}...{newer['id']}/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with scripts."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without scripts."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def _place(page: Page) -> str:
    return page.url.partition("#")[2]


def _anchors(page: Page) -> list[str]:
    return page.locator(".change").evaluate_all("all => all.map((one) => one.id)")


def _top(page: Page, anchor: str) -> float:
    return float(page.locator(f"#{anchor}").evaluate("one => one.getBoundingClientRect().top"))


def test_by_keyboard_the_place_is_kept_in_the_address_and_survives_reload_and_going_back(
    samples: str, paths: dict[str, str], page: Page
):
    page.goto(samples + paths["compare"])
    first, second, *_ = _anchors(page)
    page.keyboard.press("j")
    assert _place(page) == first
    page.keyboard.press("j")
    assert _place(page) == second
    page.reload()
    assert 0 <= _top(page, second) < 400
    page.keyboard.press("k")
    assert (_place(page), focused(page, "id")) == (first, first)
    page.locator(f"#{first} a[href^='/records/']").first.click()
    page.go_back()
    assert _place(page) == first


def test_by_mouse_buttons_lead_from_change_to_change_without_scripts(
    samples: str, paths: dict[str, str], plain: Page
):
    plain.goto(samples + paths["compare"])
    anchors = plain.locator(".change").count()
    seen = []
    plain.get_by_label("Next change").first.click()
    for _ in range(anchors - 2):
        seen.append(_place(plain))
        plain.locator(f"#{_place(plain)}").get_by_label("Next change").click()
    seen.append(_place(plain))
    assert len(set(seen)) == anchors - 1
    expect(plain.locator(f"#{seen[-1]}").get_by_label("Next change")).to_have_count(0)
    plain.go_back()
    assert _place(plain) == seen[-2]


def test_the_last_change_of_a_page_leads_to_the_first_of_the_next(long_path: str, page: Page):
    page.goto(long_path)
    last = _anchors(page)[-1]
    page.goto(f"{long_path}#{last}")
    page.keyboard.press("j")
    page.wait_for_url("**/?page=2#p-*")
    assert _place(page) == _anchors(page)[0]
    page.keyboard.press("k")
    page.wait_for_url(lambda url: "page=2" not in url)
    assert _place(page) == last
    assert "?" not in page.url


def test_the_view_that_is_chosen_holds_on_the_other_pages_of_the_comparison(long_path: str, page: Page):
    page.goto(long_path)
    page.get_by_label("Side by side", exact=True).check()
    page.goto(f"{long_path}?page=2")
    expect(page.get_by_label("Side by side", exact=True)).to_be_checked()
    page.goto(f"{long_path}?all=1")
    expect(page.get_by_label("Side by side", exact=True)).to_be_checked()


def test_an_address_without_its_page_finds_the_change(long_path: str, page: Page, plain: Page):
    page.goto(f"{long_path}?page=2")
    anchor = _anchors(page)[3]
    page.goto("about:blank")
    page.goto(f"{long_path}#{anchor}")
    page.wait_for_url("**/?page=2#*")
    expect(page.locator(f".change#{anchor}")).to_be_in_viewport()
    plain.goto(f"{long_path}#{anchor}")
    entry = plain.locator(f"#{anchor}")
    expect(entry).to_be_in_viewport()
    entry.get_by_role("link").click()
    expect(plain.locator(f".change#{anchor}")).to_be_in_viewport()
    plain.goto(f"{long_path}?clause={anchor.upper()}")
    expect(plain.locator(f".change#{anchor}")).to_be_in_viewport()


def test_the_place_is_kept_when_all_of_the_text_is_asked_for(long_path: str, page: Page):
    page.goto(f"{long_path}?page=2")
    anchor = _anchors(page)[1]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.get_by_role("link", name="All text").click()
    page.wait_for_url(f"**all=1**#{anchor}")
    expect(page.locator(f".change#{anchor}")).to_be_in_viewport()
    page.get_by_role("link", name="Only changes").click()
    page.wait_for_url(f"**/?page=2#{anchor}")


def test_a_moved_clause_and_its_earlier_place_lead_to_each_other(long_path: str, plain: Page):
    plain.goto(long_path)
    departure = plain.locator(".departure")
    departure.get_by_role("link").click()
    moved = plain.locator(f".change#{_place(plain)}")
    expect(moved).to_be_in_viewport()
    moved.get_by_role("link", name="Moved from").click()
    expect(departure).to_be_in_viewport()


def test_side_by_side_each_column_has_the_words_of_its_text(samples: str, paths: dict[str, str], plain: Page):
    plain.goto(samples + paths["compare"])
    expect(plain.locator(".beside").first).to_be_hidden()
    plain.get_by_label("Side by side").check()
    changes = get_json(samples + paths["compare"].rstrip("/") + ".json")["changes"]
    for change in changes:
        shown = plain.locator(".change", has=plain.locator(f"a[href='/records/{change['record']}/']"))
        left, right = shown.locator(".redline"), shown.locator(".beside")
        if change["kind"] == "modified":
            assert words(left.inner_text()) == words(change["old"]["text"])
            assert words(right.inner_text()) == words(change["new"]["text"])
            boxes = left.bounding_box(), right.bounding_box()
            assert boxes[0]
            assert boxes[1]
            assert boxes[0]["y"] == boxes[1]["y"]
            assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
        else:
            assert words(left.inner_text()) == words((change["new"] or change["old"])["text"])
    plain.set_viewport_size({"width": 390, "height": 800})
    both = plain.locator(".change-both").first
    left_box, right_box = both.locator(".redline").bounding_box(), both.locator(".beside").bounding_box()
    assert left_box
    assert right_box
    assert (left_box["x"], left_box["width"]) == (right_box["x"], right_box["width"])
    assert left_box["y"] + left_box["height"] <= right_box["y"]


@pytest.mark.parametrize("query", ["", "?page=2", "?all=1"])
def test_a_long_comparison_fits_and_has_no_accessibility_violations(
    query: str, long_path: str, browser: Browser
):
    with browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(long_path + query)
        page.get_by_label("Side by side").check()
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert faint_colors(page) == []
        assert cut_off(page) == []
        page.set_viewport_size({"width": 320, "height": 800})
        assert cut_off(page) == []


_SIDES = """(one) => {
  const style = getComputedStyle(one);
  return [style.direction, style.borderRightWidth, style.borderLeftWidth];
}"""


def test_text_from_right_to_left_has_its_rule_on_the_right(long_path: str, page: Page):
    page.goto(f"{long_path}?page=2")
    redline = page.locator(".redline", has_text="نحتفظ")
    style = redline.evaluate(_SIDES)
    assert style == ["rtl", "3px", "0px"]


_LINE = """(one) => {
  const range = document.createRange();
  range.selectNodeContents([...one.childNodes].find((node) => node.nodeType === 3 && node.data.trim()));
  return range.getBoundingClientRect().bottom;
}"""


def test_a_badge_stands_on_the_line_of_the_words_beside_it(samples: str, page: Page):
    document = f"{samples}/platforms/sorrelmind/privacy-policy"
    *_, newer, older, _ = get_json(f"{document}.json")["versions"]
    page.goto(f"{document}/compare/{older['id']}...{newer['id']}/")
    fact = page.locator(".told-facts > div:has(.severity)").first
    assert abs(fact.locator("dt").evaluate(_LINE) - fact.locator(".severity").evaluate(_LINE)) < 1

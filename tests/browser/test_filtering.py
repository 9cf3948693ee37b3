"""Several values of one filter, ticked by keyboard, without scripts, wide and narrow."""

from __future__ import annotations

from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import cut_off, faint_colors, tab_to, violations, words


def _choose(page: Page, filter_name: str, names: list[str]) -> None:
    """Open a filter and tick some of its boxes, all by the keyboard."""
    summary = page.locator("details.many > summary", has_text=filter_name)
    tab_to(page, words(summary.inner_text()))
    page.keyboard.press("Enter")
    for name in names:
        box = page.locator("details.many[open]").get_by_label(name, exact=True)
        for _ in range(60):
            if box.evaluate("one => one === document.activeElement"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(box).to_be_checked()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/", "/changes/", "/clauses/"])
def test_platforms_and_types_are_chosen_by_keyboard_without_scripts(
    path: str, width: int, samples: str, browser: Browser
) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(samples + path)
        _choose(page, "Platform", ["Coppermere", "Sorrelmind"])
        with page.expect_navigation():
            page.keyboard.press("Enter")
        _choose(page, "Type", ["Arbitration", "Data retention"])
        with page.expect_navigation():
            page.keyboard.press("Enter")
        asked = parse_qs(urlparse(page.url).query)
        assert asked["platform"] == ["coppermere", "sorrelmind"]
        assert sorted(asked["type"]) == ["arbitration", "data_retention"]
        expect(page.locator(".many-said.is-chosen")).to_have_text(["2 chosen", "2 chosen"])
        # One of them at a time is open, and what is ticked shows when it opens again.
        page.locator("details.many > summary", has_text="Platform").click()
        expect(page.locator("details.many[open] input:checked")).to_have_count(2)
        page.locator("details.many > summary", has_text="Type").click()
        expect(page.locator("details.many[open]")).to_have_count(1)


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("path", ["/changes/", "/clauses/"])
def test_an_open_filter_fits_and_can_be_read_by_everybody(
    path: str, width: int, samples: str, browser: Browser
) -> None:
    with browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{samples}{path}?type=arbitration")
        for name in ("Platform", "Type"):
            page.locator("details.many > summary", has_text=name).click()
            assert violations(page) == []
            assert cut_off(page) == []
            page.emulate_media(color_scheme="dark")
            assert faint_colors(page) == []
            page.emulate_media(color_scheme="light")


_WHOLE = """(select) => {
  const whole = select.cloneNode(true);
  whole.style.cssText = "position: absolute; width: auto; min-width: 0; max-width: none";
  select.after(whole);
  const wanted = whole.offsetWidth;
  whole.remove();
  return select.offsetWidth >= wanted;
}"""


@pytest.mark.parametrize("width", [1280, 640, 390])
@pytest.mark.parametrize("page_type", ["dashboard", "compare"])
def test_the_severity_that_is_chosen_can_be_read_whole(
    page_type: str, width: int, samples: str, paths: dict[str, str], browser: Browser
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{samples}{paths[page_type]}?severity=medium")
        assert page.locator("select[name=severity]").evaluate(_WHOLE)
        assert cut_off(page) == []

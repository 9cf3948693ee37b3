"""Every kind of page, wide, narrow and zoomed, under the policy that readers have."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from tests.browser.addresses import PAGES
from tests.browser.looking import cut_off, focused, names

# A window of 1280 pixels at a zoom of 200 %.
ZOOMED = 640
NARROW = (390, 320)

every_page = pytest.mark.parametrize("page_type", PAGES)


@every_page
def test_a_page_fits_every_window_and_breaks_no_policy(
    page_type: str, samples: str, paths: dict[str, str], browser: Browser
):
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: said.append(str(error)))
        answer = page.goto(samples + paths[page_type])
        assert answer
        assert answer.status == (404 if page_type == "not found" else 200)
        assert page.locator("h1").count() == 1
        assert cut_off(page) == []
        shown = names(page)
        page.set_viewport_size({"width": ZOOMED, "height": 400})
        assert cut_off(page) == []
        assert shown - names(page) == set(), "lost at a zoom of 200 %"
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 800})
            assert cut_off(page) == []
    assert [line for line in said if page_type != "not found" or "404" not in line] == []


@pytest.mark.parametrize("page_type", ["dashboard", "compare", "methodology"])
def test_the_first_stop_of_the_tab_key_leads_past_the_navigation(
    page_type: str, samples: str, paths: dict[str, str], browser: Browser
):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(samples + paths[page_type])
        page.keyboard.press("Tab")
        assert focused(page, "innerText") == "Skip to content"
        page.keyboard.press("Enter")
        assert focused(page, "id") == "main"

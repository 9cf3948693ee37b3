"""Finding a clause with the keyboard alone, with scripts and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import focused


def _tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page, "name") == name:
            return
    raise AssertionError(f"no Tab leads to {name}")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_clause_is_found_filtered_and_opened_by_keyboard(
    samples: str, browser: Browser, *, has_script: bool
) -> None:
    with browser.new_context(java_script_enabled=has_script) as context:
        page = context.new_page()
        page.goto(f"{samples}/clauses/")
        everything = page.locator(".registry-row").count()
        page.locator(".filter-words input").focus()
        page.keyboard.type('"opt out" OR arbitrat* -zebra')
        page.keyboard.press("Enter")
        expect(page.locator(".registry-count").first).to_contain_text("best match first")
        assert 0 < page.locator(".registry-row").count() < everything
        assert page.locator(".registry-row mark").count() > 0
        page.locator(".registry-row .id").first.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/records/P-\d{6}/$"))


def test_the_box_on_every_page_leads_to_an_id(samples: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(samples)
        _tab_to(page, "q")
        page.keyboard.type("p-1")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{samples}/records/P-000001/")


def test_platforms_are_compared_by_keyboard(samples: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{samples}/compare/")
        boxes = page.locator("input[name=platform]")
        for at in (0, 1):
            boxes.nth(at).focus()
            page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator("#facts")).to_be_visible()
        expect(page.locator("#by-type")).to_be_visible()


_APART = """(all) => all.map((one) => one.getBoundingClientRect().top)"""


def test_figures_of_one_cell_stand_far_enough_apart_to_be_hit(samples: str, browser: Browser):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{samples}/compare/?type=data_retention&platform=coppermere&platform=sorrelmind")
        cell = page.locator("#figures").locator("xpath=../..").locator("td:has(li + li)").first
        first, second, *_ = cell.locator("li a").evaluate_all(_APART)
        assert second - first >= 24, "WCAG 2.2, 2.5.8"

"""The text of a day, found on the page of a document and proved on that of the version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import get_json
from tests.browser.looking import assert_fits_and_reads, press, tab_to


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without scripts: the task needs none."""
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


@pytest.fixture
def asked(samples: str, paths: dict[str, str]) -> tuple[str, str]:
    """A day on which the oldest text of a document stood, and the ID of that version."""
    oldest = get_json(samples + paths["document"].rstrip("/") + ".json")["versions"][-1]
    seen_at = datetime.fromisoformat(oldest["first_seen_at"])
    return (seen_at + timedelta(days=1)).date().isoformat(), oldest["id"]


def test_by_mouse_what_a_document_said_on_a_day_is_found_with_its_proof(
    samples: str, paths: dict[str, str], asked: tuple[str, str], page: Page
):
    on, version = asked
    page.goto(samples + paths["document"])
    form = page.locator("form.on-day")
    form.get_by_label("What did it say on").fill(on)
    form.get_by_role("button", name="Show").click()
    assert page.url.endswith(f"/versions/{version}/?on={on}")
    notice = page.locator("#on-day")
    expect(notice).to_contain_text("this was the text")
    expect(form.get_by_label("What did it say on")).to_have_value(on)
    notice.get_by_role("link", name="S-").first.click()
    expect(page.locator("h1")).to_contain_text("S-")


def test_by_keyboard_a_text_is_read_from_its_outline_and_compared(
    samples: str, paths: dict[str, str], page: Page
):
    page.goto(samples + paths["version"])
    heading = page.locator(".outline a").nth(1)
    words, anchor = heading.inner_text(), heading.get_attribute("href")
    tab_to(page, words)
    page.keyboard.press("Enter")
    assert page.url.endswith(str(anchor))
    expect(page.locator(str(anchor))).to_be_in_viewport()
    page.goto(samples + paths["version"])
    press(page, "Compare with the text before")
    expect(page.locator(".change").first).to_be_attached()


def test_a_day_before_the_first_text_is_answered_in_words(samples: str, paths: dict[str, str], page: Page):
    page.goto(samples + paths["document"] + "on/?on=2001-01-01")
    expect(page.locator("h1")).to_have_text("Nothing recorded by 1 January 2001")
    page.get_by_role("link", name="Read the first text").click()
    expect(page.locator("article.text")).to_be_visible()


@pytest.mark.parametrize("query", ["on/?on=2001-01-01", "on/", "on/?on=2025-06-01"])
def test_the_answers_fit_and_have_no_accessibility_violations(
    query: str, samples: str, paths: dict[str, str], browser: Browser
):
    with browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(samples + paths["document"] + query)
        assert_fits_and_reads(page)

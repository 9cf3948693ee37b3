"""References, from the form to a confirmed announcement: by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import curators_page, press
from tests.browser.own_copy import own_copy

_PASSWORD = "four ordinary words here"
_RECORD = f"""
from tests.builders import make_user
make_user("cleo", role="curator", password={_PASSWORD!r})
"""


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the samples and a curator."""
    with own_copy(loaded, tmp_path_factory.mktemp("references") / "site", _RECORD) as running:
        yield running.address


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    """A page that a curator looks at."""
    with curators_page(browser, site, _PASSWORD) as page:
        yield page


def test_a_page_is_attached_by_keyboard_and_found_on_the_timeline(site: str, page: Page) -> None:
    page.goto(f"{site}/platforms/sorrelmind/references/add/")
    page.focus("[name=url]")
    page.keyboard.type("https://news.example/sorrelmind")
    page.keyboard.press("Tab")
    page.keyboard.type("News")
    page.keyboard.press("Tab")
    page.keyboard.type("Sorrelmind opens a help center")
    page.keyboard.press("Tab")
    page.keyboard.type("The Courier")
    page.keyboard.press("Tab")
    page.keyboard.type("05052025")
    press(page, "Attach")
    page.wait_for_url(f"{site}/platforms/sorrelmind/")
    expect(page.get_by_role("status")).to_contain_text("is attached")
    link = page.get_by_role("link", name="Sorrelmind opens a help center", exact=True)
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(link).to_have_attribute("href", "https://news.example/sorrelmind")


def test_a_curator_reads_what_both_name_and_confirms_it_for_all(site: str, page: Page) -> None:
    page.goto(f"{site}/review/references/")
    page.get_by_role("link", name="Look and decide").first.click()
    expect(page.locator("main")).to_contain_text("The new policy takes effect on September 28, 2025.")
    page.check("[name=ruling][value=confirmed]")
    page.fill("[name=reason]", "It names the day and both periods.")
    page.click("main form button")
    page.wait_for_url(f"{site}/review/references/")
    page.goto(f"{site}/platforms/sorrelmind/")
    expect(page.locator(".told")).to_contain_text("Announcement: We keep feedback longer")
    page.context.clear_cookies()
    page.goto(f"{site}/platforms/sorrelmind/")
    expect(page.locator(".told")).to_contain_text("Announcement: We keep feedback longer")

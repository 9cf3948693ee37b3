"""An administrator changes what the site rates by: tried, saved, read in the background, looked at and accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import get_json
from tests.browser.looking import assert_fits_and_reads, curators_page, press, tab_to
from tests.browser.own_copy import own_copy

_PASSWORD = "four ordinary words here"
_RECORD = f"""
from tests.builders import make_user
make_user("cleo", role="administrator", password={_PASSWORD!r})
"""


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the samples and an administrator."""
    with own_copy(loaded, tmp_path_factory.mktemp("rules") / "site", _RECORD) as running:
        yield running.address


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    """A page that the administrator looks at."""
    with curators_page(browser, site, _PASSWORD) as page:
        yield page


def test_phrases_and_points_are_tried_saved_read_and_accepted_without_a_mouse(site: str, page: Page) -> None:
    page.goto(f"{site}/rules/types/data_retention/")
    tab_to(page, "id_plain_phrases")
    page.keyboard.type("we keep your *")
    tab_to(page, "id_reason")
    page.keyboard.type("To see what they find.")
    press(page, "Save as a new version")
    expect(page.locator(".errorlist")).to_contain_text("is no word")
    page.goto(f"{site}/rules/types/data_retention/")
    tab_to(page, "id_plain_phrases")
    page.keyboard.type("conversation*")
    tab_to(page, "id_reason")
    page.keyboard.type("To see what they find.")
    press(page, "Save as a new version")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("now typed otherwise")
    assert_fits_and_reads(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    press(page, "Save as shown")
    # The page follows by itself, and says when all is read.
    expect(page.get_by_role("heading", name="Report")).to_be_visible(timeout=180_000)
    assert_fits_and_reads(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    before = get_json(f"{site}/methodology.json")["versions"]["Clause types"]
    assert "+site" not in before
    press(page, "Accept version 1")
    assert "Version 1 is in force" in page.locator(".messages").inner_text()
    assert get_json(f"{site}/methodology.json")["versions"]["Clause types"] == f"{before}+site1"
    press(page, "version 1")
    assert_fits_and_reads(page)


def test_without_a_script_the_bar_moves_by_a_link(site: str, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/sign-in/")
        page.get_by_label("Username").fill("cleo")
        page.get_by_label("Password").fill(_PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.goto(f"{site}/rules/points/clauses/")
        page.get_by_label("without names").fill("-2")
        page.locator("#id_reason").fill("Names matter more here.")
        page.get_by_role("button", name="Save as a new version").click()
        for _ in range(60):
            if not page.get_by_role("progressbar").count():
                break
            page.get_by_role("link", name="How far is it now?").click()
        expect(page.get_by_role("button", name="Discard it")).to_be_visible()
        page.get_by_role("button", name="Discard it").click()
        assert "discarded. Nothing changed" in page.locator(".messages").inner_text()

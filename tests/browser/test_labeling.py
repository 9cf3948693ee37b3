"""A curator labels sentences for the gold set by keyboard alone, and nothing on the way tells what the machine says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import assert_fits_and_reads, curators_page, press, tab_to
from tests.browser.own_copy import own_copy

_PASSWORD = "four ordinary words here"
_RECORD = f"""
from tests.builders import make_user
make_user("cleo", role="curator", password={_PASSWORD!r})
"""


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the samples and a curator."""
    with own_copy(loaded, tmp_path_factory.mktemp("gold") / "site", _RECORD) as running:
        yield running.address


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    """A page that the curator looks at."""
    with curators_page(browser, site, _PASSWORD) as page:
        yield page


def _key(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_sentences_are_drawn_labeled_skipped_and_said_again_without_a_mouse(site: str, page: Page) -> None:
    page.goto(f"{site}/review/sentences/")
    assert_fits_and_reads(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    tab_to(page, "id_count")
    page.keyboard.press("Control+a")
    page.keyboard.type("12")
    press(page, "Draw")
    assert "12 sentences drawn" in page.locator(".messages").inner_text()
    _key(page, "n")
    first = page.locator("blockquote").inner_text()
    # A figure opens a group, a letter ticks a type of it; another group opens, and what is ticked stays.
    for key in ("1", "a", "7", "b"):
        page.keyboard.press(key)
    ticked = page.locator("input[name=types]:checked")
    assert [one.get_attribute("value") for one in ticked.all()] == ["arbitration", "tracking_cookies"]
    assert_fits_and_reads(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    _key(page, "d")
    assert page.locator("blockquote").inner_text() != first
    # Neither ticked nor "none": told, and nothing saved.
    _key(page, "d")
    expect(page.locator(".errorlist")).to_contain_text("Tick a type")
    _key(page, "u")
    assert page.locator("blockquote").inner_text() == first
    page.keyboard.press("0")
    _key(page, "d")
    seen = {first}
    while page.locator("blockquote").count():
        assert page.locator("blockquote").inner_text() not in seen
        seen.add(page.locator("blockquote").inner_text())
        page.keyboard.press("0")
        _key(page, "d")
    assert len(seen) == 12
    assert "12 by you" in page.locator(".status-line").inner_text()
    with page.expect_download() as leaving:
        page.get_by_role("link", name="The labeled sentences as JSON lines").click()
    lines = Path(leaving.value.path()).read_text().splitlines()
    assert len(lines) == 12

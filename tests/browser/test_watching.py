"""From a pasted address to a watched document, by mouse and by keyboard, and through a rename."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import (
    assert_fits_and_reads,
    curators_page,
    press,
    tab_to,
)
from tests.browser.own_copy import own_copy
from tests.web_site import WebSite, web_site

_PASSWORD = "four ordinary words here"
_PREPARE = f"""
from tests.builders import make_document, make_platform, make_source, make_user
make_user("cleo", role="administrator", password={_PASSWORD!r})
make_source(make_document(make_platform(name="Harbor", slug="harbor"), name="Terms", slug="terms"))
make_platform(name="Quill", slug="quill")
"""
_TERMS = (
    "<h1>Terms of Use</h1><h2>Disputes</h2><p>Any dispute is decided by binding arbitration, and you waive your "
    "right to a jury trial.</p><h2>Retention</h2><p>We keep what you send us for 30 days.</p>"
)


@pytest.fixture(scope="module")
def pages() -> Iterator[WebSite]:
    """A web site with terms."""
    with web_site() as running:
        yield running


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with an administrator."""
    with own_copy(loaded, tmp_path_factory.mktemp("watching") / "site", _PREPARE) as running:
        yield running.address


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    """A page that the administrator looks at."""
    with curators_page(browser, site, _PASSWORD) as page:
        yield page


def test_an_address_is_looked_at_and_watched_by_keyboard(site: str, pages: WebSite, page: Page):
    url = pages.publish("/legal/terms", _TERMS)
    page.goto(f"{site}/platforms/")
    press(page, "Watch a page")
    tab_to(page, "id_url")
    page.keyboard.type(url)
    page.keyboard.press("Enter")
    expect(page.get_by_text("binding arbitration")).to_be_visible()
    expect(page.get_by_text("Arbitration", exact=False).first).to_be_visible()
    assert_fits_and_reads(page)
    tab_to(page, "id_platform")
    page.keyboard.press("Control+a")
    page.keyboard.type("Lantern")
    press(page, "Watch this page")
    expect(page.get_by_role("heading", level=1, name="Lantern Terms")).to_be_visible()
    expect(page.get_by_text("is watched from now on")).to_be_visible()
    for _ in range(60):
        if page.get_by_role("link", name="Read the current text").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.get_by_role("link", name="Read the current text").click()
    expect(page.get_by_text("We keep what you send us for 30 days.")).to_be_visible()


def test_a_list_is_shown_before_it_is_added(site: str, page: Page):
    page.goto(f"{site}/watch/import/")
    page.get_by_label("Or paste it").fill(
        "platform,document,url\nBell,Terms,https://bell.example/t\nBell,Bad,nowhere"
    )
    page.get_by_role("button", name="Show what would be added").click()
    expect(page.get_by_text("1 of 2 documents would be added")).to_be_visible()
    assert_fits_and_reads(page)
    page.get_by_role("button", name="Add 1 document").click()
    expect(page.get_by_role("link", name="Bell", exact=True)).to_be_visible()


def test_a_merged_platform_leads_on_and_asks_before(site: str, page: Page):
    page.goto(f"{site}/platforms/harbor/")
    page.get_by_role("link", name="Rename, pause, merge").click()
    page.get_by_label("Into", exact=True).select_option(label="Quill")
    page.get_by_role("button", name="Merge…").click()
    expect(page.get_by_role("heading", name="Merge Harbor into Quill?")).to_be_visible()
    assert_fits_and_reads(page)
    page.get_by_role("button", name="Merge into Quill").click()
    expect(page.get_by_role("heading", level=1, name="Quill")).to_be_visible()
    page.goto(f"{site}/platforms/harbor/terms/")
    assert page.url == f"{site}/platforms/quill/terms/"

"""The pages that list, in a real browser: narrow, dark, by keyboard, and for assistive technology."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium
from tests.builders import make_change_set, make_platform

PAST = datetime(2025, 3, 1, 6, 0, tzinfo=UTC)
PATHS = ("/", "/changes/", "/platforms/", "/platforms/harbor/", "/status/", "/methodology/", "/nowhere/")


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The address of a site with one platform and two changes."""
    platform = make_platform(slug="harbor", name="Harbor & Quill")
    make_change_set(platform, at=PAST)
    make_change_set(platform, at=PAST.replace(month=4))
    return live_server.url


@pytest.fixture
def browser(site: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """A browser that starts when the rows are written: its event loop keeps Django off the database."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.executable(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_accessibility_violations(site: str, browser: Browser, scheme: str):
    # The policy of the site keeps foreign scripts out, the checker's as well.
    page = browser.new_context(color_scheme=scheme, bypass_csp=True).new_page()
    for path in PATHS:
        page.goto(site + path)
        found = Axe().run(page).response["violations"]
        assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(site: str, browser: Browser, width: int):
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in PATHS:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_nothing_on_a_page_breaks_the_policy(site: str, browser: Browser):
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in PATHS[:-1]:
        page.goto(site + path)
    assert said == []


def test_j_and_k_move_between_changes_and_a_slash_to_the_search(site: str, browser: Browser):
    page = browser.new_page()
    page.goto(f"{site}/changes/")

    def here() -> str:
        return str(page.evaluate("document.activeElement.querySelector('.id')?.textContent ?? ''"))

    first, second = page.locator("[data-stop] .id").all_text_contents()
    seen = []
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
        seen.append(here())
    assert seen == [first, second, second, first]
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.input_value("#find") == "jk"


def test_the_first_stop_of_the_tab_key_skips_to_the_content(site: str, browser: Browser):
    page = browser.new_page()
    page.goto(site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

"""Every page of the project, full and empty, light and dark, for whom it is for: whoever adds one has it checked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.addresses import get_json
from tests.browser.every_address import emptied, furnished, of_samples, opened, visitors
from tests.browser.looking import cut_off, faint_colors, violations
from tests.services.site import Site

# A phone, and what WCAG 2.2 asks for under Reflow.
_NARROW = (390, 320)
_LOOK = {"bypass_csp": True, "color_scheme": "light", "viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def site(loaded: Path, tmp_path: Path) -> Site:
    """A copy of the site with the samples, at which people may sign up."""
    shutil.copytree(loaded, tmp_path / "site")
    return Site(tmp_path / "site", SWEEP_SECONDS="3600", SIGN_UP="open")


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """What was checked already, on either site."""
    return set()


def test_every_page_of_a_full_site_fits_and_can_be_read_by_everybody(
    site: Site, browser: Browser, seen: set[str]
) -> None:
    paths = furnished(site)
    with site.up() as running:
        paths |= {f"{name} of a sample": path for name, path in of_samples(running).items()}
        looked_at = _look(browser, running.address, paths, seen)
    assert _faults(looked_at) == {}
    # Not a list of what is looked at: it tells that administrators and strangers were let in at all.
    assert {
        "cleo: site-rules",
        "cleo: review-change",
        "stranger: sign-in",
        "stranger: record",
    } <= looked_at.keys()


def test_every_page_of_an_empty_site_fits_and_can_be_read_by_everybody(
    site: Site, browser: Browser, seen: set[str]
) -> None:
    paths = emptied(site)
    with site.up() as running:
        assert get_json(f"{running.address}/platforms.json")["platforms"] == []
        looked_at = _look(browser, running.address, paths, seen)
    assert _faults(looked_at) == {}
    assert {
        "cleo: site-rules",
        "cleo: accounts",
        "stranger: sign-in",
        "stranger: changes",
    } <= looked_at.keys()


def _look(browser: Browser, site: str, paths: dict[str, str], seen: set[str]) -> dict[str, list[str]]:
    """What is wrong with each page, by who looked and its name. What shows everybody the same is checked once."""
    looked_at: dict[str, list[str]] = {}
    with visitors(browser, site, **_LOOK) as (ours, strangers):
        for who, page in (("cleo", ours), ("stranger", strangers)):
            for name in opened(page, site, paths, paths):
                shown = page.locator("main").inner_html()
                looked_at[f"{who}: {name}"] = [] if shown in seen else list(_wrong(page))
                seen.add(shown)
    return looked_at


def _wrong(page: Page) -> Iterator[str]:
    """Of one title, the standards in both themes, and what is cut off where the window is narrow."""
    if (titles := page.locator("h1").count()) != 1:
        yield f"{titles} titles"
    yield from violations(page)
    page.emulate_media(color_scheme="dark")
    yield from (f"dark: {fault}" for fault in faint_colors(page))
    page.emulate_media(color_scheme="light")
    for width in _NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        yield from (f"at {width} pixels: {fault}" for fault in cut_off(page))
    page.set_viewport_size({"width": 1280, "height": 800})


def _faults(looked_at: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: wrong for name, wrong in looked_at.items() if wrong}

"""What a reader sees of a page: what is cut off, what is shown, what a checker for assistive technology says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

_STANDARDS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_CONTROLS = """
(() => {
  const scrolls = (one) => one && (getComputedStyle(one).overflowX === "auto" || scrolls(one.parentElement));
  return [...document.querySelectorAll("a, button, input, select, summary, h1, h2, h3")]
    .filter((one) => one.checkVisibility() && !one.closest(".skip, .offscreen") && !scrolls(one));
})()
"""


@contextmanager
def curators_page(browser: Browser, site: str, password: str) -> Iterator[Page]:
    """A page that the curator cleo looks at; the checker of accessibility needs the site's policy set aside."""
    with browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{site}/sign-in/")
        page.get_by_label("Username").fill("cleo")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        yield page


def violations(page: Page) -> list[str]:
    """What breaks WCAG 2.0 to 2.2, A and AA, as far as a program can tell."""
    return _check(page, _STANDARDS)


def faint_colors(page: Page) -> list[str]:
    """Words that are too faint: all that another color scheme can break."""
    return _check(page, _COLORS)


def _check(page: Page, rules: dict[str, Any]) -> list[str]:
    options = {"resultTypes": ["violations"], "preload": False, "runOnly": rules}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}, {len(one['nodes'])} times: {one['nodes'][0]['html'][:200]}" for one in found]


def cut_off(page: Page) -> list[str]:
    """Headings and controls that reach beyond the window, and the page itself where it scrolls sideways."""
    found: list[str] = page.evaluate(
        _CONTROLS
        + """.filter((one) => {
          const box = one.getBoundingClientRect();
          return box.left < -1 || box.right > innerWidth + 1;
        }).map((one) => one.outerHTML.slice(0, 150))"""
    )
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + ([f"the page is {wider} px wider than the window"] if wider > 0 else [])


def names(page: Page) -> set[str]:
    """The words of all headings and controls that are shown."""
    return set(page.evaluate(_CONTROLS + ".map((one) => one.innerText || one.value).filter(Boolean)"))


def words(text: str) -> str:
    """A text with its white space collapsed."""
    return " ".join(text.split())


def focused(page: Page, look: str) -> str:
    """Something of the element that has the focus: its `id`, its `innerText`."""
    return str(page.evaluate(f"document.activeElement.{look}"))


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on the control with these words or this ID."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in {words(focused(page, "innerText")), focused(page, "id")}:
            return
    raise AssertionError(f"the Tab key does not lead to {name!r}")


def press(page: Page, name: str) -> None:
    """Press the Enter key on a link or button that leads to another page, reached with the Tab key."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def assert_fits_and_reads(page: Page) -> None:
    """One title, nothing that breaks the standards in light or dark, nothing cut off from wide to narrow."""
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert faint_colors(page) == []
    for width in (1280, 640, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert cut_off(page) == []

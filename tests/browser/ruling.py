"""The keys of the review queue."""

from __future__ import annotations

from playwright.sync_api import Page


def record_on(page: Page) -> str:
    """The record that is shown: "P-000123"."""
    return page.locator(".eyebrow a.id").inner_text()


def key(page: Page, pressed: str) -> None:
    """Press a key that leads on, to the next clause: nothing is ruled of others that are the same or nearly so."""
    with page.expect_navigation():
        page.keyboard.press(pressed)
    while page.get_by_role("heading", level=1).inner_text().endswith("the same or nearly so"):
        with page.expect_navigation():
            page.keyboard.press("s")


def untick_types(page: Page) -> None:
    """Take the ticks off all types, by keyboard."""
    ticked = page.locator("input[name=types]:checked")
    while ticked.count():
        ticked.first.press("Space")

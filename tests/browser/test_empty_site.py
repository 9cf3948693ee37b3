"""A site on which nothing is watched yet: each page says what is missing."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser

from tests.services.site import Running

_NOTHING = """
from clauses.samples import remove_samples
remove_samples()
"""
_SAID = {
    "/": "Nothing is watched yet",
    "/platforms/": "No platform is on the watch list",
    "/changes/": "Nothing has changed yet",
    "/coming/": "No day ahead is known",
    "/clauses/": "No clause yet",
    "/clauses/arbitration/": "No platform has been read yet",
    "/compare/": "Choose two to four platforms",
    "/status/": "No document is watched at present",
    "/methodology/": "How a page becomes a version",
    "/sign-in/": "Nobody has an account yet",
}


def test_an_empty_site_says_what_is_missing_on_every_page(own_site: Callable[..., Running], browser: Browser):
    address = own_site(_NOTHING).address
    with browser.new_context() as context:
        page = context.new_page()
        for path, said in _SAID.items():
            answer = page.goto(address + path)
            assert answer
            assert answer.status == 200
            assert said in page.locator("main").inner_text(), path

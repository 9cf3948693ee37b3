"""A platform that attacks: what it serves is shown letter for letter, and nothing of it runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.browser.addresses import get_json
from tests.browser.looking import cut_off
from tests.browser.own_copy import own_copy

_SCRIPT = "<script>alert('ran')</script>"
_IMAGE = '"><img src=x onerror=alert(1)>'
_LINK = "javascript:alert(2)"
_RECORD = f"""
from html import escape
from monitor.models import Document, Platform, Source
from monitor.tracking import Arrival, Failure, record, record_failure
from monitor.models import Outcome
from clauses.analysis import analyze_pending
from tests.builders import day
script, image, link = {_SCRIPT!r}, {_IMAGE!r}, {_LINK!r}
platform = Platform.objects.create(slug="hostile", name="Hostile " + script, description=image, homepage=link)
document = Document.objects.create(
    platform=platform, slug="terms", name="Terms " + image, audience=script, next_fetch_at=day(30000))
source = Source.objects.create(document=document, url="https://hostile.example/?" + image, select=["main"])
for number, period in enumerate(("30 days", "5 years", "5 years")):
    body = (
        f"<html><head><title>{{escape(script)}}</title>{{script}}</head><body onload=alert(3)><main>"
        f"<h1>{{escape(image)}}</h1><h2>Keeping {{escape(script)}}</h2>"
        f"<p>We keep your data for {{period}} {{escape(script)}} "
        f"and {{escape(image)}}. {{script}}<img src=x onerror=alert(4)></p>"
        f"<p>Binding arbitration is held by https://hostile.example/{{'a' * 200}}.</p>"
        f"<p>You agree to arbitration, see <a href='{{link}}'>{{link}} our rules {{period}}</a>.</p>"
        f"<table><tr><th>{{escape(image)}}</th><th>Kept for</th></tr>"
        f"<tr><td>{{escape(script)}}</td><td>{{period}}</td></tr></table>"
        f"</main></body></html>"
    ).encode()
    headers = {{"content-type": "text/html; charset=utf-8", "x-evil": script + image}}
    record(source, body, headers, day(number - 3000), arrival=Arrival(final_url=link))
record_failure(source, Failure(Outcome.HTTP_ERROR, script + image), day(-2000))
analyze_pending()
"""


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that watches the platform."""
    with own_copy(loaded, tmp_path_factory.mktemp("hostile") / "site", _RECORD) as running:
        yield running.address


def test_nothing_of_a_hostile_page_runs_and_all_of_it_can_be_read(site: str, browser: Browser):
    ran: list[str] = []

    def hear(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    # Without the site's policy: the pages must be safe without it, too.
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.on("dialog", hear)
        for path, literally in _pages(site).items():
            answer = page.goto(site + path)
            assert answer
            assert answer.status == 200, path
            shown = page.locator("body").inner_text()
            assert [part for part in literally if part not in shown] == [], path
            assert _planted(page) == [], path
    assert ran == []


def test_captured_bytes_are_never_a_page_of_ours(site: str, browser: Browser):
    snapshot = _snapshot(site)
    with browser.new_context() as context:
        answer = context.request.get(f"{site}/snapshots/{snapshot}/bytes")
        assert _SCRIPT in answer.text()
        assert answer.headers["content-type"].startswith(("text/plain", "application/octet-stream"))
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("width", [640, 320])
def test_words_that_never_break_fit_a_phone(width: int, site: str, browser: Browser):
    arbitration = get_json(f"{site}/clauses.json?q=hostile.example&type=arbitration")["clauses"]
    assert arbitration
    pages = [*_pages(site), "/clauses/arbitration/", *(f"/records/{row['id']}/" for row in arbitration)]
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        for path in pages:
            page.goto(site + path)
            assert cut_off(page) == [], path


def _planted(page: Page) -> list[str]:
    """Elements that only the hostile page can have put there."""
    planted = "a[href^='javascript:' i], [onerror], [onload], img[src='x'], script:not([src])"
    return page.locator(planted).evaluate_all("all => all.map((one) => one.outerHTML)")


def _snapshot(site: str) -> str:
    captures = get_json(f"{site}/platforms/hostile/terms.json")["captures"]
    return next(row["snapshot"] for row in captures if row["snapshot"])


def _pages(site: str) -> dict[str, tuple[str, ...]]:
    """Every page that shows something of the platform, and what it shows."""
    terms = "/platforms/hostile/terms"
    newer, older = get_json(f"{site}{terms}.json")["versions"]
    compare = f"{terms}/compare/{older['id']}...{newer['id']}"
    record = get_json(f"{site}{compare}.json")["changes"][0]["record"]
    both = (_SCRIPT, _IMAGE)
    return {
        "/": both,
        "/changes/": both,
        "/platforms/": both,
        "/platforms/hostile/": both,
        f"{terms}/": both,
        f"{terms}/versions/{newer['id']}/": (*both, _LINK),
        f"{compare}/": (*both, _LINK),
        f"/changes/{newer['change_set']['id']}/": both,
        f"/records/{record}/": both,
        "/clauses/?q=alert": both,
        "/clauses/data_retention/": (_SCRIPT,),
        f"/snapshots/{_snapshot(site)}/": (*both, _LINK),
        "/status/": both,
    }

"""Captures that were held back, from the strip to the curator's ruling, for the eye and for assistive technology."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import (
    assert_fits_and_reads,
    curators_page,
    press,
)
from tests.browser.own_copy import own_copy

_PASSWORD = "four ordinary words here"
_RECORD = f"""
from datetime import timedelta
from django.utils import timezone
from monitor.models import Document, Fetch, Notice, NoticeKind, Outcome, Quarantine, Ruling
from tests.builders import (
    KEPT_5_YEARS, KEPT_30_DAYS, hold_back, make_document, make_platform, make_source, make_user, publish)
now = timezone.now()
platform = make_platform(slug="harbor", name="Harbor & Quill")
document = make_document(platform, slug="terms", name="Terms", is_paused=True)
first = make_source(document, url="https://harbor.example/" + "a-long-address-" * 9)
publish(first, KEPT_30_DAYS, now - timedelta(days=300))
second = make_source(
    document, position=1, select=[{{"startAfter": "nav", "endBefore": "footer"}}], render="browser",
    ignores_robots=True, robots_reason="The publisher agreed in writing.", request_headers={{"Accept-Language": "en"}})
Fetch.objects.bulk_create(
    Fetch(source=first, at=now - timedelta(hours=600 - hours), outcome=Outcome.TIMED_OUT) for hours in range(410))
for hours in range(3):
    item = hold_back(first, KEPT_5_YEARS, now - timedelta(hours=9 - hours), Outcome.PARTIAL)
Quarantine.objects.filter(pk=item.pk).update(ruling=Ruling.OFFERED)
hold_back(second, "<p>Show that you are a person.</p>", now - timedelta(hours=3))
Notice.objects.create(source=first, kind=NoticeKind.SILENT, began_at=now, told_at=now, words="Nothing for a week.")
Document.objects.filter(pk=document.pk).update(is_paused=False, next_fetch_at=now + timedelta(days=30))
make_user("cleo", role="curator", password={_PASSWORD!r})
"""
_PAGES = (
    "/platforms/harbor/",
    "/platforms/harbor/terms/",
    "/platforms/harbor/terms/?kind=held_back",
    "/status/",
    "/review/",
    "/review/captures/",
    "/review/changes/",
    "/review/decisions/",
)


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site on which captures were held back."""
    with own_copy(loaded, tmp_path_factory.mktemp("held") / "site", _RECORD) as running:
        yield running.address


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    """A page that a curator looks at."""
    with curators_page(browser, site, _PASSWORD) as page:
        yield page


@pytest.mark.parametrize("path", _PAGES)
def test_a_page_fits_every_window_and_everybody_can_read_it(path: str, site: str, page: Page):
    page.goto(site + path)
    assert_fits_and_reads(page)


def test_the_page_to_rule_on_fits_and_everybody_can_read_it(site: str, page: Page):
    page.goto(f"{site}/review/captures/")
    page.get_by_role("link", name="Look and decide").first.click()
    expect(page.get_by_role("button", name="Rule")).to_be_visible()
    assert_fits_and_reads(page)
    page.goto(f"{site}{page.locator('a.id').first.get_attribute('href')}")
    expect(page.get_by_role("heading", name="Held back: Half-loaded page")).to_be_visible()
    assert_fits_and_reads(page)


def test_older_captures_are_reached_by_keyboard(site: str, page: Page):
    page.goto(f"{site}/platforms/harbor/terms/")
    expect(page.get_by_text("the latest stretch")).to_be_visible()
    press(page, "Earlier captures")
    assert "before=" in page.url
    expect(page.get_by_text("an older stretch")).to_be_visible()
    expect(page.get_by_role("link", name="Latest captures")).to_be_visible()


def test_a_curator_reads_the_difference_and_rules_once(site: str, page: Page):
    page.goto(f"{site}/review/captures/")
    page.get_by_role("link", name="Look and decide").first.click()
    expect(page.locator("ins", has_text="5 years")).to_be_visible()
    page.get_by_label("Accept:").check()
    page.get_by_label("I have read the text above").check()
    page.get_by_role("button", name="Rule").click()
    assert page.url != f"{site}/review/captures/", "a ruling needs a reason"
    page.get_by_label("Reason").fill("The page was rebuilt, and says so.")
    page.get_by_role("button", name="Rule").click()
    expect(page.get_by_text("accepted as the document’s text")).to_be_visible()
    expect(page.get_by_text("The page was rebuilt, and says so.")).to_be_visible()
    page.goto(f"{site}/platforms/harbor/terms/")
    expect(page.get_by_text("A new text is being confirmed.")).to_be_visible()

"""A curator works through the review queue by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import get_json
from tests.browser.looking import curators_page, cut_off, faint_colors, press, violations, words
from tests.browser.own_copy import own_copy
from tests.browser.ruling import key, record_on, untick_types

_PASSWORD = "four ordinary words here"
# Every clause of the samples waits, so that there are a hundred of them.
_RECORD = f"""
from clauses.models import Clause
from tests.builders import make_user
make_user("cleo", role="curator", password={_PASSWORD!r})
Clause.objects.standing().filter(current__isnull=False).update(doubt=0.5)
"""
_RULED = 100


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the samples and a curator."""
    with own_copy(loaded, tmp_path_factory.mktemp("review") / "site", _RECORD) as running:
        yield running.address


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    """A page that a curator looks at."""
    with curators_page(browser, site, _PASSWORD) as page:
        yield page


def _check(page: Page) -> None:
    assert cut_off(page) == []
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert faint_colors(page) == []
    page.emulate_media(color_scheme="light")


def test_the_pages_of_the_queue_fit_every_window_and_everybody_can_read_them(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}/review/clauses/")
    _check(page)
    key(page, "a")
    _check(page)


def test_a_hundred_clauses_are_ruled_on_without_a_mouse(site: str, page: Page) -> None:
    page.goto(f"{site}/review/")
    press(page, "Doubtful clauses")
    key(page, "a")
    seen = []
    for _ in range(_RULED):
        seen.append(record_on(page))
        key(page, "a")
    assert len(set(seen)) == _RULED, "no clause comes twice"
    expect(page.locator(".status-line")).to_contain_text(f"{_RULED} ruled by you today")
    record = get_json(f"{site}/records/{seen[0]}.json")
    assert [row["reason"] for row in record["decisions"]] == ["Read: the machine is right."]


def test_other_types_a_severity_and_a_reason_are_given_by_keys_and_taken_back(site: str, page: Page) -> None:
    page.goto(f"{site}/review/clauses/")
    key(page, "a")
    record = record_on(page)
    page.keyboard.press("t")
    page.keyboard.press("0")
    for pressed in ("h", "r"):
        page.keyboard.press(pressed)
    page.keyboard.type("Has no type, and a search for a duel.")
    page.keyboard.press("Escape")
    untick_types(page)
    key(page, "d")
    (decision,) = get_json(f"{site}/records/{record}.json")["decisions"]
    assert (decision["types"], decision["severity"]) == ([], "high")
    assert decision["reason"] == "Has no type, and a search for a duel."
    key(page, "u")
    assert record_on(page) == record
    assert f"The ruling on {record} is taken back" in words(page.locator(".messages").inner_text())

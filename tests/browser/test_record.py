"""The clause record: contents, folds and commentary, by mouse and by keyboard, on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import get_json
from tests.browser.looking import (
    curators_page,
    cut_off,
    faint_colors,
    focused,
    press,
    tab_to,
    violations,
    words,
)
from tests.browser.own_copy import own_copy

_PASSWORD = "four ordinary words here"
_PREPARE = f"""
from tests.builders import make_user
make_user("cleo", role="curator", password={_PASSWORD!r})
"""
_THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the samples and a curator."""
    with own_copy(loaded, tmp_path_factory.mktemp("record") / "site", _PREPARE) as running:
        yield running.address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that a reader looks at."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


@pytest.fixture
def desk(site: str, browser: Browser) -> Iterator[Page]:
    """A page that a curator looks at."""
    with curators_page(browser, site, _PASSWORD) as page:
        yield page


def _open(page: Page, site: str, path: str) -> None:
    answer = page.goto(site + path)
    assert answer
    assert answer.status == 200


def test_the_contents_lead_to_each_part_and_stay_in_sight(
    samples: str, paths: dict[str, str], page: Page
) -> None:
    _open(page, samples, paths["record"])
    contents = page.get_by_role("navigation", name="On this page")
    names = contents.get_by_role("link").all_inner_texts()
    assert names[:3] == ["Words", "Meaning", "Facts"]
    for name in ("History", "Law", "Complaints"):
        contents.get_by_role("link", name=name).click()
        target = page.url.split("#")[1]
        expect(contents).to_be_in_viewport()
        below = contents.bounding_box()
        assert below
        top = page.locator(f"#{target}").evaluate("one => one.getBoundingClientRect().top")
        assert below["height"] - 1 <= top < 400, name


def test_a_keyboard_reaches_the_law_its_link_and_the_notes_of_other_places(
    samples: str, paths: dict[str, str], page: Page
) -> None:
    _open(page, samples, paths["record"])
    tab_to(page, "Law")
    page.keyboard.press("Enter")
    assert page.url.endswith("#law")
    expect(page.get_by_role("heading", name="Institutional analysis")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert focused(page, "innerText").startswith("Notes "), "the focus goes on from the place that was led to"
    tab_to(page, "GDPR")
    assert focused(page, "href") == "https://eur-lex.europa.eu/eli/reg/2016/679/oj"


def test_folded_wordings_open_by_mouse_and_by_keyboard(
    samples: str, paths: dict[str, str], page: Page
) -> None:
    _open(page, samples, paths["record"])
    fold = page.locator(".wording details").last
    text = fold.locator("p")
    expect(text).to_be_hidden()
    fold.locator("summary").click()
    expect(text).to_be_visible()
    fold.locator("summary").press("Enter")
    expect(text).to_be_hidden()
    first = get_json(samples + paths["record"].rstrip("/") + ".json")["wordings"][-1]["text"]
    assert words(text.text_content() or "") == words(first)


def test_paper_has_every_word_and_the_addresses_of_the_laws_and_no_contents(
    samples: str, paths: dict[str, str], page: Page
) -> None:
    _open(page, samples, paths["record"])
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="On this page")).to_be_hidden()
    expect(page.locator(".wording details p").last).to_be_visible()
    shown = page.locator(".note-places a").first.evaluate("one => getComputedStyle(one, '::after').content")
    assert "https://" in shown or "attr(href)" in shown


@pytest.mark.parametrize("width", [1280, 390])
def test_records_of_every_kind_fit_and_can_be_read_by_everybody(
    width: int, samples: str, browser: Browser
) -> None:
    with browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        for path in [*_kinds_of_records(samples), "/methodology/law/"]:
            _open(page, samples, path)
            assert cut_off(page) == [], path
            for theme in _THEMES:
                page.emulate_media(color_scheme=theme)
                found = violations(page) if theme == "light" else faint_colors(page)
                assert found == [], path


def _kinds_of_records(site: str) -> list[str]:
    """Records of the samples: of several types, of none, removed ones, and the one with most figures."""
    document = "/platforms/sorrelmind/feedback-and-training"
    versions = get_json(f"{site}{document}.json")["versions"]
    found = {}
    for version in (versions[0], versions[-1]):
        for clause in get_json(f"{site}{document}/versions/{version['id']}.json")["clauses"]:
            twin = get_json(f"{site}/records/{clause['record']}.json")
            found["removed" if twin["removed_in"] else f"{min(len(twin['types']), 2)} types"] = clause[
                "record"
            ]
            found.setdefault("figures" if len(twin["facts"]) > 1 else "no figures", clause["record"])
    assert {"removed", "0 types", "1 types", "2 types"} <= set(found)
    return [f"/records/{record}/" for record in dict.fromkeys(found.values())]


def test_a_commentary_is_written_by_keyboard_and_read_by_everybody(
    site: str, paths: dict[str, str], desk: Page, page: Page
) -> None:
    desk.goto(site + paths["record"])
    press(desk, "Write a commentary")
    assert violations(desk) == []
    desk.get_by_label("Commentary").focus()
    desk.keyboard.type("Ask for the <b>backups</b>.")
    press(desk, "Save")
    expect(desk.get_by_role("status")).to_contain_text("stands on the record")
    _open(page, site, paths["record"])
    told = page.get_by_role("region", name="A curator’s commentary")
    expect(told).to_contain_text("Ask for the <b>backups</b>.")
    expect(page.get_by_role("link", name="Change the commentary")).to_have_count(0)
    for theme in _THEMES:
        desk.emulate_media(color_scheme=theme)
        assert violations(desk) == []
        assert faint_colors(desk) == []

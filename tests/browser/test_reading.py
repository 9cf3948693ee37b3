"""Reading with the keyboard, on paper and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import get_json
from tests.browser.looking import focused, words


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that a reader with scripts looks at."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page that a reader without scripts looks at."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


@pytest.mark.parametrize("page_type", ["compare", "changes", "platform"])
def test_j_and_k_move_the_focus_between_changes(
    page_type: str, samples: str, paths: dict[str, str], page: Page
):
    page.goto(samples + paths[page_type])
    first, second, *_ = page.locator("[data-stop]").evaluate_all("all => all.map((one) => one.innerText)")
    seen = []
    for key in "jjkk":
        page.keyboard.press(key)
        seen.append(focused(page, "innerText"))
    assert seen == [first, second, first, first]
    page.goto(samples + paths[page_type])
    page.keyboard.press("k")
    assert focused(page, "tagName") == "BODY"


def test_moments_stand_in_the_zone_of_the_reader_with_utc_on_hover(
    samples: str, paths: dict[str, str], browser: Browser, plain: Page
):
    plain.goto(samples + paths["status"])
    in_utc = plain.locator("time[data-moment]").first.inner_text()
    assert in_utc.endswith(" UTC")
    with browser.new_context(timezone_id="Asia/Kathmandu") as context:
        page = context.new_page()
        page.goto(samples + paths["status"])
        shown = page.locator("time[data-moment]").first
        assert shown.get_attribute("title") == in_utc
        assert shown.inner_text().endswith("GMT+5:45")


def test_j_and_k_are_letters_in_the_search_field(samples: str, paths: dict[str, str], page: Page):
    page.goto(samples + paths["compare"])
    page.keyboard.press("/")
    page.keyboard.type("jk/j")
    assert focused(page, "value") == "jk/j"
    assert focused(page, "id") == "find"


@pytest.mark.parametrize("reader", ["page", "plain"])
def test_before_and_after_show_exactly_the_stored_words(
    reader: str, samples: str, paths: dict[str, str], request: pytest.FixtureRequest
):
    page: Page = request.getfixturevalue(reader)
    page.goto(samples + paths["compare"])
    changes = get_json(samples + paths["compare"].rstrip("/") + ".json")["changes"]
    assert {change["kind"] for change in changes} >= {"added", "removed", "modified"}
    for side, name in (("old", "Before"), ("new", "After")):
        page.get_by_label(name, exact=True).check()
        for change in changes:
            shown = page.locator(".change", has=page.locator(f"a[href='/records/{change['record']}/']"))
            expected = change[side]["text"] if change[side] else ""
            assert words(shown.locator(".redline").inner_text()) == words(expected)


def test_a_citation_is_copied_and_the_button_says_so(samples: str, paths: dict[str, str], browser: Browser):
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(samples + paths["record"])
        citation = words(page.locator("#citation").inner_text())
        button = page.locator("button[data-copy=citation]")
        button.click()
        expect(button).to_have_text("Copied")
        assert words(page.evaluate("navigator.clipboard.readText()")) == citation
        assert paths["record"].split("/")[2] in citation


def test_without_scripts_the_copy_button_is_not_offered(samples: str, paths: dict[str, str], plain: Page):
    plain.goto(samples + paths["record"])
    expect(plain.locator("button[data-copy]")).to_be_hidden()
    expect(plain.locator("#citation")).to_be_visible()


def test_filters_work_without_scripts(samples: str, plain: Page):
    plain.goto(f"{samples}/clauses/")
    everything = plain.locator(".registry-count").inner_text()
    plain.locator(".filters [name=q]").fill("arbitrator")
    plain.get_by_role("button", name="Show", exact=True).click()
    assert "q=arbitrator" in plain.url
    rows = plain.locator(".registry > li")
    assert 0 < rows.count() < int(everything.split()[0])
    assert all("arbitrat" in text.lower() for text in rows.all_inner_texts())
    plain.get_by_role("link", name="Clear").click()
    assert plain.locator(".registry-count").inner_text() == everything


def test_changes_are_filtered_without_scripts(samples: str, plain: Page):
    plain.goto(f"{samples}/changes/")
    plain.locator("details.many > summary", has_text="Platform").click()
    plain.get_by_label("Coppermere", exact=True).check()
    plain.get_by_role("button", name="Apply").click()
    hrefs = plain.locator(".stream-title a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert hrefs
    assert all(href.startswith("/platforms/coppermere/") for href in hrefs)


def test_unchanged_clauses_fold_and_unfold_without_scripts(samples: str, paths: dict[str, str], plain: Page):
    plain.goto(samples + paths["compare"])
    fold = plain.locator(".folded").first
    clause = fold.locator(".legal").first
    expect(clause).to_be_hidden()
    fold.locator("summary").click()
    expect(clause).to_be_visible()
    fold.locator("summary").click()
    expect(clause).to_be_hidden()


def test_on_paper_a_comparison_is_words_without_controls(samples: str, paths: dict[str, str], page: Page):
    page.goto(samples + paths["compare"])
    page.emulate_media(media="print")
    for part in ("nav", "form", "button", "input", ".skip"):
        assert page.locator(part).filter(visible=True).count() == 0, part
    expect(page.locator("h1")).to_be_visible()
    redlines = page.locator(".redline")
    assert redlines.filter(visible=True).count() == redlines.count() > 0


_SCROLLED = """(all) => all.filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.getAttribute("aria-label"))"""


@pytest.mark.parametrize("query", ["", "?as_of=2025-06-01"])
def test_no_table_of_platforms_and_their_documents_scrolls_sideways_on_a_phone(
    query: str, samples: str, paths: dict[str, str], browser: Browser
):
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        for path in (f"{paths['platform']}{query}", paths["platforms"]):
            page.goto(samples + path)
            page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
            assert page.locator(".table-wrap").count() > 0
            assert page.locator(".table-wrap").evaluate_all(_SCROLLED) == [], path

"""What a reader takes along from a comparison: words copied, and a print."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.addresses import get_json
from tests.browser.looking import words


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose reader has a clipboard."""
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        yield context.new_page()


_SELECT = """([from, to]) => {
  const range = document.createRange();
  range.setStartBefore(document.querySelector(from));
  range.setEndAfter(document.querySelector(to));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def _copied(page: Page, start: str, end: str) -> str:
    page.evaluate(_SELECT, [start, end])
    page.keyboard.press("Control+C")
    return words(str(page.evaluate("navigator.clipboard.readText()")))


@pytest.mark.parametrize(
    ("view", "side"), [("Before", "old"), ("Redline", "new"), ("After", "new"), ("Side by side", "old")]
)
def test_a_selection_is_copied_as_words_of_one_text(
    view: str, side: str, samples: str, paths: dict[str, str], page: Page
):
    changes = get_json(samples + paths["compare"].rstrip("/") + ".json")["changes"]
    change = next(change for change in changes if change["kind"] == "modified")
    section = f"#{change['record'].lower()}"
    page.goto(samples + paths["compare"])
    page.get_by_label(view, exact=True).check()
    assert _copied(page, f"{section} .redline", f"{section} .redline") == words(change[side]["text"])


def test_struck_words_alone_are_copied_from_a_redline(samples: str, paths: dict[str, str], page: Page):
    changes = get_json(samples + paths["compare"].rstrip("/") + ".json")["changes"]
    change = next(change for change in changes if change["kind"] == "modified")
    struck = next(text for op, text in change["redline"] if op == "-")
    page.goto(samples + paths["compare"])
    first = f"#{change['record'].lower()} .redline del"
    assert _copied(page, first, first) == words(struck)


def test_a_removed_clause_is_copied_with_its_heading(samples: str, paths: dict[str, str], page: Page):
    changes = get_json(samples + paths["compare"].rstrip("/") + ".json")["changes"]
    change = next(change for change in changes if change["kind"] == "removed")
    page.goto(samples + paths["compare"])
    section = f"#{change['record'].lower()}"
    assert words(change["old"]["text"]) in _copied(page, section, section)


def test_a_selection_over_several_changes_leaves_signs_and_badges_behind(
    samples: str, paths: dict[str, str], page: Page
):
    changes = get_json(samples + paths["compare"].rstrip("/") + ".json")["changes"]
    page.goto(samples + paths["compare"])
    page.get_by_label("After", exact=True).check()
    first, *_, last = page.locator(".change").evaluate_all("all => all.map((one) => one.id)")
    copied = _copied(page, f"#{first}", f"#{last}")
    shown = page.locator(".changes").inner_text()
    assert all(sign in shown for sign in ("Clause record", "Why ", "↓", "#", "Adverse"))
    for sign in ("[added", "[removed", "end]", "severity", "Clause record", "Why ", "↓", "#", "Adverse"):
        assert sign not in copied, sign
    for change in changes:
        if change["new"]:
            assert words(change["new"]["text"]) in copied


def test_the_print_has_the_change_its_address_and_its_id(samples: str, paths: dict[str, str], page: Page):
    page.goto(samples + paths["change set"])
    changes = get_json(samples + paths["compare"].rstrip("/") + ".json")["changes"]
    change = next(change for change in changes if change["kind"] == "modified")
    pdf = page.pdf(format="A4")
    reader = PdfReader(BytesIO(pdf))
    text = words(" ".join(sheet.extract_text() for sheet in reader.pages))
    bare = "".join(text.split())
    for op, run in change["redline"]:
        assert "".join(run.split()) in bare, op
    assert paths["change set"].split("/")[2] in text
    assert paths["change set"] in text
    assert "Next change" not in text
    assert "Choose and sort" not in text


_STYLES = """(one) => {
  const style = getComputedStyle(one);
  return [style.color, style.backgroundColor, style.fontWeight, style.textDecorationLine];
}"""


def test_on_paper_the_redline_is_black_by_weight_underline_and_strike(
    samples: str, paths: dict[str, str], page: Page
):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(samples + paths["compare"])
    black, none = "rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"
    added = page.locator(".redline ins").first.evaluate(_STYLES)
    removed = page.locator(".redline del").first.evaluate(_STYLES)
    assert added == [black, none, "700", "underline"]
    assert removed == [black, none, "400", "line-through"]


_BREAKS = """all => all.map((one) => getComputedStyle(one).breakInside)"""


def test_a_sheet_ends_within_a_long_change_and_not_within_a_short_one(
    samples: str, paths: dict[str, str], page: Page
):
    page.emulate_media(media="print")
    page.goto(samples + paths["compare"])
    # The changes of the samples are short ones; which are marked so is tested with the page.
    page.locator(".change").first.evaluate("one => one.classList.add('change-long')")
    assert set(page.locator(".change-long").evaluate_all(_BREAKS)) == {"auto"}
    assert set(page.locator(".change:not(.change-long)").evaluate_all(_BREAKS)) == {"avoid"}
    head = page.locator(".change-long .change-top").first
    assert head.evaluate("one => getComputedStyle(one).breakAfter") == "avoid"
    words_of = page.locator(".change-long .redline").first
    assert words_of.evaluate("one => [getComputedStyle(one).orphans, getComputedStyle(one).widows]") == [
        "3",
        "3",
    ]

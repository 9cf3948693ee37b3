"""What signed-in people do with changes: read, filter and name, work and agree; by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import assert_fits_and_reads, curators_page, focused, press, tab_to, violations
from tests.browser.own_copy import own_copy

_PASSWORD = "four ordinary words here"
_RECORD = f"""
from datetime import timedelta
from django.utils import timezone
from clauses import pinning, saving, visiting, working
from clauses.models import ChangeSet, WorkStatus
from tests.builders import make_user
now = timezone.now()
cleo, ben = (make_user(name, role="curator", password={_PASSWORD!r}) for name in ("cleo", "ben"))
rows = list(ChangeSet.objects.filter(is_technical=False).order_by("-detected_at", "-number"))
visiting.reader_for(cleo, now)
visiting.mark(cleo, [row.number for row in rows[:3]], is_read=False)
step = working.Step(WorkStatus.FOLLOW_UP, cleo, True, "Ask legal what this means for us.")
working.take(step, {{rows[5].number: 0}}, by=ben, at=now)
pinning.pin(rows[0].old_version, None, "Order form of spring", by=ben, at=now)
pinning.pin(rows[1].new_version, cleo, "", by=cleo, at=now)
saving.save(cleo, "Arbitration anywhere", "type=arbitration", now)
ChangeSet.objects.filter(pk=rows[0].pk).update(effective_on=(now + timedelta(days=40)).date())
"""


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the samples, two curators and some work."""
    with own_copy(loaded, tmp_path_factory.mktemp("team") / "site", _RECORD) as running:
        yield running.address


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    """A page that cleo looks at."""
    with curators_page(browser, site, _PASSWORD) as page:
        yield page


@pytest.fixture
def plain(site: str, browser: Browser) -> Iterator[Page]:
    """A page that cleo looks at without scripts."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/sign-in/")
        page.get_by_label("Username").fill("cleo")
        page.get_by_label("Password").fill(_PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        yield page


def first_change(page: Page, site: str) -> str:
    """The address of the page of the newest change."""
    page.goto(f"{site}/changes/")
    return f"{site}{page.locator('.stream-row a.id').first.get_attribute('href')}"


def test_the_page_of_a_change_with_its_work_fits_every_window(site: str, page: Page) -> None:
    page.goto(first_change(page, site))
    expect(page.locator("#work")).to_be_visible()
    assert_fits_and_reads(page)


def test_unread_changes_are_marked_read_by_mouse_without_scripts(site: str, plain: Page) -> None:
    plain.goto(f"{site}/changes/")
    marks = plain.locator(".unread-mark")
    before = marks.count()
    assert before >= 2
    expect(marks.first).to_have_text("Unread")
    plain.locator(".is-unread input[type=checkbox]").first.check()
    plain.get_by_role("button", name="Mark chosen read").click()
    expect(plain.get_by_role("status")).to_contain_text("1 change marked read.")
    expect(marks).to_have_count(before - 1)
    plain.get_by_role("button", name="Mark all shown read").click()
    expect(marks).to_have_count(0)


def test_a_change_is_marked_unread_by_keyboard_and_read_on_its_page(site: str, page: Page) -> None:
    page.goto(f"{site}/changes/?platform=coppermere")
    page.keyboard.press("j")
    page.keyboard.press("Tab")
    assert focused(page, "type") == "checkbox"
    page.keyboard.press("Space")
    press(page, "Mark chosen unread")
    row = page.locator(".is-unread").first
    expect(row).to_contain_text("Unread")
    row.locator("a.id").click()
    page.get_by_role("button", name="Mark read").click()
    expect(page.get_by_role("button", name="Mark unread")).to_be_visible()
    page.goto(f"{site}/changes/?platform=coppermere")
    expect(page.locator(".is-unread")).to_have_count(0)


def test_what_has_the_focus_is_never_under_the_bar_for_the_chosen(site: str, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/changes/")
    bar = page.locator(".bulk")
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page, "type") == "checkbox":
            box, over = page.locator(":focus").bounding_box(), bar.bounding_box()
            assert box
            assert over
            assert box["y"] + box["height"] <= over["y"] + 1


def test_a_filter_is_saved_by_keyboard_opened_and_removed(site: str, page: Page) -> None:
    page.goto(f"{site}/?severity=high")
    tab_to(page, "Save this filter")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page, "id") == "view-name"
    page.keyboard.type("What hurts")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("“What hurts” is saved.")
    page.goto(f"{site}/changes/")
    press(page, "What hurts")
    assert page.url == f"{site}/changes/?severity=high"
    expect(page.get_by_role("link", name="What hurts")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Your views and feeds").click()
    feed = page.get_by_role("link", name="Atom feed of What hurts").get_attribute("href")
    assert page.request.get(f"{site}{feed}").ok
    page.get_by_role("link", name="Remove What hurts").click()
    page.get_by_role("button", name="Remove this view").click()
    expect(page.get_by_text("“What hurts” is removed.")).to_be_visible()
    assert page.request.get(f"{site}{feed}").status == 404


def test_a_status_is_set_with_a_note_by_keyboard_and_stands_in_the_list(site: str, page: Page) -> None:
    page.goto(first_change(page, site))
    tab_to(page, "work_status")
    page.keyboard.type("Foll")
    page.keyboard.press("Tab")
    page.keyboard.type("ben")
    page.keyboard.press("Tab")
    page.keyboard.type("Clause 4 needs an answer by May.")
    press(page, "Save this step")
    expect(page.locator("#work")).to_contain_text("Status: Follow-up. Assigned to ben.")
    expect(page.locator(".work-note").first).to_have_text("Clause 4 needs an answer by May.")
    assert page.url.endswith("#work")
    page.goto(f"{site}/work/?status=follow_up")
    expect(page.locator("tbody tr").first).to_contain_text("ben")


def test_two_people_on_one_page_are_told_of_each_other(site: str, page: Page, browser: Browser) -> None:
    address = f"{site}/changes/?platform=glimpsewood"
    page.goto(address)
    change = f"{site}{page.locator('.stream-row a.id').first.get_attribute('href')}"
    page.goto(change)
    with browser.new_context() as context:
        other = context.new_page()
        other.goto(f"{site}/sign-in/?next={change.removeprefix(site)}")
        other.get_by_label("Username").fill("ben")
        other.get_by_label("Password").fill(_PASSWORD)
        other.get_by_role("button", name="Sign in").click()
        other.locator("#work_status").select_option("no_action")
        other.get_by_label("Internal note").fill("Nothing to do here.")
        other.get_by_role("button", name="Save this step").click()
    page.locator("#work_status").select_option("follow_up")
    page.get_by_label("Internal note").fill("We should object.")
    page.get_by_role("button", name="Save this step").click()
    expect(page.get_by_role("alert")).to_contain_text("others acted on this change since you opened it")
    expect(page.get_by_role("alert")).to_contain_text("Nothing to do here.")
    expect(page.get_by_label("Internal note")).to_have_value("We should object.")
    assert violations(page) == []
    page.get_by_role("button", name="Save this step").click()
    expect(page.locator(".work-note")).to_have_text(["We should object.", "Nothing to do here."])


def test_many_are_set_at_once_by_mouse(site: str, page: Page) -> None:
    page.goto(f"{site}/changes/?platform=coppermere")
    boxes = page.locator(".stream-row input[type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.locator(".bulk select[name=status]").select_option("reviewed")
    page.get_by_role("button", name="Set for chosen").click()
    expect(page.get_by_role("status")).to_contain_text("2 changes are saved.")
    expect(page.locator(".work-status-reviewed")).to_have_count(2)


def test_a_text_is_pinned_and_compared_with_today(site: str, page: Page) -> None:
    page.goto(f"{site}/platforms/coppermere/user-agreement/")
    page.get_by_role("link", name="Pin a text as your baseline").click()
    page.get_by_label("Text", exact=True).select_option(index=2)
    page.get_by_label("Note").fill("Order form of May")
    page.get_by_role("button", name="Pin this text").click()
    expect(page.locator(".baseline")).to_contain_text("Order form of May")
    page.get_by_role("link", name="changes since").click()
    assert "/compare/" in page.url
    expect(page.locator("h1")).to_be_visible()

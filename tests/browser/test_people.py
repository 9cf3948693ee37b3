"""People with an account: the first administrator, a subscriber by keyboard, the end of the samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import cut_off, press, tab_to, violations
from tests.services.site import Running

_PASSWORD = "four ordinary words here"
_HARBOR = """
from tests.builders import capture, day, make_document, make_platform, make_source
platform = make_platform(slug="harbor", name="Harbor & Quill")
document = make_document(platform, slug="terms", name="Terms", is_paused=True)
capture(make_source(document), "<h1>Terms</h1><p>We keep your messages for 30 days.</p>", day(-3000))
"""
_ADMIN = (
    "/admin/",
    "/admin/monitor/document/",
    "/admin/monitor/document/add/",
    "/admin/monitor/document/1/change/",
    "/admin/monitor/platform/add/",
    "/admin/clauses/clause/",
    "/admin/auth/user/add/",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that a person with scripts looks at."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


def become_administrator(running: Running, page: Page) -> None:
    """Use the one-time link that the site printed."""
    link = running.wait_for("/welcome/").strip()
    page.goto(link)
    page.get_by_label("Username").fill("quill")
    page.get_by_label("Email address").fill("quill@example.org")
    page.get_by_label("Password", exact=True).fill(_PASSWORD)
    page.get_by_label("Password, once more").fill(_PASSWORD)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("You are the administrator of this site.")).to_be_visible()


def add_a_webhook(running: Running, page: Page) -> None:
    """Subscribe to a platform, have an address called that is inside, and try it."""
    page.goto(f"{running.address}/platforms/harbor/")
    page.get_by_role("button", name="Get alerts").click()
    page.goto(f"{running.address}/subscriptions/")
    page.get_by_role("link", name="add one").click()
    page.get_by_label("Address").fill("http://127.0.0.1:9/hook")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("The test did not arrive")).to_be_visible()


def save_a_view(running: Running, page: Page) -> None:
    """Save a filter of the list of changes."""
    page.goto(f"{running.address}/changes/?severity=high")
    page.locator("summary", has_text="Save this filter").click()
    page.get_by_role("textbox", name="Name").fill("High")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("navigation", name="Saved views")).to_be_visible()


def test_the_one_time_link_signs_in_once_and_then_the_password_does(
    own_site: Callable[..., Running], page: Page
):
    running = own_site()
    become_administrator(running, page)
    page.locator("summary", has_text="quill").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    again = page.goto(running.wait_for("/welcome/").strip())
    assert again
    assert again.status == 410
    page.goto(f"{running.address}/subscriptions/")
    page.get_by_label("Username").fill("quill")
    page.get_by_label("Password").fill(_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.url == f"{running.address}/subscriptions/"
    expect(page.get_by_role("heading", name="Your alerts")).to_be_visible()


def test_alerts_are_begun_and_ended_by_keyboard_alone(own_site: Callable[..., Running], page: Page):
    running = own_site(_HARBOR)
    become_administrator(running, page)
    page.goto(f"{running.address}/platforms/harbor/")
    tab_to(page, "alerts-from")
    page.keyboard.press("ArrowDown")
    press(page, "Get alerts")
    press(page, "Alerts on, from medium")
    assert page.url == f"{running.address}/subscriptions/"
    press(page, "End alerts about changes of Harbor & Quill, rated medium or higher")
    expect(page.get_by_role("heading", name="End alerts about Harbor & Quill?")).to_be_visible()
    press(page, "End these alerts")
    expect(page.get_by_text("No alerts yet")).to_be_visible()
    tab_to(page, "quill")
    page.keyboard.press("Enter")
    press(page, "Sign out")
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_an_administrator_removes_the_samples_and_the_pages_say_what_to_do_next(
    own_site: Callable[..., Running], page: Page
):
    running = own_site()
    become_administrator(running, page)
    page.goto(f"{running.address}/platforms/")
    page.get_by_role("link", name="Remove the samples").click()
    page.get_by_role("link", name="Keep them").click()
    page.goto(f"{running.address}/samples/remove/")
    expect(page.locator("main li")).to_have_text(["Coppermere", "Glimpsewood", "Sorrelmind"])
    page.get_by_role("button", name="Remove 3 sample platforms").click()
    expect(page.get_by_text("3 sample platforms are removed.")).to_be_visible()
    for path, says in (
        ("/", "Nothing is watched yet"),
        ("/platforms/", "Add the first platform of your own"),
        ("/clauses/", "No clause yet"),
        ("/changes/", "Nothing has changed yet"),
        ("/compare/?type=arbitration", "Not enough to compare"),
        ("/clauses/arbitration/", "No platform has it"),
        ("/status/", "Status"),
        ("/samples/remove/", "There are no samples"),
    ):
        answer = page.goto(running.address + path)
        assert answer
        assert answer.status == 200
        expect(page.locator("main").get_by_text(says).first).to_be_visible()
        assert cut_off(page) == []
    assert page.goto(f"{running.address}/platforms/sorrelmind/").status == 404


def test_a_webhook_is_tried_and_a_filter_is_saved_by_mouse(own_site: Callable[..., Running], page: Page):
    running = own_site(_HARBOR)
    become_administrator(running, page)
    add_a_webhook(running, page)
    save_a_view(running, page)


def test_the_pages_of_the_admin_have_no_accessibility_violations(
    own_site: Callable[..., Running], browser: Browser
):
    running = own_site(_HARBOR)
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        become_administrator(running, page)
        found = {}
        for path in _ADMIN:
            answer = page.goto(running.address + path)
            found[path] = violations(page) if answer.status == 200 else [f"status {answer.status}"]
    assert {path: said for path, said in found.items() if said} == {}

"""A curator's session of a hundred clauses of a real service, by keyboard. Runs where the captures are."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import curators_page
from tests.browser.ruling import key, record_on, untick_types
from tests.field import replay
from tests.services.site import Site

VERSIONS = replay.SHARED / "data" / "ota-versions.bundle"
pytestmark = [
    pytest.mark.field,
    pytest.mark.skipif(not VERSIONS.exists(), reason="needs the shared captures beside the checkout"),
]
_PASSWORD = "four ordinary words here"
_RULED = 100
# How often each way of ruling comes: the session is a mixture, as a curator's is.
_NOT_A_CLAUSE, _OTHERWISE, _SKIPPED, _TAKEN_BACK = 9, 4, 7, 25
_STANDS = """
import json
from clauses.models import Clause, Decision
stand = {}
for decision in Decision.objects.select_related("clause").order_by("pk"):
    clause = decision.clause
    stand[clause.public_id] = [
        clause.decision_id == decision.pk, clause.severity == decision.severity,
        sorted(clause.labels.values_list("type", flat=True)) == sorted(decision.types),
    ]
print(json.dumps(stand))
"""
_READ_ANEW = """
from tests.clauses.amended_site import LENIENT, put_in_force
from clauses.rereading import reread_next
put_in_force(LENIENT)
while reread_next():
    pass
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that holds the recorded terms and privacy policies of one service, and a curator."""
    site = Site(tmp_path_factory.mktemp("real"), SWEEP_SECONDS="60")
    site.manage("migrate", "-v0")
    recorded = (
        "--versions",
        str(VERSIONS),
        "--declarations",
        str(replay.DECLARATIONS),
        "--service",
        "Claude.ai",
    )
    for kind in ("Terms of Service", "Privacy Policy"):
        site.manage("import_ota", *recorded, "--terms-type", kind, "--json")
    site.shell(
        f'from tests.builders import make_user; make_user("cleo", role="curator", password={_PASSWORD!r})'
    )
    return site


@pytest.fixture
def page(real: Site, browser: Browser) -> Iterator[Page]:
    """A page that the curator looks at."""
    with real.up() as running, curators_page(browser, running.address, _PASSWORD) as page:
        page.goto(f"{running.address}/review/clauses/")
        yield page


def test_a_hundred_real_clauses_are_ruled_on_by_keyboard_and_stay_ruled(real: Site, page: Page) -> None:
    key(page, "a")
    ruled = [_rule(page, number) for number in range(1, _RULED + 1)]
    assert len(set(ruled)) == _RULED, "no clause comes twice"
    expect(page.locator(".status-line")).to_contain_text(f"{_RULED} ruled by you today")
    for read_anew in ("", _READ_ANEW):
        real.shell(read_anew)
        stand = json.loads(real.shell(_STANDS).splitlines()[-1])
        assert set(ruled) <= set(stand)
        assert {record: found for record, found in stand.items() if not all(found)} == {}


def _rule(page: Page, number: int) -> str:
    """Rule on the clause that is shown, now this way, now that way. Its record."""
    if number % _SKIPPED == 0:
        key(page, "s")
    if number % _TAKEN_BACK == 0:
        record = record_on(page)
        key(page, "x")
        key(page, "u")
        assert record_on(page) == record
    record = record_on(page)
    if number % _OTHERWISE == 0:
        page.keyboard.press("0")
        untick_types(page)
        page.keyboard.press("mn"[number % 2])
        page.keyboard.press("r")
        page.keyboard.type(f"Read otherwise, number {number}.")
        page.keyboard.press("Escape")
        key(page, "d")
    else:
        key(page, "x" if number % _NOT_A_CLAUSE == 0 else "a")
    return record

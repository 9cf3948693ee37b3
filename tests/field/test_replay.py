"""Ten days of real publishing through the whole path, undisturbed and with kills. Runs where the captures are."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.field import replay
from tests.services.site import ROOT, Site

pytestmark = [
    pytest.mark.field,
    pytest.mark.skipif(not replay.is_available(), reason="needs the shared captures beside the checkout"),
]

START, UNTIL = replay.day("2025-08-24"), replay.day("2025-09-03")
_WATCH = """
from tests.field import replay, watch_list
watch_list.watch(replay.Replay({url!r}), "Claude.ai")
"""
_STATE = """
import json
from clauses.models import ChangeSet, Clause, Occurrence
from monitor.models import Fetch, Version
print(json.dumps({
    "fetches": [[f.source.url.split("/p/")[1], f.at.isoformat(), f.outcome]
                for f in Fetch.objects.select_related("source").order_by("at", "source")],
    "versions": [[v.document.slug, v.ordinal, v.cause, v.first_seen_at.isoformat(), v.text_sha256]
                 for v in Version.objects.select_related("document").order_by("document", "ordinal")],
    "changes": [[c.document.slug, c.new_version.ordinal, c.severity, c.direction, c.kind, c.headline, c.counts]
                for c in ChangeSet.objects.select_related("document", "new_version")
                         .order_by("document", "new_version__ordinal")],
    "clauses": [[o.clause.document.slug, o.first_version.ordinal, o.wording.sha256, o.classification.severity]
                for o in Occurrence.objects.select_related("clause__document", "first_version", "wording",
                         "classification").order_by("clause__document", "clause", "first_version__ordinal", "pk")],
}))
"""


def _lived_through(folder: Path, kill_before: set[int]) -> dict[str, Any]:
    """The end state of a site that fetched at every step, killed once at random before the steps named."""
    site = Site(folder)
    chance = random.Random(11)
    site.manage("migrate", "-v0")
    with replay.running(START) as server:
        site.shell(_WATCH.format(url=server.url))
        for number, moment in enumerate(replay.steps(START, UNTIL)):
            server.move_to(moment)
            if number in kill_before:
                _fetch_and_kill(site, moment, chance.uniform(0.8, 2.5))
            site.manage("fetch", "--at", moment.isoformat(), "--json")
    found: dict[str, Any] = json.loads(site.shell(_STATE).splitlines()[-1])
    return found


def _fetch_and_kill(site: Site, moment: datetime, seconds: float) -> None:
    command = [sys.executable, "manage.py", "fetch", "--at", moment.isoformat(), "--json"]
    process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _lived_through(tmp_path_factory.mktemp("undisturbed"), set())


def test_the_changes_of_late_august_are_recorded_once_each(undisturbed: dict[str, Any]) -> None:
    privacy = [row[2:4] for row in undisturbed["versions"] if row[0] == "privacy-policy"]
    assert [cause for cause, _ in privacy] == ["first", "publisher", "technical"]
    assert privacy[1][1][:10] in {"2025-08-28", "2025-08-29"}
    assert privacy[2][1][:10] in {"2025-09-01", "2025-09-02"}
    terms = [row[2:4] for row in undisturbed["versions"] if row[0] == "terms-of-service"]
    assert [cause for cause, _ in terms] == ["first", "publisher"]
    others = [row for row in undisturbed["versions"] if row[0] not in {"privacy-policy", "terms-of-service"}]
    assert {row[2] for row in others} == {"first"}


def test_the_retention_and_training_change_is_adverse_and_high(undisturbed: dict[str, Any]) -> None:
    rated = {(row[0], row[1]): row[2:5] for row in undisturbed["changes"]}
    assert rated["privacy-policy", 2] == [3, "adverse", "substantive"]


def test_three_kills_leave_the_same_end_state(undisturbed: dict[str, Any], tmp_path: Path) -> None:
    assert _lived_through(tmp_path, {3, 11, 17}) == undisturbed

"""One page through every way of failing, with a real change in between. Runs where the captures are.

bench/faults.py is the long form: many pages, faults mixed at random, against the same replay undisturbed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from clauses.models import Alert
from monitor.models import Document, Source, Version
from tests.field import fault_plan, faulty_run, replay

pytestmark = [
    pytest.mark.field,
    pytest.mark.django_db,
    pytest.mark.skipif(not replay.is_available(), reason="needs the shared captures beside the checkout"),
]

# The terms changed on August 29.
PAGE, START = "claude-ai-terms-of-service", replay.day("2025-08-19")
_SECONDS = 2


@pytest.fixture
def server(settings) -> Iterator[replay.Replay]:
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = _SECONDS
    with replay.running(START) as running:
        yield running


def _lived_through(server: replay.Replay) -> list[dict[str, Any]]:
    """Every attempt of a replay in which the page is whole, broken, whole, broken otherwise …"""
    faulty_run.watch(server, ["Claude.ai"], without_selectors=True)
    others = Document.objects.exclude(slug="terms-of-service")
    Source.objects.filter(document__in=others).delete()
    others.delete()
    modes = [mode for broken in fault_plan.MODES for mode in (fault_plan.HEALTHY, broken)]
    moments = [START + timedelta(hours=12) * step for step in range(len(modes) + 1)]
    lived = faulty_run.live(server, moments, [{PAGE: mode} for mode in [*modes, fault_plan.HEALTHY]])
    return [attempt for attempt in lived["attempts"] if attempt["page"]]


def test_a_page_that_fails_in_every_way_changes_once_and_alerts_once(server: replay.Replay) -> None:
    attempts = _lived_through(server)
    shown = {row["step"]: row["fingerprint"] for row in attempts if row["mode"] == fault_plan.HEALTHY}
    assert len(shown) == len(fault_plan.MODES) + 1

    assert [row for row in attempts if row["mode"] == fault_plan.HEALTHY and row["is_problem"]] == []
    passed = [
        (row["mode"], row["outcome"])
        for row in attempts
        if row["mode"] != fault_plan.HEALTHY
        and not row["is_problem"]
        and row["fingerprint"] not in {shown[row["step"] - 1], shown[row["step"] + 1]}
    ]
    assert passed == []

    versions = Version.objects.order_by("ordinal")
    assert [version.cause for version in versions] == ["first", "publisher"]
    assert f"{versions[1].first_seen_at:%m-%d}" in {"08-28", "08-29", "08-30"}
    assert Alert.objects.count() == 1

    # Unguarded, the page that drips takes ten minutes: the margin is for a busy machine.
    slow = [(row["mode"], row["seconds"]) for row in attempts if row["seconds"] > row["limit"] + 15]
    assert slow == []

"""Two weeks of real publishing through the whole path, undisturbed and with kills. Runs where the captures are.

bench/kills.py is the long form: 200 kills, of a running site and of a deployment's processes as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from tests.field import kill_runs, killing, replay

pytestmark = [
    pytest.mark.field,
    pytest.mark.skipif(not replay.is_available(), reason="needs the shared captures beside the checkout"),
]

MOMENTS = [
    datetime.fromisoformat(f"2025-{moment}:00+00:00")
    for moment in ("08-24T00", "08-29T00", "08-29T12", "08-30T00", "09-02T00", "09-02T12")
]


@pytest.fixture(scope="module")
def server() -> Iterator[replay.Replay]:
    with replay.running(MOMENTS[0]) as running:
        yield running


@pytest.fixture(scope="module")
def undisturbed(server: replay.Replay, tmp_path_factory: pytest.TempPathFactory) -> killing.Run:
    return kill_runs.by_command(tmp_path_factory.mktemp("undisturbed"), server, ["Claude.ai"], MOMENTS)


def _versions(run: killing.Run, slug: str) -> list[tuple[Any, Any]]:
    """Cause and first sight of the versions of a document."""
    return [(row[3], row[-2][:10]) for row in run.state["versions"] if row[1] == slug]


def test_the_changes_of_late_august_are_recorded_once_each(undisturbed: killing.Run) -> None:
    privacy = _versions(undisturbed, "privacy-policy")
    assert [cause for cause, _ in privacy] == ["first", "publisher", "technical"]
    assert privacy[1][1] in {"2025-08-28", "2025-08-29"}
    assert [cause for cause, _ in _versions(undisturbed, "terms-of-service")] == ["first", "publisher"]


def test_the_retention_and_training_change_is_adverse_and_high(undisturbed: killing.Run) -> None:
    rated = {(row[1], row[3]): row[4:7] for row in undisturbed.state["change sets"]}
    assert rated["privacy-policy", 2] == [3, "adverse", "substantive"]


def test_kills_leave_the_same_end_state(server: replay.Replay, undisturbed: killing.Run, tmp_path) -> None:
    killed = kill_runs.by_command(
        tmp_path, server, ["Claude.ai"], MOMENTS, undisturbed=undisturbed, kills=6, seed=3
    )
    assert len(killed.kills) >= 3
    assert killing.differences(undisturbed.state, killed.state) == []
    assert undisturbed.state["gaps"] == undisturbed.state["left behind"] == []

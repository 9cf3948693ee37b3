"""Replays that are lived through undisturbed or with kills: by the fetch command, and by a site that runs."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from tests.field import killing, replay
from tests.field.killing import Kill, Run
from tests.services import deployment, servers
from tests.services.site import ROOT, Site

# What a killed command had in hand is free again after that.
_CLAIM = {"CLAIM_SECONDS": "2"}
_CLAIMS_ARE_STALE = 3
# Fewer kills while nothing is in hand yet.
_MOST_OF_A_START = 0.7
_SETTLED_SECONDS = 240
# An import plans no reading.
_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
_ALL_DUE = "UPDATE monitor_document SET next_fetch_at = NULL, attempts = 0 WHERE NOT is_paused"
# A reading that was killed again and again is put off ever longer: the bench does not wait for that.
_PUT_OFF_DUE = (
    "UPDATE monitor_document SET next_fetch_at = NULL, attempts = 0 WHERE attempts > 1 AND NOT is_paused"
)
_WORKER = ("a worker with its pool", "a worker's main process", "a process of its pool")
_DEPLOYED = (*_WORKER, *_WORKER, "beat", "Redis")


class System(Protocol):
    """What a live replay asks of the processes of a site."""

    kinds: Sequence[str]

    def start(self) -> None:
        """Start what does not run."""

    def wait_for_start(self) -> None:
        """Until it would take up work."""

    def kill(self, kind: str) -> None:
        """End one of `kinds` at once."""


def by_command(
    folder: Path,
    server: replay.Replay,
    services: list[str],
    moments: Sequence[datetime],
    *,
    undisturbed: Run | None = None,
    kills: int = 0,
    seed: int = 0,
) -> Run:
    """`manage.py fetch --at` for each moment, on SQLite. With kills: ended at random over the time it took
    undisturbed, then run to its end."""
    site = Site(folder, **_CLAIM)
    site.manage("migrate", "-v0")
    killing.watch(site, server, services)
    draw, run = random.Random(seed), Run()
    for number, moment in enumerate(moments):
        server.move_to(moment)
        for _ in range(_share(kills, len(run.kills), len(moments) - number)):
            assert undisturbed
            seconds = draw.uniform(undisturbed.starting * _MOST_OF_A_START, undisturbed.seconds[number])
            command = ["fetch", "--at", moment.isoformat()]
            killed = _command_and_kill(site, command, seconds, moment, server)
            if killed is None:
                break
            run.kills.append(killed)
        run.seconds.append(_fetch(site, moment))
    if kills:
        time.sleep(_CLAIMS_ARE_STALE)
    # All is read: what is left is what starting takes, and analyses whose claims had to go stale first.
    run.starting = _fetch(site, moments[-1])
    run.state = killing.state(site, moments=True)
    return run


def _fetch(site: Site, moment: datetime) -> float:
    """Fetch to the end; the seconds it took."""
    started = time.monotonic()
    site.manage("fetch", "--at", moment.isoformat(), "--json")
    return time.monotonic() - started


def by_the_clock(
    live: tuple[Site, System, deployment.Inbox],
    server: replay.Replay,
    services: list[str],
    moments: Sequence[datetime],
    *,
    undisturbed: Run | None = None,
    kills: int = 0,
    seed: int = 0,
) -> Run:
    """A site that runs while the pages move on from moment to moment, each as soon as all work on the last is done.
    With kills: one process ended at random over the time a moment took undisturbed, and started again."""
    site, system, inbox = live
    killing.watch(site, server, services)
    draw, run = random.Random(seed), Run()
    for number, moment in enumerate(moments):
        server.move_to(moment)
        killing.change(site, _ALL_DUE)
        for _ in range(_share(kills, len(run.kills), len(moments) - number)):
            assert undisturbed
            longest = undisturbed.starting + undisturbed.seconds[number]
            run.kills.append(_run_and_kill(site, system, server, draw, longest))
        if kills:
            killing.change(site, _PUT_OFF_DUE)
        _start_and_wait(system, run)
        started = time.monotonic()
        servers.wait_until(lambda: _is_settled(site, system), _SETTLED_SECONDS, "the end of all work")
        run.seconds.append(time.monotonic() - started)
    run.state = killing.state(site, moments=False)
    run.letters = [str(message["Message-ID"]) for message in inbox.messages()]
    return run


def _is_settled(site: Site, system: System) -> bool:
    system.start()
    return killing.is_settled(site)


def _start_and_wait(system: System, run: Run) -> None:
    """Start what does not run; the first time, measure how long that takes."""
    started = time.monotonic()
    system.start()
    if not run.starting:
        system.wait_for_start()
        run.starting = time.monotonic() - started


def _run_and_kill(
    site: Site, system: System, server: replay.Replay, draw: random.Random, longest: float
) -> Kill:
    before = killing.in_hand(site, server)
    system.start()
    time.sleep(draw.uniform(0, longest))
    kind = draw.choice(system.kinds)
    system.kill(kind)
    after = killing.in_hand(site, server)
    if after.is_settled:
        # What is left of a moment's kills shall meet work, too.
        killing.change(site, _ALL_DUE)
    return Kill(kind, killing.under_way(before, after))


def _share(kills: int, done: int, moments_left: int) -> int:
    """How many of the kills fall on a moment."""
    return -(-(kills - done) // moments_left)


def _command_and_kill(
    site: Site, command: list[str], seconds: float, at: datetime, server: replay.Replay | None = None
) -> Kill | None:
    """Start a command that lives at a moment and kill it after so long; None where it came to its end before."""
    before = killing.in_hand(site, server, at=at)
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
        return None
    process.kill()
    process.wait()
    return Kill(command[0], killing.under_way(before, killing.in_hand(site, server, at=at)))


def by_import(
    folder: Path, archive: list[str], *, undisturbed: Run | None = None, kills: int = 0, seed: int = 0
) -> Run:
    """`manage.py import_ota` with the arguments of one archive, on SQLite; it goes on where it was killed.

    The kills are spread over the time it took undisturbed. What it prints at the end is part of the state.
    """
    site = Site(folder, **_CLAIM)
    site.manage("migrate", "-v0")
    draw, run = random.Random(seed), Run()
    for _ in range(kills):
        assert undisturbed
        longest = 2 * (undisturbed.seconds[0] - undisturbed.starting) / (kills + 1)
        seconds = undisturbed.starting + draw.uniform(0, longest)
        killed = _command_and_kill(site, ["import_ota", *archive], seconds, _BEFORE_ALL)
        if killed is None:
            break
        run.kills.append(killed)
    if kills:
        time.sleep(_CLAIMS_ARE_STALE)
    taken, printed = _import(site, archive)
    run.seconds.append(taken)
    # Now there is nothing left to do.
    run.starting, _ = _import(site, archive)
    run.state = killing.state(site, moments=True)
    run.state["report"] = sorted([line] for line in printed.splitlines())
    return run


def _import(site: Site, archive: list[str]) -> tuple[float, str]:
    """Import to the end; the seconds it took and what it printed."""
    started = time.monotonic()
    printed = site.manage("import_ota", *archive, "--json").stdout
    return time.monotonic() - started, printed

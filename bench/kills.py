"""Kill any process at random moments of a replay: nothing lost, nothing doubled, the same end state by content.

    var/environment/bin/python bench/kills.py --database sqlite --kills 200
    var/environment/bin/python bench/kills.py --database postgres --kills 200
    var/environment/bin/python bench/kills.py --database import --kills 20

On SQLite half of the kills fall on `manage.py fetch`, half on `manage.py up`; on PostgreSQL all fall on a Celery
worker (with or without its pool, or one process of the pool), beat or Redis. "import" kills `manage.py import_ota`,
which goes on where it was, over the raw captures of one service. Prints Markdown; exit code 1 where an end
state differs from the undisturbed one. Needs the captures beside the checkout. Some 20 minutes for each database.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.field import kill_runs, killable, killing, replay
from tests.field.killing import Run

_SERVICES = "Claude.ai,Replicate"
_IMPORTED = "Replicate"


def main() -> int:
    """Run, compare, print."""
    arguments = _arguments()
    start = replay.day(arguments.start)
    days = [start + timedelta(days=day) for day in range(0, arguments.days, arguments.stride)]
    started = time.monotonic()
    failed = False
    with replay.running(start) as server, tempfile.TemporaryDirectory(prefix="proviso-kills-") as folder:
        bench = _Bench(Path(folder), server, arguments.services.split(","), arguments.seed, arguments.keep)
        half = arguments.kills // 2
        if arguments.database == "import":
            failed |= bench.by_import(days, arguments.kills)
        elif arguments.database == "sqlite":
            # Each day twice, half a day apart: the second sight confirms what the first one showed.
            twice = [day + timedelta(hours=hours) for day in days for hours in (0, 12)]
            failed |= bench.by_command(twice, half)
            failed |= bench.by_the_clock("embedded", days, arguments.kills - half)
        else:
            failed |= bench.by_the_clock("deployed", days, arguments.kills)
    print(f"\nSeed {arguments.seed}, {time.monotonic() - started:.0f} s.")
    return int(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=["sqlite", "postgres", "import"], default="sqlite")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--services", default=_SERVICES, help="names, with commas")
    parser.add_argument("--start", default="2025-08-03")
    parser.add_argument("--days", type=int, default=124, help="how many days of publishing")
    parser.add_argument("--stride", type=int, default=5, help="days between two looks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default="", help="write states that differ into this folder")
    return parser.parse_args()


class _Bench:
    """The runs of one replay, each undisturbed and with kills."""

    def __init__(
        self, folder: Path, server: replay.Replay, services: list[str], seed: int, keep: str
    ) -> None:
        self._folder, self._server, self._services = folder, server, services
        self._seed, self._keep = seed, keep

    def by_command(self, moments: list[datetime], kills: int) -> bool:
        """The fetch command; whether the end states differ."""
        calm, killed = self._folder / "fetch-calm", self._folder / "fetch-killed"
        undisturbed = kill_runs.by_command(calm, self._server, self._services, moments)
        run = kill_runs.by_command(
            killed,
            self._server,
            self._services,
            moments,
            undisturbed=undisturbed,
            kills=kills,
            seed=self._seed,
        )
        return self._report("SQLite, `manage.py fetch`", undisturbed, run)

    def by_import(self, days: list[datetime], kills: int) -> bool:
        """The import of one service; whether the end states differ."""
        archive = self._folder / "snapshots.git"
        bundle = str(replay.SHARED / "data" / "ota-snapshots.bundle")
        subprocess.run(["git", "clone", "-q", "--bare", bundle, str(archive)], check=True)
        arguments = ["--snapshots", str(archive), "--declarations", str(replay.DECLARATIONS)]
        arguments += ["--service", _IMPORTED]
        arguments += ["--since", f"{days[0]:%Y-%m-%d}", "--until", f"{days[-1]:%Y-%m-%d}"]
        calm, killed = self._folder / "import-calm", self._folder / "import-killed"
        undisturbed = kill_runs.by_import(calm, arguments)
        run = kill_runs.by_import(killed, arguments, undisturbed=undisturbed, kills=kills, seed=self._seed)
        return self._report(f"SQLite, `manage.py import_ota`, {_IMPORTED}", undisturbed, run)

    def by_the_clock(self, kind: str, moments: list[datetime], kills: int) -> bool:
        """A running site; whether the end states differ."""
        opened: Any = {"embedded": killable.embedded, "deployed": killable.deployed}[kind]
        with opened(self._folder / f"{kind}-calm") as live:
            undisturbed = kill_runs.by_the_clock(live, self._server, self._services, moments)
        with opened(self._folder / f"{kind}-killed") as live:
            run = kill_runs.by_the_clock(
                live,
                self._server,
                self._services,
                moments,
                undisturbed=undisturbed,
                kills=kills,
                seed=self._seed,
            )
        title = {"embedded": "SQLite, `manage.py up`", "deployed": "PostgreSQL, Redis, Celery"}[kind]
        return self._report(title, undisturbed, run)

    def _report(self, title: str, undisturbed: Run, run: Run) -> bool:
        rows = killing.differences(undisturbed.state, run.state)
        sent = sum(row[-1] == "sent" for row in run.state["alerts"])
        print(f"\n## {title}\n")
        print(f"{len(run.kills)} kills over {len(run.seconds)} moments. {_size(run)}.")
        if run.letters:
            print(
                f"{sent} alerts sent; {len(run.letters)} letters arrived, "
                f"{run.doubled_letters} of them a second time under the same Message-ID."
            )
        print("\n| killed | what was under way | kills |")
        print("|---|---|---|")
        for (process, phase), count in sorted(Counter((k.process, k.phase) for k in run.kills).items()):
            print(f"| {process} | {phase} | {count} |")
        print(f"\nEnd state: {'equal' if not rows else f'{len(rows)} rows differ'}")
        for row in rows[:40]:
            print(f"* {row}")
        if rows and self._keep:
            name = f"{title.split(',', maxsplit=1)[0]}-{len(run.kills)}.json"
            Path(self._keep, name).write_text(json.dumps([undisturbed.state, run.state]))
        lost_letters = bool(run.letters) and len(set(run.letters)) != sent
        if lost_letters:
            print(f"* letters: {len(set(run.letters))} for {sent} alerts sent")
        return bool(rows) or lost_letters


def _size(run: Run) -> str:
    names = ("fetches", "snapshots", "versions", "change sets", "changes", "clauses", "alerts")
    return ", ".join(f"{len(run.state[name])} {name}" for name in names)


if __name__ == "__main__":
    sys.exit(main())

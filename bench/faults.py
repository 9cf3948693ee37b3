"""Every fault mode of the replay server, mixed at random into a replay, against the same replay undisturbed.

    var/environment/bin/python bench/faults.py

Prints Markdown; exit code 1 where a promise was not kept. Needs the captures beside the checkout. Some 15 minutes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.field import fault_plan, fault_verdict, replay
from tests.services.site import Site

_MAX_MB = 250
_SERVICES = "Claude.ai,Cursor,Replicate,Perplexity,GitHub Copilot"


def main() -> int:
    """Run both replays, compare, print."""
    arguments = _arguments()
    start = replay.day(arguments.start)
    moments = [start + timedelta(hours=arguments.hours) * step for step in range(arguments.steps)]
    services = arguments.services.split(",")
    started = time.monotonic()
    with (
        replay.running(start, validators=True) as server,
        tempfile.TemporaryDirectory(prefix="proviso-faults-") as folder,
    ):
        pages = [page["slug"] for page in server.pages() if page["service"] in services]
        modes = arguments.modes.split(",") if arguments.modes else fault_plan.MODES
        faults = fault_plan.plan(pages, len(moments), arguments.seed, arguments.chance, modes)
        healthy = [dict.fromkeys(pages, fault_plan.HEALTHY)] * len(moments)
        asked = {
            "url": server.url,
            "services": services,
            "without_selectors": arguments.without_selectors,
            "moments": [at.isoformat() for at in moments],
        }
        calm = _run(Path(folder) / "calm", asked | {"modes": healthy}, arguments.timeout)
        broken = _run(Path(folder) / "broken", asked | {"modes": faults}, arguments.timeout)
    if arguments.keep:
        Path(arguments.keep).write_text(json.dumps({"calm": calm, "broken": broken}))
    print(
        f"Seed {arguments.seed}: {len(pages)} pages, {len(moments)} steps of {arguments.hours} hours",
        end=", ",
    )
    print(f"{time.monotonic() - started:.0f} s.\n")
    return _report(calm, broken)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--services", default=_SERVICES, help="names, with commas")
    parser.add_argument("--start", default="2025-08-24")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--hours", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chance", type=float, default=0.12, help="that a healthy page breaks at a step")
    parser.add_argument("--modes", default="", help="only these modes, with commas")
    parser.add_argument(
        "--without-selectors", action="store_true", help="find the main part of each page by itself"
    )
    parser.add_argument("--timeout", type=int, default=5, help="FETCH_TIMEOUT_SECONDS")
    parser.add_argument("--keep", default="", help="write both results into this file, for a closer look")
    return parser.parse_args()


def _run(folder: Path, asked: dict[str, Any], timeout: int) -> dict[str, Any]:
    folder.mkdir()
    specification, result = folder / "specification.json", folder / "result.json"
    specification.write_text(json.dumps(asked))
    site = Site(folder, FETCH_TIMEOUT_SECONDS=str(timeout), LOG_LEVEL="ERROR")
    site.manage("migrate", "-v0")
    code = f"""
from pathlib import Path
from tests.field import faulty_run
faulty_run.run(Path({str(specification)!r}), Path({str(result)!r}))
"""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    subprocess.run(command, cwd=ROOT, env=site.environment, check=True)
    found: dict[str, Any] = json.loads(result.read_text())
    return found


def _report(calm: dict[str, Any], broken: dict[str, Any]) -> int:
    print("| mode | readings | outcomes | same text all the same | passed wrongly | slowest s | peak MB |")
    print("|---|---|---|---|---|---|---|")
    for mode, came in sorted(fault_verdict.by_mode(calm, broken).items()):
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in came.outcomes.most_common())
        cells = [mode, came.attempts, outcomes, came.all_the_same, came.accepted, came.slowest, came.peak_mb]
        print(f"| {' | '.join(str(cell) for cell in cells)} |")
    unexplained, explained = fault_verdict.missing_versions(calm, broken)
    peak = broken["peak_mb"]
    checks = {
        "wrong versions": fault_verdict.wrong_versions(calm, broken),
        "texts missing though shown whole twice": unexplained,
        "wrong, doubled or missing alerts": fault_verdict.wrong_alerts(calm, broken),
        "not healthy at the first reading after the fault": fault_verdict.not_healed(calm, broken),
        f"resident memory over {_MAX_MB} MB": [f"{peak} MB"] if peak > _MAX_MB else [],
        "readings over their time": fault_verdict.too_slow(broken),
    }
    print("\n| promise | broken |")
    print("|---|---|")
    for name, rows in checks.items():
        print(f"| {name} | {len(rows) or 'none'} |")
    versions = [len(result["state"]["versions"]) for result in (calm, broken)]
    alerts = [len(result["state"]["alerts"]) for result in (calm, broken)]
    print(
        f"\n{versions[0]} versions and {alerts[0]} alerts undisturbed, {versions[1]} and {alerts[1]} with faults;"
    )
    print(
        f"{explained} texts stood only while their page was broken. Peak {peak} MB ({calm['peak_mb']} undisturbed)."
    )
    accepted = fault_verdict.accepted_wrongly(calm, broken)
    for name, rows in [*checks.items(), ("passed wrongly", accepted)]:
        for row in rows[:40]:
            print(f"\n* {name}: {row}", end="")
    print()
    return int(any(checks.values()))


if __name__ == "__main__":
    sys.exit(main())

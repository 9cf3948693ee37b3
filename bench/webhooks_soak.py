"""Owed calls to webhooks, a receiver that fails in every way, workers killed at random: none lost, which ones twice?

    var/environment/bin/python bench/webhooks_soak.py --owed 2000 --kills 50
    var/environment/bin/python bench/webhooks_soak.py --owed 2000 --kills 50 --database postgres

A real receiver, a process of its own (`bench/failing_receiver.py`), answers 408, 429, 5xx, 403 or 410, hangs, cuts the
line before its answer or within it, and is away for a while. Celery workers, as they are deployed, call and are killed.

What is promised is at least once, with a delivery ID that is the same at every try. Prints Markdown; exit code 1 where
a call was lost or nobody was owed it, an ID came with two bodies, a signature did not hold, or a call that was taken
came again and neither a kill nor a cut answer was the reason.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.failing_receiver import GONE, NO, SECRET, TAKEN
from bench.soak_workers import Workers, environment, server_process
from tests.services.servers import free_port

_CHANGE_SETS = 20
_OF_A_PERSON = 10
_IN_WINDOW, _CUT, _OTHERWISE = "in the named window", "cut within the answer", "otherwise"


def main() -> int:
    """Owe, call, kill, count."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="proviso-soak-") as name, ExitStack() as stack:
        folder, port = Path(name), free_port()
        settings = {"CLAIM_SECONDS": "15", "WEBHOOKS_ALLOW_PRIVATE": "1"}
        stack.enter_context(environment(folder, arguments.database, **settings))
        _owe(arguments.owed, port)
        log = folder / "receiver.log"
        log.touch()
        hangs = max(2, arguments.kills // 10)
        leave = stack.enter_context(server_process("failing_receiver", port, log, arguments.seed, hangs))
        workers = Workers(arguments.database, folder, random.Random(arguments.seed + 1))
        stack.callback(workers.close)
        under_way: set[str] = set()
        workers.note_kill = lambda: under_way.update(_under_way())
        started = time.monotonic()
        workers.kill_while_owed(
            arguments.kills,
            arguments.owed,
            lambda: sum(call["way"] in TAKEN for call in _calls(log)),
            _cut_waits_short,
            leave,
        )
        return _report(arguments, _calls(log), under_way, workers, time.monotonic() - started)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--owed", type=int, default=200, help="how many calls are owed")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _owe(count: int, port: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from clauses import connecting, subscribing
    from clauses.models import Frequency, Webhook, WebhookDelivery, WebhookFormat
    from clauses.models.choices import SeverityLevel
    from monitor.models import Document
    from tests.builders import make_change_set, make_platform, make_user

    platform = make_platform()
    changes = [make_change_set(platform) for _ in range(_CHANGE_SETS)]
    Document.objects.update(is_paused=True)
    places = -(-count // _CHANGE_SETS)
    for number in range(places):
        if number % _OF_A_PERSON == 0:
            subscription = subscribing.subscribe(
                make_user(), platform, SeverityLevel.LOW, frequency=Frequency.NEVER
            )
        way = {10: GONE, 20: NO}.get(number % 25, "/hook/")
        form = WebhookFormat.SLACK if number % 4 == 3 else WebhookFormat.JSON
        webhook = connecting.connect(subscription, f"http://127.0.0.1:{port}{way}{number}", form)
        WebhookDelivery.objects.bulk_create(
            WebhookDelivery(webhook=webhook, change_set=change_set) for change_set in changes
        )
    Webhook.objects.update(secret=SECRET)


def _calls(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def _cut_waits_short() -> int:
    from clauses.models import AlertState, WebhookDelivery

    waiting = WebhookDelivery.objects.filter(state=AlertState.OWED)
    waiting.filter(next_try_at__isnull=False).update(next_try_at=None)
    return waiting.count()


def _under_way() -> set[str]:
    """The calls that somebody is at: a handful, of whoever was killed, or of another worker."""
    from clauses.models import AlertState, WebhookDelivery

    rows = WebhookDelivery.objects.filter(state=AlertState.OWED, claimed_at__isnull=False)
    return set(rows.values_list("key", flat=True))


def _repeats(calls: list[dict[str, Any]], under_way: set[str]) -> Counter[str]:
    """For each further call of a delivery that was taken before, why it came; killed: it was under way at a kill."""
    found: Counter[str] = Counter()
    taken: dict[str, dict[str, Any]] = {}
    for call in calls:
        before = taken.get(call["delivery"])
        if before:
            is_killed = call["delivery"] in under_way
            reason = _CUT if before["way"] == _CUT else _IN_WINDOW if is_killed else _OTHERWISE
            found[reason] += 1
        if call["way"] in TAKEN:
            taken[call["delivery"]] = call
    return found


def _report(
    arguments: argparse.Namespace,
    calls: list[dict[str, Any]],
    under_way: set[str],
    workers: Workers,
    seconds: float,
) -> int:
    from clauses.models import AlertState, WebhookDelivery

    rows = WebhookDelivery.objects.select_related("webhook")
    keys: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        place = next((way for way in (GONE, NO) if way in row.webhook.url), "")
        keys[place].add(row.key)
    states = Counter(rows.values_list("state", flat=True))
    taken = {call["delivery"] for call in calls if call["way"] in TAKEN}
    bodies: dict[str, set[str]] = defaultdict(set)
    for call in calls:
        bodies[call["delivery"]].add(call["digest"])
    wrong = set(bodies) - set().union(*keys.values())
    repeats = _repeats(calls, under_way)
    lost = keys[""] - taken
    differing = sum(len(found) > 1 for found in bodies.values())
    unsigned = sum(not call["is_signed"] for call in calls)
    ways = Counter(call["way"] for call in calls)
    print(f"| {arguments.database}, seed {arguments.seed} | |\n|---|---|")
    figures = {
        "calls owed": len(rows),
        "kills": f"{workers.killed.total()} ({', '.join(f'{kind} {n}' for kind, n in workers.killed.items())})",
        "workers that gave up by themselves, and were started again": workers.restarted,
        "to receivers that are gone or say no": len(keys[GONE]) + len(keys[NO]),
        "of them given up, or dropped with their webhook": states[AlertState.FAILED]
        + states[AlertState.DROPPED],
        "taken": f"{len(taken & keys[''])} of {len(keys[''])}",
        "lost": len(lost),
        "made although nobody was owed them": len(wrong),
        "calls in all": len(calls),
        "again after they were taken, in the named window": repeats[_IN_WINDOW],
        "again after they were taken, as the answer was cut": repeats[_CUT],
        "again after they were taken, otherwise": repeats[_OTHERWISE],
        "calls under way at a kill": len(under_way),
        "an ID with two bodies": differing,
        "signatures that do not hold": unsigned,
        "minutes": f"{seconds / 60:.1f}",
        "what the receiver did": ", ".join(f"{way} {count}" for way, count in sorted(ways.items())),
    }
    for name, value in figures.items():
        print(f"| {name} | {value} |")
    is_right = not (lost or wrong or differing or unsigned or repeats[_OTHERWISE])
    is_right &= states[AlertState.SENT] == len(keys[""]) and not states[AlertState.OWED]
    is_right &= workers.killed.total() == arguments.kills
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())

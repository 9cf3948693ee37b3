"""Owed mails, a mail server that fails in every way, and workers killed at random: none lost, which ones doubled?

    var/environment/bin/python bench/alerts_soak.py --owed 10000 --kills 200
    var/environment/bin/python bench/alerts_soak.py --owed 10000 --kills 200 --database postgres

A real SMTP server, a process of its own (`bench/failing_mail_server.py`), says "not now" at the greeting, the recipient
or the message, "never" to some mailboxes, "not you", hangs, drops the line after the message, with or without keeping
it, and is away for a while. Celery workers, as they are deployed (`bench/soak_workers.py`), send and are killed. Some
of the mails are digests. Waits between tries are cut short.

Prints Markdown; exit code 1 where a mail was lost, sent although nobody was owed it, or doubled otherwise than in the
one named window (its sender was killed after the server had it and before that was on record) or by a server that kept
it and dropped the line before it said so. Which of the two it was, the server's own record of its sessions says.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.failing_mail_server import GONE
from bench.soak_workers import Workers, environment, server_process
from tests.services.servers import free_port

_CHANGE_SETS = 20
# Of so many people, one gets digests and two have a mailbox that refuses.
_PEOPLE = 20
_IN_A_DIGEST = 3


def main() -> int:
    """Owe, send, kill, count."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="proviso-soak-") as name, ExitStack() as stack:
        folder, port = Path(name), free_port()
        settings = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port), "EMAIL_USE_TLS": "0"}
        # Above the ten seconds after which a hanging server is left.
        settings |= {"CLAIM_SECONDS": "15", "MAILS_AN_HOUR": "1000000"}
        stack.enter_context(environment(folder, arguments.database, **settings))
        owed = _owe(arguments.owed)
        log = folder / "server.log"
        hangs = max(2, arguments.kills // 10)
        server = server_process("failing_mail_server", port, log, arguments.seed, hangs)
        leave = stack.enter_context(server)
        workers = Workers(arguments.database, folder, random.Random(arguments.seed + 1))
        stack.callback(workers.close)
        started = time.monotonic()
        record = Record(log)
        workers.kill_while_owed(arguments.kills, arguments.owed, record.progress, _cut_waits_short, leave)
        record.read()
        return _report(arguments, record, owed, workers, time.monotonic() - started)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--owed", type=int, default=300, help="how many mails are owed")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


@dataclass
class Owed:
    """The Message-IDs of the mails owed, by whether their mailboxes exist."""

    mails: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)


class Record:
    """What the server wrote down so far."""

    def __init__(self, path: Path) -> None:
        self.kept: list[tuple[str, int]] = []
        self.quit: set[int] = set()
        self.cut: set[int] = set()
        self.did: Counter[str] = Counter()
        path.touch()
        self._file = path.open()

    def read(self) -> None:
        """Read on."""
        for line in self._file:
            found = json.loads(line)
            if found["event"] == "kept":
                self.kept.append((found["id"], found["session"]))
            elif found["event"] == "did":
                self.did[found["what"]] += 1
            else:
                getattr(self, found["event"]).add(found["session"])

    def progress(self) -> int:
        """How many messages the server has, with repeats."""
        self.read()
        return len(self.kept)

    def repeats(self) -> Counter[str]:
        """For each further time that a message was kept, how the session before it had ended."""
        ends: Counter[str] = Counter()
        before: dict[str, int] = {}
        for name, session in self.kept:
            if name in before:
                ends[self._end(before[name])] += 1
            before[name] = session
        return ends

    def _end(self, session: int) -> str:
        if session in self.cut:
            return "cut by the server"
        return "finished" if session in self.quit else "killed"


def _owe(count: int) -> Owed:
    """Owe so many mails, some of them digests."""
    import django

    django.setup()
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from clauses import alerting, subscribing
    from clauses.models import Alert, Frequency, Recipient
    from monitor.models import Document
    from tests.builders import make_change_set, make_platform

    platform = make_platform()
    changes = [make_change_set(platform) for _ in range(_CHANGE_SETS)]
    Document.objects.update(is_paused=True)
    left, number = count, 0
    while left > 0:
        number += 1
        is_digest = number % _PEOPLE == 3
        kind = {14: GONE[0], 19: GONE[1]}.get(number % _PEOPLE, "reader-")
        recipient = Recipient.objects.create(own_address=f"{kind}{number}@example.org")
        frequency = Frequency.DAILY if is_digest else Frequency.INSTANT
        row = subscribing.begin(recipient, subscribing.Wish(platform=platform, frequency=frequency))
        told = changes[: _IN_A_DIGEST if is_digest else min(left, _CHANGE_SETS)]
        Alert.objects.bulk_create(
            Alert(recipient=recipient, subscription=row, change_set=change_set, frequency=frequency)
            for change_set in told
        )
        left -= 1 if is_digest else len(told)
    Alert.objects.filter(frequency=Frequency.DAILY).update(owed_at=timezone.now() - timedelta(days=2))
    alerting.bundle(timezone.now())
    return _named()


def _named() -> Owed:
    from clauses.mail.writing import message_id
    from clauses.models import Alert, Digest, Frequency

    owed = Owed()
    alerts = Alert.objects.filter(digest=None).select_related("recipient", "change_set")
    mails: list[tuple[str, Any]] = [(row.change_set.public_id, row) for row in alerts]
    mails += [(Frequency(row.frequency).value, row) for row in Digest.objects.select_related("recipient")]
    for kind, mail in mails:
        names = owed.refused if mail.recipient.own_address.startswith(GONE) else owed.mails
        names.add(message_id(kind, mail))
    return owed


def _cut_waits_short() -> int:
    """Let what failed be tried again at once; how many mails are owed."""
    from clauses.models import Alert, AlertState, Digest

    owed = 0
    for rows in (Alert.objects.filter(digest=None), Digest.objects.all()):
        waiting = rows.filter(state=AlertState.OWED)
        waiting.filter(next_try_at__isnull=False).update(next_try_at=None)
        owed += waiting.count()
    return owed


def _report(
    arguments: argparse.Namespace, record: Record, owed: Owed, workers: Workers, seconds: float
) -> int:
    from clauses.models import Alert, AlertState, Digest

    times = Counter(name for name, _ in record.kept)
    states = Counter(Alert.objects.filter(digest=None).values_list("state", flat=True))
    states += Counter(Digest.objects.values_list("state", flat=True))
    lost, wrong = owed.mails - set(times), set(times) - owed.mails
    repeats = record.repeats()
    kills = ", ".join(f"{name} {count}" for name, count in workers.killed.items())
    print(f"| {arguments.database}, seed {arguments.seed} | |\n|---|---|")
    rows = {
        "mails owed": len(owed.mails) + len(owed.refused),
        "kills": f"{workers.killed.total()} ({kills})",
        "workers that gave up by themselves, and were started again": workers.restarted,
        "to mailboxes that refuse for ever, given up": f"{states[AlertState.FAILED]} of {len(owed.refused)}",
        "delivered": f"{len(owed.mails & set(times))} of {len(owed.mails)}",
        "lost": len(lost),
        "delivered although nobody was owed them": len(wrong),
        "delivered more than once": sum(count > 1 for count in times.values()),
        "again, in the named window": repeats["killed"],
        "again, as the server kept it and dropped the line": repeats["cut by the server"],
        "again otherwise": repeats["finished"],
        "delivered three times or more": sum(count > 2 for count in times.values()),
        "minutes": f"{seconds / 60:.1f}",
        "what the server did": ", ".join(f"{name} {count}" for name, count in sorted(record.did.items())),
    }
    for name, value in rows.items():
        print(f"| {name} | {value} |")
    is_right = not lost and not wrong and not repeats["finished"]
    is_right &= workers.killed.total() == arguments.kills
    is_right &= states == Counter({AlertState.SENT: len(owed.mails), AlertState.FAILED: len(owed.refused)})
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())

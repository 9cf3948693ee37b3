"""Owed mails, a mail server that fails in every way, and workers killed at random: none lost, which ones doubled?

    var/environment/bin/python bench/alerts_soak.py --owed 10000 --kills 200
    var/environment/bin/python bench/alerts_soak.py --owed 300 --kills 20 --database postgres

A real SMTP server on loopback accepts, says "not now" (at the recipient or the message), says "never" to some
recipients, hangs, drops the connection after the message, and is away for a while. Three processes send; one of them
is killed again and again. A fifth of the people get a digest. Waits between tries are cut short.

Prints Markdown; exit code 1 where a mail was lost, sent although nobody was owed it, or doubled otherwise than in the
one named window (accepted by the server, and its sender killed before that was on record) or by a server that kept it
and went away before it said so. Some 20 minutes for the long run.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from aiosmtpd.controller import Controller

from tests.failing_mail_server import Server
from tests.services.servers import free_port, postgres

_SENDERS = 3
_CHANGE_SETS = 20
# From the longest slow yes to its commit.
_WINDOW_SECONDS = 1


def main() -> int:
    """Owe, send, kill, count."""
    arguments = _arguments()
    if arguments.nursery:
        return _start_senders()
    with tempfile.TemporaryDirectory(prefix="proviso-soak-") as folder, ExitStack() as stack:
        port = free_port()
        os.environ.update(_settings(folder, port))
        if arguments.database == "postgres":
            os.environ["DATABASE_URL"] = stack.enter_context(postgres())
        owed, gone = _owe(arguments.owed)
        server = Server(random.Random(arguments.seed), max(2, arguments.kills // 10))
        started = time.monotonic()
        kills = _run(server, port, len(owed), arguments.kills, random.Random(arguments.seed + 1))
        return _report(arguments, server, owed, gone, kills, time.monotonic() - started)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--owed", type=int, default=300, help="how many alerts are owed")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nursery", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _settings(folder: str, port: int) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PROVISO_ENVIRONMENT_IS_READY": "1",
        "VAR_DIR": folder,
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(port),
        "EMAIL_USE_TLS": "0",
        # Above the ten seconds after which a hanging server is left.
        "CLAIM_SECONDS": "15",
        "MAILS_AN_HOUR": "1000000",
    }


def _send_for_ever() -> None:
    """What a sender does until it is killed."""
    from datetime import timedelta

    from django.utils import timezone

    from clauses.delivering import send_all

    while True:
        send_all(timezone.now() + timedelta(minutes=5))
        time.sleep(0.2)


def _start_senders() -> int:
    """Fork a sender for each line that comes in, and say its process ID: a start from nothing would take seconds."""
    import django

    django.setup()
    from clauses import delivering  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _send_for_ever()
        print(child, flush=True)
    return 0


class _Senders:
    """Processes that send, each in a place of its own."""

    def __init__(self, count: int) -> None:
        self._nursery = subprocess.Popen(
            [sys.executable, __file__, "--nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._running = [self._born() for _ in range(count)]

    def _born(self) -> int:
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write("one\n")
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline())

    def replace(self, place: int) -> None:
        """Kill one at once, and start another."""
        os.kill(self._running[place], signal.SIGKILL)
        self._running[place] = self._born()

    def end(self) -> None:
        """Kill all."""
        for sender in self._running:
            os.kill(sender, signal.SIGKILL)
        self._nursery.kill()
        self._nursery.wait()


def _owe(count: int) -> tuple[set[str], set[str]]:
    """Owe so many alerts; the Message-IDs of all mails owed, and of those to mailboxes that do not exist."""
    import django

    django.setup()
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from clauses import alerting, subscribing
    from clauses.mail.writing import message_id
    from clauses.models import Alert, Digest, Frequency, Recipient
    from tests.builders import make_change_set, make_platform

    platform = make_platform()
    changes = [make_change_set(platform) for _ in range(min(_CHANGE_SETS, count))]
    for number in range(-(-count // len(changes))):
        kind = "gone" if number % 15 == 14 else "reader"
        recipient = Recipient.objects.create(own_address=f"{kind}-{number}@example.org")
        frequency = Frequency.DAILY if number % 5 == 3 else Frequency.INSTANT
        row = subscribing.begin(recipient, subscribing.Wish(platform=platform, frequency=frequency))
        Alert.objects.bulk_create(
            Alert(recipient=recipient, subscription=row, change_set=change_set, frequency=frequency)
            for change_set in changes
        )
    Alert.objects.filter(frequency=Frequency.DAILY).update(owed_at=timezone.now() - timedelta(days=2))
    alerting.bundle(timezone.now())
    owed: set[str] = set()
    gone: set[str] = set()
    alerts = Alert.objects.filter(digest=None).select_related("recipient", "change_set")
    mails: list[tuple[str, Any]] = [(row.change_set.public_id, row) for row in alerts]
    mails += [(Frequency(row.frequency).value, row) for row in Digest.objects.select_related("recipient")]
    for kind, mail in mails:
        names = gone if mail.recipient.own_address.startswith("gone-") else owed
        names.add(message_id(kind, mail))
    return owed, gone


def _run(server: Server, port: int, owed_count: int, kill_count: int, chance: random.Random) -> list[float]:
    """Send until nothing is owed any more, with kills on the way; the moments of the kills."""
    controller = _listening(server, port)
    senders = _Senders(_SENDERS)
    kills: list[float] = []
    # Killed by progress, each in turn: a process that only starts has nothing to lose.
    step = max(3, owed_count * 2 // 3 // max(1, kill_count))
    try:
        while _cut_waits_short():
            time.sleep(chance.uniform(0.05, 0.3))
            if len(kills) >= kill_count or len(server.accepted) < step * (len(kills) + 1):
                continue
            kills.append(time.time())
            senders.replace(len(kills) % _SENDERS)
            if len(kills) % 7 == 3:
                controller.stop()
                server.did["away"] += 1
                server.away_at.append(time.time())
                time.sleep(chance.uniform(0.2, 1))
                controller = _listening(server, port)
    finally:
        senders.end()
        controller.stop()
    return kills


def _listening(server: Server, port: int) -> Controller:
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    return controller


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
    arguments: argparse.Namespace,
    server: Server,
    owed: set[str],
    gone: set[str],
    kills: list[float],
    seconds: float,
) -> int:
    from clauses.models import Alert, AlertState, Digest

    times = Counter(name for name, _, _ in server.accepted)
    first = {name: at for name, _, at in reversed(server.accepted)}
    twice = [name for name, count in times.items() if count > 1]
    moments = sorted(first[name] for name in twice)
    dropped = [at for at in moments if any(0 <= away - at < _WINDOW_SECONDS for away in server.away_at)]
    in_window = _in_window([at for at in moments if at not in dropped], kills)
    states = Counter(Alert.objects.filter(digest=None).values_list("state", flat=True))
    states += Counter(Digest.objects.values_list("state", flat=True))
    lost, wrong = owed - set(times), set(times) - owed
    print(
        f"| {arguments.database}, {len(kills)} kills, seed {arguments.seed}, {seconds:.0f} s | |\n|---|---|"
    )
    rows = {
        "mails owed": len(owed) + len(gone),
        "to mailboxes that do not exist, given up": f"{states[AlertState.FAILED]} of {len(gone)}",
        "delivered": len(owed & set(times)),
        "lost": len(lost),
        "delivered although nobody was owed them": len(wrong),
        "delivered twice": len(twice),
        "of them in the named window": in_window,
        "of them kept by a server that left before its yes": len(dropped),
        "delivered three times or more": sum(count > 2 for count in times.values()),
        "what the server did": ", ".join(f"{name} {count}" for name, count in sorted(server.did.items())),
    }
    for name, value in rows.items():
        print(f"| {name} | {value} |")
    is_right = not lost and not wrong and in_window + len(dropped) == len(twice)
    is_right &= states == Counter({AlertState.SENT: len(owed), AlertState.FAILED: len(gone)})
    return 0 if is_right else 1


def _in_window(accepted: list[float], kills: list[float]) -> int:
    """How many of these moments were followed at once by a kill; each kill, which ends one sender, accounts for one."""
    left = sorted(kills)
    found = 0
    for at in accepted:
        kill = next((kill for kill in left if 0 <= kill - at < _WINDOW_SECONDS), None)
        if kill is not None:
            left.remove(kill)
            found += 1
    return found


if __name__ == "__main__":
    sys.exit(main())

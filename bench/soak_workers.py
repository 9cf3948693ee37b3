"""Celery workers that a soak kills: real processes, as they are deployed, started by a fork as a start takes seconds.

On SQLite a worker is the one process of `manage.py up`: web, worker and beat, with its transport in memory. On
PostgreSQL it is `celery worker` with a pool of two processes beside beat and Redis, as the compose file has it.
A nursery loads the program once and forks, so that two hundred starts fit into minutes; what a fork then runs is the
command of a deployment, from its own checks and migrations on.
"""

from __future__ import annotations

import os
import random
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.services.servers import ended, postgres, redis
from tests.services.site import descendants, kill

_QUEUES = "fetch,render,analyze,alert"
_WORKERS = {"sqlite": 1, "postgres": 2}
_UP, _WHOLE, _POOL = "the one process of `up`", "a worker with its pool", "a process of a pool"
# A site of one process is killed whole. Where a pool is, its main process fills the gap at once, which a start cannot.
_KINDS = {"sqlite": (_UP,), "postgres": (_WHOLE, _POOL, _POOL)}


@contextmanager
def server_process(name: str, *arguments: object) -> Iterator[Callable[[], None]]:
    """A server of this folder as a process of its own; what makes it leave for a while."""
    command = [sys.executable, "-m", f"bench.{name}", *map(str, arguments)]
    with ended(subprocess.Popen(command, cwd=ROOT)) as process:
        yield lambda: process.send_signal(signal.SIGUSR1)


@contextmanager
def environment(folder: Path, database: str, **settings: str) -> Iterator[None]:
    """The settings of a site in this process and all it starts, with the servers that a deployment has."""
    with ExitStack() as stack:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings",
            PROVISO_ENVIRONMENT_IS_READY="1",
            VAR_DIR=str(folder),
            SITE_URL="https://proviso.example",
            SWEEP_SECONDS="1",
            LOG_LEVEL="ERROR",
            **settings,
        )
        if database == "postgres":
            os.environ.update(
                SECRET_KEY=secrets.token_urlsafe(50),
                DATABASE_URL=stack.enter_context(postgres()),
                REDIS_URL=stack.enter_context(redis()),
                ALLOWED_HOSTS="127.0.0.1",
                SECURE_COOKIES="0",
            )
        yield


class Workers:
    """The workers of a site, each in a place of its own, and beat where it is a process."""

    def __init__(self, database: str, folder: Path, chance: random.Random) -> None:
        self.killed: Counter[str] = Counter()
        self.restarted = 0
        # Looks at what was under way, after a kill and before its place is filled.
        self.note_kill: Callable[[], None] = lambda: None
        self._database, self._chance = database, chance
        self._stack = ExitStack()
        self._log = self._stack.enter_context((folder / "workers.log").open("a"))
        self._nursery = self._started(__file__, database, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._running = [self._born() for _ in range(_WORKERS[database])]
        if database == "postgres":
            beat = ("-m", "celery", "-A", "config", "beat", "-s", str(folder / "beat"))
            self._started(*beat, stdout=subprocess.DEVNULL)

    def _started(self, *arguments: str, **streams: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, stderr=self._log, text=True, **streams
        )
        return self._stack.enter_context(ended(process))

    def _born(self) -> int:
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write("one\n")
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline())

    def kill(self) -> None:
        """End one process at once, by its ID, and see that its place is filled."""
        place = self._chance.randrange(len(self._running))
        worker = self._running[place]
        pool = descendants(worker)
        kind = self._chance.choice(_KINDS[self._database])
        if kind == _POOL and pool:
            kill(self._chance.choice(pool))
            self.note_kill()
        else:
            kind = _KINDS[self._database][0]
            kill(worker, *pool)
            _wait_for_end(worker)
            self.note_kill()
            self._running[place] = self._born()
        self.killed[kind] += 1

    def kill_while_owed(
        self,
        kills: int,
        owed: int,
        progress: Callable[[], int],
        still_owed: Callable[[], int],
        leave: Callable[[], None],
    ) -> None:
        """Kill so often until nothing is owed any more, and have the server leave now and then.

        By progress, how many of the owed have arrived: a process that only starts has nothing to lose.
        """
        step = max(1, owed * 3 // 4 // kills)
        look_at = 0.0
        while True:
            time.sleep(self._chance.uniform(0.05, 0.3))
            if time.monotonic() > look_at:
                if not still_owed():
                    break
                look_at = time.monotonic() + 1
            done = self.killed.total()
            if not self.is_whole() or done >= kills or progress() < step * (done + 1):
                continue
            self.kill()
            if done % 7 == 3:
                # Not at once: what a kill does and what the server does shall be told apart.
                time.sleep(1)
                leave()
        # The last goodbyes.
        time.sleep(2)

    def is_whole(self) -> bool:
        """Whether every worker runs, with its whole pool where it has one: killing what only starts shows nothing.

        A main process that loses one of its pool at the start gives up, and is started again, as the compose file does.
        """
        for place, worker in enumerate(self._running):
            if not Path(f"/proc/{worker}").exists():
                self.restarted += 1
                self._running[place] = self._born()
        if self._database == "sqlite":
            return True
        return all(len(descendants(worker)) >= 2 for worker in self._running)

    def close(self) -> None:
        """End all."""
        for worker in self._running:
            kill(worker, *descendants(worker))
        self._stack.close()


def _wait_for_end(pid: int) -> None:
    # Its lock on the site's folder goes with it, which the next one needs.
    while Path(f"/proc/{pid}").exists():
        time.sleep(0.01)


def _nurse(database: str) -> None:
    """Fork a worker for each line that comes in, and say its process ID."""
    import django

    django.setup()
    from celery.bin import worker  # noqa: F401

    from clauses import analysis, calling, delivering  # noqa: F401
    from config import embedded, urls  # noqa: F401
    from config.celery import app  # noqa: F401

    # Nobody waits for those that are killed.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for number, _ in enumerate(sys.stdin):
        child = os.fork()
        if child == 0:
            _work(database, number)
        print(child, flush=True)


def _work(database: str, number: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    if database == "sqlite":
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", "up", "--port", "0"])
    else:
        from config.celery import app

        app.worker_main(["worker", "-Q", _QUEUES, "-c", "2", "-n", f"soak-{number}@%h"])
    os._exit(0)


if __name__ == "__main__":
    _nurse(sys.argv[1])

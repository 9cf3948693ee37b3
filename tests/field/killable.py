"""The processes of a site that a kill may fall on: the embedded one, and those of a deployment."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.services import deployment, servers
from tests.services.site import Running, Site, descendants, kill

_WHOLE, _MAIN, _POOL = "a worker with its pool", "a worker's main process", "a process of its pool"
_BEAT, _REDIS = "beat", "Redis"


class Embedded:
    """`manage.py up` on SQLite."""

    kinds = ("up",)

    def __init__(self, site: Site) -> None:
        self._site = site
        self._running: Running | None = None
        self._stack = ExitStack()

    def start(self) -> None:
        """Start it, if it does not run."""
        if self._running is None:
            self._running = self._stack.enter_context(self._site.process("manage.py", "up", "--port", "0"))

    def wait_for_start(self) -> None:
        """Until it serves."""
        assert self._running
        self._running.wait_for("Proviso is at ")

    def kill(self, kind: str) -> None:
        """End it at once."""
        assert self._running
        self._running.kill()
        self._running = None

    def close(self) -> None:
        """End it."""
        self._stack.close()


class Deployed:
    """A Celery worker and beat, with Redis between them. The web process has no part in this."""

    kinds = (_WHOLE, _WHOLE, _MAIN, _MAIN, _POOL, _POOL, _BEAT, _REDIS)

    def __init__(self, site: Site, redis_port: int) -> None:
        self._site, self._redis_port = site, redis_port
        self._running: dict[str, Running] = {}
        self._redis: subprocess.Popen[Any] | None = None
        self._orphans: set[int] = set()
        self._stack = ExitStack()

    def start(self) -> None:
        """Start what does not run."""
        self._redis = self._redis or servers.start_redis(self._redis_port)
        for name, starting in (("worker", deployment.worker), (_BEAT, deployment.beat)):
            running = self._running.get(name)
            # A worker ends by itself where Redis goes at the wrong moment; the compose file has it restarted.
            if running is None or running.process.poll() is not None:
                self._running[name] = self._stack.enter_context(starting(self._site))

    def wait_for_start(self) -> None:
        """Until the worker takes messages."""
        self._running["worker"].wait_for("ready.")

    def kill(self, kind: str) -> None:
        """End one of `kinds` at once."""
        if kind == _REDIS:
            self._end_redis()
            return
        name = _BEAT if kind == _BEAT else "worker"
        process = self._running[name].process
        pool = descendants(process.pid)
        if kind == _POOL:
            # The main process fills the gap; the message in hand is lost.
            kill(*pool[:1])
            return
        kill(process.pid, *(pool if kind == _WHOLE else []))
        process.wait()
        self._orphans.update(pool)
        del self._running[name]

    def close(self) -> None:
        """End everything, pools without their main process as well."""
        self._stack.close()
        kill(*(pid for pid in self._orphans if _is_worker(pid)))
        self._end_redis()

    def _end_redis(self) -> None:
        if self._redis:
            self._redis.kill()
            self._redis.wait()
            self._redis = None


def _is_worker(pid: int) -> bool:
    with suppress(OSError):
        return b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


@contextmanager
def embedded(folder: Path) -> Iterator[tuple[Site, Embedded, deployment.Inbox]]:
    """An embedded site with an SMTP server."""
    with deployment.smtp() as (port, inbox):
        settings = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port), "EMAIL_USE_TLS": "0"}
        site = Site(folder, **settings)
        site.manage("migrate", "-v0")
        system = Embedded(site)
        try:
            yield site, system, inbox
        finally:
            system.close()


@contextmanager
def deployed(folder: Path) -> Iterator[tuple[Site, Deployed, deployment.Inbox]]:
    """A deployment on PostgreSQL."""
    with servers.postgres() as database, deployment.smtp() as (port, inbox):
        redis_port = servers.free_port()
        site = Site(folder, **deployment.deployed(database, f"redis://127.0.0.1:{redis_port}/0", port))
        site.manage("migrate", "-v0")
        system = Deployed(site, redis_port)
        try:
            yield site, system, inbox
        finally:
            system.close()

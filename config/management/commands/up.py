"""`manage.py up`: the whole site on this machine, in one process."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from clauses import analysis, calling, delivering, proposing, samples
from clauses.accounts import first_administrator_link
from clauses.management.one_line import OneLineCommand
from config import embedded
from config.own_address import note_address
from monitor import watching
from monitor.samples import loading

_MAX_PORT = 65_535


class Command(OneLineCommand):
    """Prepares what is missing, then serves web, worker and beat until it is told to stop."""

    help = (
        "Serve web, worker and beat in one process; migrate and load the samples first where that is needed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument(
            "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
        )
        parser.add_argument("--port", type=_port, default=8000, help="port to listen on; 0 picks a free one")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until Ctrl-C or SIGTERM."""
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, _stop)
        with _only_one(settings.VAR_DIR / "up.lock"):
            # Taken before the long work: a port in use is said at once.
            server = self._bind(options["host"], options["port"])
            self._prepare()
            address = f"http://{options['host']}:{server.effective_port}"
            if "SITE_URL" not in os.environ:
                # Links in mails and feeds lead to where this process listens.
                settings.SITE_URL = address
                note_address(settings.VAR_DIR, address)
            link = first_administrator_link(address)
            if link:
                self._say(f"Sign in as the first administrator, once, at:\n  {link}")
            with embedded.background():
                self._say(f"Proviso is at {address}/ (Ctrl-C stops it)")
                try:
                    server.run()
                except SystemExit:
                    pass
                finally:
                    self._say("Stopping")
                    server.close()
        self._say("Stopped; everything is kept")

    def _prepare(self) -> None:
        with self._step("Database"):
            call_command("migrate", verbosity=0, interactive=False)
        # What a killed process had in hand is free again: this one holds the lock, so no other is at work.
        watching.release_all()
        analysis.release_all()
        delivering.release_all()
        calling.release_all()
        if loading.is_wanted():
            with self._step("Sample platforms"):
                loading.load()
                analysis.analyze_pending()
                proposing.propose_pending()
                samples.attach_news()

    def _bind(self, host: str, port: int) -> Any:
        try:
            return embedded.web_server(host, port)
        except (OSError, ValueError) as error:
            raise CommandError(
                f"cannot listen on {host}:{port} ({error}); choose another with --port"
            ) from error

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self._say(f"{name} ready in {time.monotonic() - started:.1f} s")

    def _say(self, line: str) -> None:
        self.stderr.write(line)
        self.stderr.flush()


def _port(value: str) -> int:
    port = int(value)
    if not 0 <= port <= _MAX_PORT:
        raise ArgumentTypeError(f"a port is a number from 0 to {_MAX_PORT}")
    return port


def _stop(_: int, __: FrameType | None) -> None:
    raise SystemExit(0)


@contextmanager
def _only_one(file: Path) -> Iterator[None]:
    """Hold the lock of this site's folder: two processes on it would each run the sweeps."""
    with file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError(
                f"this site is already running (it holds {file.name} in {file.parent})"
            ) from None
        yield

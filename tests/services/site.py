"""A site under test: its own folder, its own settings, its processes started as an operator starts them."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import psycopg

from tests.services.servers import ended, wait_until

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """Commands and processes with one environment."""

    def __init__(self, folder: Path, **settings: str) -> None:
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.folder = folder
        self.environment = {
            **keep,
            "VAR_DIR": str(folder),
            "PROVISO_ENVIRONMENT_IS_READY": "1",
            "FETCH_ALLOW_PRIVATE": "1",
            "WEBHOOKS_ALLOW_PRIVATE": "1",
            "FETCH_HOST_DISTANCE_SECONDS": "0",
            "SWEEP_SECONDS": "1",
            "CLAIM_SECONDS": "5",
            "CONFIRM_AFTER_MINUTES": "0",
            "MAILS_AN_HOUR": "1000",
            **settings,
        }

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; an assertion error with what it said where it must not fail and does."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        if check and done.returncode:
            raise AssertionError(f"{command[1:]} failed:\n{done.stderr[-3000:]}")
        return done

    def shell(self, code: str) -> str:
        """Run a few lines of Python inside the site; what they print."""
        return self.manage("shell", "-v0", "-c", code).stdout.strip()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of one SELECT, asked of the database itself: starting a process for each look takes seconds."""
        url = self.environment.get("DATABASE_URL")
        opened: Any = (
            psycopg.connect(url) if url else sqlite3.connect(self.folder / "proviso.sqlite3", timeout=20)
        )
        with closing(opened) as connection:
            return list(connection.execute(sql).fetchall())

    @contextmanager
    def process(self, *command: str) -> Iterator[Running]:
        """A process that runs with the block."""
        arguments = [sys.executable, *command]
        process = subprocess.Popen(
            arguments,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        with ended(process):
            yield Running(process)

    @contextmanager
    def up(self) -> Iterator[Running]:
        """The embedded site, serving."""
        with self.process("manage.py", "up", "--port", "0") as running:
            running.wait_for("Proviso is at ")
            yield running


class Running:
    """A process whose lines on standard error are read as they come, so that it never blocks on them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        assert process.stderr
        self._reader = threading.Thread(target=self._read, args=(process.stderr,), daemon=True)
        self._reader.start()

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in iter(stream.readline, ""):
                self.lines.append(line.rstrip("\n"))

    def wait_for(self, words: str, seconds: float = 60) -> str:
        """The first line that holds some words."""

        def found() -> Any:
            if self.process.poll() is not None and not any(words in line for line in self.lines):
                raise AssertionError("the process ended:\n" + "\n".join(self.lines[-30:]))
            return next((line for line in list(self.lines) if words in line), None)

        return str(wait_until(found, seconds, f"the line with {words!r}"))

    @property
    def address(self) -> str:
        """Where an embedded site serves."""
        line = self.wait_for("Proviso is at ")
        return line.split("Proviso is at ")[1].split("/ ")[0]

    def kill(self) -> None:
        """End it at once. What it started lives on."""
        self.process.kill()
        self.process.wait(timeout=20)

    def kill_all(self) -> None:
        """End it and all that it started, as a power cut does."""
        started = descendants(self.process.pid)
        self.kill()
        kill(*started)


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and theirs."""
    started: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # The name in brackets may hold spaces; what follows it does not.
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            started.setdefault(parent, []).append(int(folder.name))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        waiting = [child for parent in waiting for child in started.get(parent, [])]
        found += waiting
    return found


def kill(*pids: int) -> None:
    """End processes at once."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

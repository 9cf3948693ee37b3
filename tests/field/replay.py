"""The real captures beside a checkout, served over HTTP as of a clock that the caller moves."""

from __future__ import annotations

import atexit
import json
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.services.servers import free_port

SHARED = Path(__file__).resolve().parents[3] / "shared"
SERVER = SHARED / "tools" / "replay_server.py"
BUNDLE = SHARED / "data" / "ota-snapshots.bundle"
DECLARATIONS = SHARED / "data" / "ota-declarations"


def is_available() -> bool:
    """Whether the captures are there: a user's checkout has none."""
    return SERVER.exists()


@dataclass(frozen=True)
class Replay:
    """A running server."""

    url: str

    def pages(self) -> list[dict[str, Any]]:
        """Every page: slug, service, terms, source address, first and last day."""
        found: list[dict[str, Any]] = json.loads(self._get("/"))
        return found

    def move_to(self, moment: datetime) -> None:
        """Set the clock."""
        self._post("/clock", {"now": moment.isoformat()})

    def break_page(self, slug: str, mode: str) -> None:
        """Let a page fail in one of the server's ways; "none" mends it."""
        self._post("/faults", {"slug": slug, "mode": mode})

    def requests(self) -> list[dict[str, Any]]:
        """Every request for a page since the start: moment, slug, status, mode."""
        found: list[dict[str, Any]] = json.loads(self._get("/requests"))
        return found

    def _get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return bytes(answer.read())

    def _post(self, path: str, value: dict[str, str]) -> None:
        request = urllib.request.Request(self.url + path, json.dumps(value).encode())
        urllib.request.urlopen(request, timeout=60).close()


@cache
def repository() -> Path:
    """The captures as a repository, unpacked once a process: that takes half a minute, a clone of it a moment."""
    folder = tempfile.TemporaryDirectory(prefix="captures-")
    atexit.register(folder.cleanup)
    unpacked = Path(folder.name) / "captures.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", BUNDLE, unpacked], check=True)
    return unpacked


@contextmanager
def running(start: datetime, *, validators: bool = False) -> Iterator[Replay]:
    """A server of its own on a free port, ended with the block. With `validators` it sends ETags and answers 304."""
    port = free_port()
    command = [sys.executable, str(SERVER), "--port", str(port), "--start", start.isoformat()]
    command += ["--bundle", str(repository())]
    command += ["--validators"] * validators
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        line = process.stderr.readline() if process.stderr else ""
        if "pages on" not in line:
            raise RuntimeError(f"the replay server did not start: {line}")
        yield Replay(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=30)
        if process.stderr:
            process.stderr.close()


def steps(start: datetime, until: datetime, hours: int = 12) -> Iterator[datetime]:
    """The moments of a replay."""
    moment = start
    while moment <= until:
        yield moment
        moment += timedelta(hours=hours)


def day(text: str) -> datetime:
    """Midnight UTC of an ISO day."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slugify(name: str) -> str:
    """The server's way to make a slug of a name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")

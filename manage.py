#!/usr/bin/env python3
"""The one command of the project: builds the locked environment where it is missing, then runs what was asked in it.

Runs on a plain Python 3.11 with pip: no venv module, no installed package. What it writes is below ./var/.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
ENVIRONMENT = VAR / "environment"
STAMP = ENVIRONMENT / "installed.json"
TOOLS = VAR / "tools"

LOCKS = {
    "run": ROOT / "requirements.lock",
    "test": ROOT / "tests" / "requirements.lock",
}
# The test lock holds the run lock as well, so an environment built for tests also runs the site.
COVERED = {"run": ("run",), "test": ("run", "test")}


class BootstrapError(Exception):
    """The environment could not be built; the message says what to do."""


def main() -> int:
    """Run the command line; the exit code of what was asked."""
    kind = "test" if sys.argv[1:2] == ["test"] else "run"
    if not _is_inside() and not os.environ.get("PROVISO_ENVIRONMENT_IS_READY"):
        try:
            _build(kind)
        except BootstrapError as error:
            print(f"manage.py: {error}", file=sys.stderr)
            return 1
        except OSError as error:
            print(f"manage.py: {VAR} cannot be used: {error.strerror or error}", file=sys.stderr)
            return 1
        python = str(ENVIRONMENT / "bin" / "python")
        os.execv(python, [python, str(ROOT / "manage.py"), *sys.argv[1:]])
    return _run_tests(sys.argv[2:]) if kind == "test" else _run_command()


def _is_inside() -> bool:
    """Whether this interpreter is the environment's, with everything installed that the command needs."""
    kind = "test" if sys.argv[1:2] == ["test"] else "run"
    return Path(sys.prefix).resolve() == ENVIRONMENT.resolve() and _is_current(kind)


def _run_command() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.env import SettingError

    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        _say(f"manage.py: {error}")
        return 1
    return 0


def _run_tests(arguments: list[str]) -> int:
    import pytest

    return int(pytest.main(arguments or _in_processes()))


def _in_processes() -> list[str]:
    """Options for all tests: in as many processes as there are processors, four at most; a file whole in one.

    In the order in which they are collected, which has the longest first.
    """
    count = min(4, len(os.sched_getaffinity(0)))
    return ["-n", str(count), "--dist", "loadfile", "--no-loadscope-reorder"] if count > 1 else []


def _fingerprint(kind: str) -> str:
    return hashlib.sha256(LOCKS[kind].read_bytes() + sys.version.encode()).hexdigest()


def _is_current(kind: str) -> bool:
    try:
        installed = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    return isinstance(installed, dict) and installed.get(kind) == _fingerprint(kind)


def _build(kind: str) -> None:
    if sys.version_info < (3, 11):
        raise BootstrapError("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    if _is_current(kind):
        return
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "environment.lock").open("w") as lock:
        # Two commands started together build once: the second waits here and finds the work done.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_current(kind):
            _install(kind)


def _install(kind: str) -> None:
    started = time.monotonic()
    _say("Building the environment (first run, or the lock has changed)")
    STAMP.unlink(missing_ok=True)
    uv = _installer()
    if not (ENVIRONMENT / "bin" / "python").exists():
        _call([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(ENVIRONMENT)])
    target = ["--python", str(ENVIRONMENT / "bin" / "python")]
    _call([uv, "pip", "sync", "--quiet", "--require-hashes", *target, str(LOCKS[kind])])
    STAMP.write_text(json.dumps({name: _fingerprint(name) for name in COVERED[kind]}))
    _say(f"Environment ready in {time.monotonic() - started:.1f} s")


def _installer() -> str:
    """Path of uv. pip's --target works where the system's own packages may not be touched."""
    binary = TOOLS / "bin" / "uv"
    if not binary.exists():
        lock = str(ROOT / "config" / "bootstrap.lock")
        options = ["--quiet", "--no-deps", "--disable-pip-version-check", "--root-user-action=ignore"]
        pip = [sys.executable, "-m", "pip", "install", *options]
        _call([*pip, "--require-hashes", "--upgrade", "--target", str(TOOLS), "-r", lock])
    return str(binary)


def _call(command: list[str]) -> None:
    # The system's certificates: behind a private authority the bundled ones are not enough.
    environment = {**os.environ, "UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never"}
    environment.pop("VIRTUAL_ENV", None)
    done = subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        step = " ".join(Path(command[0]).name.split() + command[1:3])
        raise BootstrapError(
            f"building the environment failed at '{step}': {reason}. Is the package index reachable?"
        )


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        _say("Stopped")
        sys.exit(130)

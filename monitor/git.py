"""Running git so that it does nothing but what it is asked for, whatever a repository or the environment says."""

from __future__ import annotations

import os
import shutil
import subprocess

# What a folder's own configuration could have git run or fetch: none of it is needed to read objects.
_QUIET = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OPTIONS = ["-c", "safe.directory=*", "-c", "core.hooksPath=" + os.devnull, "-c", "core.fsmonitor=false"]


class RepositoryError(ValueError):
    """A repository that cannot be read or written; in one line."""


def run(*arguments: str, given: bytes = b"", protocols: str = "none", seconds: float | None = None) -> bytes:
    """What git prints. Raises RepositoryError where it fails, and TimeoutExpired where it takes longer.

    `protocols` are those by which it may reach another repository, between colons.
    """
    done = finished(*arguments, given=given, protocols=protocols, seconds=seconds)
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RepositoryError(f"git: {lines[-1] if lines else 'failed without a word'}")
    return done.stdout


def finished(
    *arguments: str, given: bytes = b"", protocols: str = "none", seconds: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The process as it ended, well or not."""
    return subprocess.run(  # noqa: S603 - no shell, and what a user wrote comes after "--"
        command(*arguments),
        input=given,
        capture_output=True,
        check=False,
        env=environment(protocols),
        timeout=seconds,
    )


def command(*arguments: str) -> list[str]:
    """The command line. Raises RepositoryError where there is no git."""
    program = shutil.which("git")
    if program is None:
        raise RepositoryError("git is not installed, and there are no repositories without it")
    return [program, *_OPTIONS, *arguments]


def environment(protocols: str) -> dict[str, str]:
    """Nothing that the environment says about git, and only these ways to reach another repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, **_QUIET, "GIT_ALLOW_PROTOCOL": protocols}

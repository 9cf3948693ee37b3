"""Running a command of manage.py as another program would: in a process of its own, with no database to reach."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NO_DATABASE = "postgres://nobody:nothing@127.0.0.1:1/none"


def run(
    *arguments: str, standard_input: bytes = b"", folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The finished command. Standard output and error are bytes."""
    environment = {**os.environ, "DATABASE_URL": NO_DATABASE, "PYTHONIOENCODING": "utf-8:strict"}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(
        command, input=standard_input, cwd=folder or ROOT, env=environment, capture_output=True, check=False
    )


def refusal(*arguments: str, standard_input: bytes = b"", folder: Path | None = None) -> str:
    """The one line on standard error of a command that refuses: nothing on standard output, exit code 1."""
    done = run(*arguments, standard_input=standard_input, folder=folder)
    lines = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (1, b"", 1), lines[-3:]
    return lines[0]

"""What every command does, whatever it is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.clauses.management.running import NO_DATABASE, ROOT


def test_a_reader_that_has_seen_enough_ends_a_command_without_a_traceback(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = (json.dumps({"text": f"We keep photo number {number} for 30 days."}) for number in range(2000))
    questions.write_text("\n".join(lines))
    with questions.open("rb") as asked:
        command = subprocess.Popen(
            [sys.executable, "manage.py", "classify", "--json-lines"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": NO_DATABASE},
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    assert command.stdout
    assert command.stderr
    assert b"types" in command.stdout.readline()
    command.stdout.close()
    said = command.stderr.read()
    command.stderr.close()
    assert command.wait() == 1
    assert said == b""

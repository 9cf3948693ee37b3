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


def test_a_database_without_tables_is_one_line_that_says_what_to_run(tmp_path: Path) -> None:
    service = {"terms": {"Terms": {"fetch": "https://larkspur.example/terms"}}}
    (tmp_path / "Larkspur.json").write_text(json.dumps(service))
    done = subprocess.run(
        [sys.executable, "manage.py", "import_ota", "--declarations", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'fresh.sqlite3'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "CommandError: the database has no tables yet: run `manage.py up` or `manage.py migrate` first"
    )

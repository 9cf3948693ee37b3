"""The client in docs/api.md holds its types, and keeps a copy of a running site."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from clauses import faulting
from tests.builders import make_change_set, make_user
from tests.clauses.api.asking import secret_of

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (text,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "api.md").read_text(), re.DOTALL)
    path = tmp_path_factory.mktemp("example") / "mirror.py"
    path.write_text(text)
    return path


def test_the_example_is_typed_and_clean(example: Path) -> None:
    for command in (
        ["mypy", "--strict", "--config-file="],
        ["ruff", "check", "--isolated"],
    ):
        done = subprocess.run(
            [str(Path(sys.executable).parent / command[0]), *command[1:], str(example)],
            cwd=example.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def run(example: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(example), *arguments], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.django_db(transaction=True)
def test_the_example_keeps_a_copy_that_converges(
    example: Path, live_server: Any, tmp_path: Path, settings: Any
) -> None:
    settings.PRIVATE_SITE = True
    token = secret_of(make_user("ada"))
    made = [make_change_set() for _ in range(3)]
    folder = tmp_path / "copy"
    asked = (live_server.url, str(folder), token)
    assert run(example, *asked) == "3 events"
    assert {file.stem for file in folder.glob("*.json")} == {row.public_id for row in made}
    copied = json.loads((folder / f"{made[0].public_id}.json").read_text())
    assert (copied["headline"], copied["changes"][0]["redline"][0][0]) == (made[0].headline, "=")
    assert run(example, *asked) == "0 events"
    faulting.rule(made[1], is_real=False, reason="Half.", by=make_user(), at=timezone.now())
    late = make_change_set()
    assert run(example, *asked) == "2 events"
    kept = {made[0].public_id, made[2].public_id, late.public_id}
    assert {file.stem for file in folder.glob("*.json")} == kept

"""`manage.py extract`: the text that would be stored, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from monitor.models import Version
from tests.builders import make_version, page
from tests.clauses.management.running import run

MAIN = "<h2>Data</h2><p>We keep “it” for <b>30</b> days.</p><ul><li>Photos of parcels</li><li>Maps</li></ul>"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "terms.html"
    path.write_bytes(page(MAIN))
    return path


@pytest.mark.django_db
def test_it_prints_the_text_a_capture_of_the_page_stores(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version: Version = make_version(None, MAIN)
    call_command("extract", str(file), "--select", "main")
    assert capsys.readouterr().out == version.text + "\n"


def test_markdown_marks_headings_and_lists(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("extract", str(file), "--markdown")
    lines = capsys.readouterr().out.splitlines()
    assert "## Data" in lines
    assert any(line.lstrip("-* ") == "Maps" and line != "Maps" for line in lines)


def test_a_process_prints_utf_8_and_needs_no_database(file: Path) -> None:
    done = run("extract", str(file), "--remove", "ul")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == ["Data", "We keep “it” for 30 days."]

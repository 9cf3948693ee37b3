"""The table of docs/security.md: every lesson has its test, and every test that it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_LINES = (ROOT / "docs" / "security.md").read_text().splitlines()
_ROWS = [line for line in _LINES if line.startswith("| ") and not line.endswith("| tests |")]
# The rows of research on peers, by the IDs that name them.
LESSONS = """
CVE-2023-24769 CVE-2024-23329 CVE-2024-32651 CVE-2024-34061 CVE-2024-51483 CVE-2024-51998 CVE-2024-56509 CVE-2025-52558
CVE-2025-62780 CVE-2026-25527 CVE-2026-27645 CVE-2026-29038 CVE-2026-27696 GHSA-rph4 GHSA-56fq GHSA-hm22 GHSA-gwph
GHSA-jrxm CVE-2026-29039 CVE-2026-33981 CVE-2026-29065 GHSA-8757 CVE-2026-35490 GHSA-vwgh GHSA-3v57 GHSA-4j9m GHSA-mh42
"""


@pytest.mark.parametrize("lesson", LESSONS.split())
def test_every_lesson_has_a_row_with_a_test(lesson: str) -> None:
    rows = [row for row in _ROWS if lesson in row.split("|")[1]]
    assert len(rows) == 1
    assert _TEST.search(rows[0])


def test_every_row_names_a_test() -> None:
    assert [row for row in _ROWS if not _TEST.search(row)] == []


def test_every_test_that_is_named_exists() -> None:
    named = [found for row in _ROWS for found in _TEST.findall(row)]
    assert len(named) > 40
    gone = [f"{file}::{name}" for file, name in named if name not in _functions(ROOT / file)]
    assert gone == []


def _functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text()) if path.exists() else ast.Module(body=[], type_ignores=[])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}

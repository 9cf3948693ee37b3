"""Names of files from names that may hold anything."""

from __future__ import annotations

import pytest

from monitor.core.archive_names import free_name, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "-..-etc-passwd"),
        (".git", "git"),
        ("\u200c.git", "git"),
        ("git~1", "git-1"),
        ("a\nb\tc\0", "a b c"),
        ('x"y\\z', "x-y-z"),
        ("Terms #2", "Terms -2"),
        ("con", "con -"),
        ("Café", "Café"),
        ("..", "otherwise"),
        ("///", "otherwise"),
        ("\u202e", "otherwise"),
        ("é" * 200, "é" * 60),
    ],
)
def test_any_name_becomes_a_files(name: str, safe: str) -> None:
    assert safe_name(name, "otherwise") == safe


def test_a_name_that_is_taken_gets_a_mark() -> None:
    assert free_name("Terms", "D-00002", ["x/terms", "TERMS"]) == "Terms (D-00002)"
    assert free_name("Terms", "D-00002", ["Privacy"]) == "Terms"

"""`manage.py analyze`: the JSON other programs read, exact to the character, with no database in reach."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.clauses.management.running import run

PAGE = """<html lang="en"><head><title>Fernbank terms</title></head><body><main><h1>Terms</h1>
<p>These terms are effective 4 March 2031.</p>
<h2>Data</h2><p>We keep your “photos” 😀 and  labels for 30&nbsp;days after you close your account.</p>
<ul><li>You must be at least 16 years old to ride.</li></ul>
<table><tr><th>Record</th><th>Kept for</th></tr><tr><td>Invoices</td><td>10 years</td></tr></table>
</main></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "terms.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


def analyzed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    call_command("analyze", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_the_document_has_the_promised_keys(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = analyzed(capsys, str(page))
    assert list(found) == ["title", "language", "effective_on", "text_sha256", "clauses"]
    assert (found["title"], found["language"], found["effective_on"]) == (
        "Fernbank terms",
        "en",
        "2031-03-04",
    )
    for index, clause in enumerate(found["clauses"]):
        assert list(clause) == [
            "index",
            "heading_path",
            "text",
            "sha256",
            "types",
            "severity",
            "confidence",
            "reasons",
            "facts",
            "candidates",
            "number",
        ]
        assert clause["index"] == index
        assert clause["severity"] in {"high", "medium", "low", "none"}
        assert clause["confidence"] in {"high", "medium", "low"}
    assert any(clause["reasons"] for clause in found["clauses"])


def test_every_quote_stands_where_it_is_said_to_stand(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked = 0
    for clause in analyzed(capsys, str(page))["clauses"]:
        for match in clause["types"]:
            assert list(match) == ["slug", "score", "basis", "evidence"]
            assert 0 < match["score"] <= 1
            for words in match["evidence"]:
                assert clause["text"][words["start"] : words["end"]] == words["text"]
                checked += 1
        for fact in clause["facts"]:
            keys = ["kind", "value", "unit", "normalized", "subject", "condition", "quote", "start", "end"]
            assert list(fact) == keys
            assert clause["text"][fact["start"] : fact["end"]] == fact["quote"]
            checked += 1
        for reason in clause["reasons"]:
            assert list(reason) == ["code", "points", "quote"]
            assert reason["quote"] in clause["text"]
    assert checked > 5


def test_figures_come_in_days_years_and_iso_dates(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = [fact for clause in analyzed(capsys, str(page))["clauses"] for fact in clause["facts"]]
    found = {(fact["kind"], fact["normalized"]) for fact in facts}
    assert {("retention", 30), ("minimum_age", 16), ("effective_date", "2031-03-04")} <= found


def test_the_hash_is_that_of_the_text_that_extract_prints(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = analyzed(capsys, str(page))
    call_command("extract", str(page))
    text = capsys.readouterr().out.removesuffix("\n")
    assert found["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert all(clause["text"] in text for clause in found["clauses"])


def test_the_same_file_gives_the_same_bytes_and_needs_no_database(page: Path) -> None:
    first, second = run("analyze", str(page), "--json"), run("analyze", str(page), "--json")
    assert (first.returncode, first.stderr) == (0, b"")
    assert first.stdout == second.stdout
    assert json.loads(first.stdout.decode())["clauses"]


def test_only_what_is_selected_and_not_removed_is_read(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = analyzed(capsys, str(page), "--select", "main", "--remove", "table", "--remove", "ul")
    assert not any(word in clause["text"] for clause in found["clauses"] for word in ("Invoices", "16 years"))
    assert any("photos" in clause["text"] for clause in found["clauses"])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.md", None), ("a.txt", "markdown"), ("a.unknown", "markdown"), ("a.html", "markdown")],
)
def test_the_content_type_is_by_name_unless_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, kind: str | None
) -> None:
    (tmp_path / name).write_text("# Data\n\nWe keep your **photos** for 30 days.\n", encoding="utf-8")
    said = ["--content-type", kind] if kind else []
    (clause,) = analyzed(capsys, str(tmp_path / name), *said)["clauses"]
    assert (clause["heading_path"], clause["text"]) == (["Data"], "We keep your photos for 30 days.")


def test_for_people_it_prints_every_clause(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("analyze", str(page))
    out = capsys.readouterr().out
    assert "Fernbank terms" in out
    assert "30" in out
    assert "data_retention" in out


def test_people_read_the_reasons_and_the_figures_of_a_clause(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("analyze", str(page))
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert any(line.startswith("-1 kept_at_most_90_days: “") for line in lines)
    assert any(line.startswith("retention: 30 days – “") for line in lines)

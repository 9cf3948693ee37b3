"""Five real texts about one platform's feedback and retention terms. Runs where they are."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from clauses.file_reports import analysis
from monitor.files import read_file
from tests.field.replay import SHARED

SEEDS = SHARED / "seeds"
pytestmark = [
    pytest.mark.field,
    pytest.mark.skipif(not SEEDS.exists(), reason="needs the shared texts beside the checkout"),
]


@cache
def _read(number: str) -> dict[str, Any]:
    file = next(SEEDS.glob(f"{number}_*.txt"))
    found: dict[str, Any] = json.loads(json.dumps(analysis(read_file(str(file)))))
    return found


def _facts(number: str, kind: str) -> list[dict[str, Any]]:
    return [fact for clause in _read(number)["clauses"] for fact in clause["facts"] if fact["kind"] == kind]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_piece_of_evidence_is_a_slice_of_its_clause(number: str) -> None:
    clauses = _read(number)["clauses"]
    assert clauses
    for clause in clauses:
        spans = [words for match in clause["types"] for words in match["evidence"]]
        spans += [fact | {"text": fact["quote"]} for fact in clause["facts"]]
        for words in spans:
            assert clause["text"][words["start"] : words["end"]] == words["text"]


def test_feedback_rights_are_found_in_the_record() -> None:
    found = [c for c in _read("000")["clauses"] if any(t["slug"] == "feedback_rights" for t in c["types"])]
    assert any("use the Feedback however we choose" in clause["text"] for clause in found)


def test_text_without_line_breaks_has_clauses_under_its_headings() -> None:
    read = _read("001")
    headings = {heading for clause in read["clauses"] for heading in clause["heading_path"]}
    assert read["effective_on"] == "2025-10-08"
    assert len(read["clauses"]) > 60
    for section in ("1. Collection of Personal Data", "4. Rights and Choices", "12. "):
        assert any(heading.startswith(section) for heading in headings), section


def test_the_announcement_gives_thirty_days_five_years_and_the_day_to_decide_by() -> None:
    assert {30.0, 1825.0} <= {fact["normalized"] for fact in _facts("002", "retention")}
    assert {fact["normalized"] for fact in _facts("002", "deadline")} == {"2025-09-28"}


def test_the_help_article_gives_each_period_with_its_subject() -> None:
    retention = {fact["normalized"]: fact for fact in _facts("004", "retention")}
    assert {28.0, 90.0, 730.0, 2555.0, 3650.0} <= set(retention)
    assert all(retention[days]["subject"] for days in (28.0, 90.0, 730.0, 2555.0, 3650.0))
    assert "business" in retention[28.0]["condition"]

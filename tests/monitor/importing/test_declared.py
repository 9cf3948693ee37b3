from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.importing.declared import NoDeclarations, read_declarations

TERMS = json.dumps({"name": "Larkspur", "terms": {"Terms": {"fetch": "https://larkspur.example/terms"}}})
OLD = [{"fetch": "https://larkspur.example/old", "validUntil": "2024-01-01"}]


@pytest.mark.parametrize("inside", ["", "declarations"])
def test_services_are_read_from_a_folder_or_its_declarations(tmp_path: Path, inside: str) -> None:
    folder = tmp_path / inside
    folder.mkdir(exist_ok=True)
    (folder / "Lark & Sons.eu.json").write_text(TERMS)
    (folder / "Lark & Sons.eu.history.json").write_text(json.dumps({"Terms": OLD}))
    (folder / "Lark & Sons.eu.filters.js").write_text("x")
    (folder / "README.md").write_text("x")
    (folder / "other.json").mkdir()
    services, problems = read_declarations(str(tmp_path))
    assert list(services) == ["Lark & Sons.eu"]
    assert len(services["Lark & Sons.eu"].terms["Terms"].declarations) == 2
    assert problems == []


def test_a_closed_service_has_a_history_alone(tmp_path: Path) -> None:
    (tmp_path / "Larkspur.history.json").write_text(json.dumps({"Terms": OLD}))
    services, _ = read_declarations(str(tmp_path))
    assert services["Larkspur"].terms["Terms"].current is None


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[1]", b""])
def test_a_file_that_cannot_be_read_leaves_the_others(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "Broken.json").write_bytes(content)
    (tmp_path / "Larkspur.json").write_text(TERMS)
    services, problems = read_declarations(str(tmp_path))
    assert list(services["Larkspur"].terms) == ["Terms"]
    assert all(problem.startswith("Broken.json") for problem in problems)
    assert (len(problems), "Broken" in services) in {(1, False), (0, True)}


def test_a_folder_without_declarations_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoDeclarations):
            read_declarations(str(folder))

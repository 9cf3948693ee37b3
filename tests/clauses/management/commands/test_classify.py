"""`manage.py classify`: a line of JSON in, a line of JSON out; a bad line is named, and nothing is a traceback."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.clauses.management.running import refusal, run

TEXT = "We keep your photos for 30 days."


@pytest.fixture
def classify(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def classified(*lines: object) -> list[dict[str, Any]]:
        body = b"".join(
            line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines
        )
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(body), encoding="utf-8"))
        call_command("classify", "--json-lines")
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return classified


def test_every_line_is_answered_in_order(classify: Any) -> None:
    first, second, third = classify({"text": TEXT}, {"text": ""}, {"text": "Nice weather today."})
    assert list(first) == ["types", "severity", "confidence", "reasons", "facts", "candidates"]
    assert first["types"][0]["slug"] == "data_retention"
    for words in first["types"][0]["evidence"]:
        assert TEXT[words["start"] : words["end"]] == words["text"]
    assert first["facts"][0]["normalized"] == 30
    assert second["types"] == third["types"] == []


def test_blank_lines_are_passed_over_and_windows_line_ends_are_fine(classify: Any) -> None:
    body = json.dumps({"text": TEXT}).encode()
    assert len(classify(b"\xef\xbb\xbf" + body + b"\r\n", b"\r\n", b"  \n", body)) == 2


def test_line_separators_inside_of_a_text_do_not_end_the_line(classify: Any) -> None:
    (found,) = classify('{"text": "We keep your photos\u2028 for 30 days.\x85"}\n'.encode())
    assert "\u2028" in found["types"][0]["evidence"][0]["text"]


def test_half_of_a_surrogate_pair_is_answered(classify: Any) -> None:
    assert len(classify(b'{"text": "We keep your \\ud800 photos for 30 days."}\n')) == 1


def test_the_context_is_read_where_it_is_given(classify: Any) -> None:
    bare, under = classify(
        {"text": "30 days."}, {"text": "30 days.", "heading_path": ["How long we keep your data"]}
    )
    assert bare["types"] != under["types"]


BAD = {
    "no JSON": b"We keep it.\n",
    "half": b'{"text": "We keep\n',
    "a list": b'["text"]\n',
    "a string": b'"text"\n',
    "null": b"null\n",
    "no text": b'{"words": "We keep it."}\n',
    "a number": b'{"text": 30}\n',
    "null text": b'{"text": null}\n',
    "a bad path": b'{"text": "We keep it.", "heading_path": "Data"}\n',
    "a bad header": b'{"text": "We keep it.", "header": [1]}\n',
    "a bad intro": b'{"text": "We keep it.", "intro": ["x"]}\n',
    "not UTF-8": b'{"text": "We keep \xff\xfe it."}\n',
    "too deep": b"[" * 100_000 + b"\n",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_named_in_one_line(classify: Any, name: str) -> None:
    with pytest.raises(CommandError, match="line 2") as refused:
        classify({"text": TEXT}, BAD[name])
    assert "\n" not in str(refused.value)


def test_a_process_prints_json_lines_alone_and_needs_no_database() -> None:
    body = (json.dumps({"text": TEXT + " “Always” 😀."}, ensure_ascii=False) + "\n").encode()
    done = run("classify", "--json-lines", standard_input=body * 2)
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = done.stdout.decode().splitlines()
    assert first == second
    assert run("classify", standard_input=b"").stdout == b""


def test_a_process_refuses_bytes_that_are_no_utf_8() -> None:
    assert "line 1" in refusal("classify", standard_input=BAD["not UTF-8"])

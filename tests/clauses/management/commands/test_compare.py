"""`manage.py compare`: the change set between two files as JSON, its redlines byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.clauses.management.running import run

OLD = """<html><body><main><h2>Data</h2><p>We keep your photos for 30 days after the ride.</p>
<p>You can write to us at any time.</p><h2>Law</h2><p>These terms are governed by the laws of Estonia.</p>
<p>We share your address with the couriers who bring your parcels.</p></main></body></html>"""
NEW = """<html><body><main><h2>Data</h2><p>We keep your photos for 5 years after the ride.</p>
<p>You can write to us at any time.</p><h2>Law</h2><p>You may not sell parcels of others.</p>
<p>These terms are governed by the laws of Estonia.</p></main></body></html>"""
KEYS = ["severity", "direction", "headline", "kind", "counts", "changes"]
KEYS += ["adverse", "favorable", "summary", "affected"]
COUNTS = {"added", "removed", "modified", "moved", "renumbered", "split", "merged", "unchanged"}
PARAGRAPH = "<main><h2>Data</h2><p>We keep <a href='/a'>your photos</a> for 30 days.</p><h2>End</h2></main>"


@pytest.fixture
def compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def compared(old: str, new: str, *options: str, ending: str = "html") -> dict[str, Any]:
        files = []
        for name, text in (("old", old), ("new", new)):
            file = tmp_path / f"{name}.{ending}"
            file.write_text(text, encoding="utf-8")
            files.append(str(file))
        call_command("compare", *files, "--json", *options)
        return json.loads(capsys.readouterr().out)

    return compared


def test_the_document_has_the_promised_keys(compare: Any) -> None:
    found = compare(OLD, NEW)
    assert list(found) == KEYS
    assert set(found["counts"]) == COUNTS
    assert found["kind"] == "substantive"
    assert (found["severity"], found["counts"]["unchanged"]) == ("high", 2)
    for change in found["changes"]:
        for reason in change["reasons"]:
            assert list(reason) == ["code", "points", "quote", "direction"]
            assert reason["direction"] in {"adverse", "favorable", "neutral"}
        promised = {"kind", "types", "severity", "direction", "reasons", "old", "new", "redline", "facts"}
        assert promised <= set(change)
        for place in filter(None, (change["old"], change["new"])):
            assert list(place) == ["index", "heading_path", "text"]
    assert {change["kind"] for change in found["changes"]} == {"added", "removed", "modified"}
    (edited,) = [change for change in found["changes"] if change["kind"] == "modified"]
    (fact,) = edited["facts"]
    assert (fact["kind"], fact["old"]["normalized"], fact["new"]["normalized"]) == ("retention", 30, 1825)


def assert_exact(found: dict[str, Any]) -> None:
    """That redlines give both texts and the counts agree with the changes."""
    for change in found["changes"]:
        for place, op in ((change["old"], "-"), (change["new"], "+")):
            assert "".join(text for mark, text in change["redline"] if mark in ("=", op)) == (
                place["text"] if place else ""
            )
    kinds = [change["kind"] for change in found["changes"]]
    assert {kind: kinds.count(kind) for kind in COUNTS - {"unchanged"}} == {
        kind: n for kind, n in found["counts"].items() if kind != "unchanged"
    }


def test_redlines_and_counts_are_exact_in_both_directions(compare: Any) -> None:
    there, back = compare(OLD, NEW), compare(NEW, OLD)
    assert_exact(there)
    assert_exact(back)
    assert there["counts"]["added"] == back["counts"]["removed"]
    assert (there["direction"], back["direction"]) == ("adverse", "favorable")


@pytest.mark.parametrize("text", [OLD, NEW, PARAGRAPH])
def test_a_file_and_itself_differ_in_nothing(compare: Any, text: str) -> None:
    found = compare(text, text)
    assert (found["kind"], found["severity"], found["direction"]) == ("none", "none", "neutral")
    assert found["changes"] == []
    assert sum(found["counts"].values()) == found["counts"]["unchanged"] > 0


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("your photos", "your  \n photos", "whitespace"),
        ("30 days", "30&nbsp;days", "whitespace"),
        ("30 days", "30days", "whitespace"),
        ("'/a'", "'/b'", "links"),
        ("'/a'>your photos", "'/b'>your\n photos", "links"),
        ("'/a'>your photos</a> for 30 days", "'/b'>your photos</a> for 30days", "links"),
        ("<a href='/a'>your photos</a>", "your photos", "links"),
        ("<h2>Data", "<h2>Your data", "editorial"),
        ("<h2>End", "<h2>The end", "editorial"),
        ("30 days", "5 years", "substantive"),
    ],
)
def test_the_kind_is_the_first_that_applies(compare: Any, old: str, new: str, kind: str) -> None:
    assert old in PARAGRAPH
    found = compare(PARAGRAPH, PARAGRAPH.replace(old, new))
    assert found["kind"] == kind
    if kind != "substantive":
        assert found["changes"] == []
        assert found["severity"] == "none"


def test_links_outside_of_what_is_selected_or_in_what_is_removed_do_not_count(compare: Any) -> None:
    old = f"<html><body><nav><a href='/1'>Menu</a></nav>{PARAGRAPH}</body></html>"
    new = old.replace("'/1'", "'/2'")
    assert compare(old, new)["kind"] == "links"
    assert compare(old, new, "--select", "main")["kind"] != "links"
    assert compare(old, new, "--remove", "nav")["kind"] != "links"


def test_text_files_compare_without_links(compare: Any) -> None:
    found = compare("We keep it for 30 days.\n", "We keep it for 30  days.\n", ending="txt")
    assert found["kind"] == "whitespace"
    assert found["headline"] != "The document changes nothing"


def test_split_and_merged_texts_are_joined_by_a_line_break(compare: Any) -> None:
    one = (
        "We keep the photos of your parcels for 30 days after they arrive, and we delete the recordings of your "
        "calls to our support team within two weeks of the last answer."
    )
    parts = (
        "<p>We keep the photos of your parcels for 30 days after they arrive.</p><p>We delete the recordings of "
        "your calls to our support team within two weeks of the last answer.</p>"
    )
    for old, new, kind in ((f"<p>{one}</p>", parts, "split"), (parts, f"<p>{one}</p>", "merged")):
        found = compare(old, new)
        assert [change["kind"] for change in found["changes"]] == [kind]
        assert_exact(found)


def test_a_process_prints_json_alone_and_needs_no_database(tmp_path: Path) -> None:
    (tmp_path / "old.html").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.html").write_text(NEW, encoding="utf-8")
    done = run("compare", "old.html", "new.html", "--json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(json.loads(done.stdout.decode())) == KEYS

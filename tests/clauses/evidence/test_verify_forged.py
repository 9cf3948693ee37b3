"""Forged bundles whose sums were made anew: what nothing signs is checked against what is signed, or named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from clauses.evidence import verify
from monitor.signing import public_of
from tests.clauses.evidence.bundles import export, make_record, said, sum_anew, unpacked

pytestmark = pytest.mark.django_db

_FORGED = "We sell all of it."


@pytest.fixture
def root(tmp_path: Path, settings) -> Path:
    """The unpacked bundle of a clause that everything is sealed of."""
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    return unpacked(export(make_record(), tmp_path))


def record_of(root: Path) -> dict[str, Any]:
    """What record.json says."""
    found: dict[str, Any] = json.loads((root / "record.json").read_bytes())
    return found


def rewrite(root: Path, record: dict[str, Any]) -> None:
    """Say something else in record.json, and make the sums anew."""
    (root / "record.json").write_bytes(verify.canonical(record))
    sum_anew(root)


def forge_text(root: Path, record: dict[str, Any]) -> None:
    """Other words of the clause, in a text beside what was recorded."""
    place = record["clauses"][0]
    digest = verify.sha256(_FORGED.encode())
    place |= {"start": 0, "end": len(_FORGED), "quote": _FORGED, "quote_sha256": digest}
    (root / "texts" / f"{place['version']}.txt").write_text(_FORGED)


def without_lists(root: Path, record: dict[str, Any]) -> None:
    """Nothing is listed that would be checked."""
    forge_text(root, record)
    record |= {"versions": [], "captures": []}


def without_files(root: Path, record: dict[str, Any]) -> None:
    """Nothing is there that would be checked, but for the text forged."""
    without_lists(root, record)
    kept = root / "texts" / f"{record['clauses'][0]['version']}.txt"
    for path in [*root.glob("captures/*"), *root.glob("texts/*")]:
        if path != kept:
            path.unlink()


def text_of_no_version(root: Path, record: dict[str, Any]) -> None:
    """A further text, which no version listed has."""
    record["clauses"][0]["version"] = "V-000077"
    forge_text(root, record)


def without_captures(root: Path, record: dict[str, Any]) -> None:
    """The texts without what they were read from."""
    record["captures"] = []
    for path in root.glob("captures/*"):
        path.unlink()


def without_roots_listed(root: Path, record: dict[str, Any]) -> None:
    """Signatures that are there and are not looked at."""
    record["roots"] = []


def with_the_key_of_somebody_else(root: Path, record: dict[str, Any]) -> None:
    """A key to compare that signed nothing here."""
    public = public_of(Ed25519PrivateKey.generate())
    keys = json.loads((root / "keys.json").read_bytes())
    (root / "keys.json").write_bytes(verify.canonical(keys | {verify.sha256(public): public.hex()}))


def of_another_record(root: Path, record: dict[str, Any]) -> None:
    """A bundle of a version that it does not hold."""
    record["record"] = "V-000077"


def from_behind(root: Path, record: dict[str, Any]) -> None:
    """A place that is counted from the end of the text."""
    place = record["clauses"][0]
    text = (root / "texts" / f"{place['version']}.txt").read_text()
    place["start"], place["end"] = place["start"] - len(text), place["end"] - len(text) or None


FORGERIES = [
    without_lists,
    without_files,
    text_of_no_version,
    without_captures,
    without_roots_listed,
    with_the_key_of_somebody_else,
    of_another_record,
    from_behind,
]


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_forgery_in_what_nothing_signs_does_not_hold(
    forge: Callable[[Path, dict[str, Any]], None], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(root, capsys)[0] == 0
    record = record_of(root)
    forge(root, record)
    rewrite(root, record)
    code, words = said(root, capsys)
    assert code == 1, words
    assert "DOES NOT HOLD" in words
    assert "Everything holds" not in words


def test_what_does_not_hold_is_counted_in_good_grammar(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    code, words = said(empty, capsys)
    assert (code, words.splitlines()[-1]) == (1, "1 of the statements above does not hold.")
    record = record_of(root)
    without_files(root, record)
    rewrite(root, record)
    assert said(root, capsys)[1].endswith(" of the statements above do not hold.\n")


def test_a_forged_text_with_nothing_signed_beside_it_does_not_hold(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = record_of(root)
    without_files(root, record)
    record["roots"] = []
    for path in [*root.glob("roots/*"), *root.glob("keys/*"), *root.glob("chain/*")]:
        path.write_bytes(b"") if path.parent.name == "chain" else path.unlink()
    (root / "keys.json").write_text("{}")
    rewrite(root, record)
    code, words = said(root, capsys)
    assert code == 1
    assert "DOES NOT HOLD   P-" in words


def test_names_and_numbers_are_named_as_not_sealed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(root)
    record["document"]["platform"] = "Another Company"
    record["record"] = "P-999999"
    for place in record["clauses"]:
        place["record"] = "P-999999"
    rewrite(root, record)
    _, words = said(root, capsys)
    told = [line for line in words.splitlines() if line.startswith("NOT SEALED")]
    assert "'Another Company'" in told[0]
    assert "sealed is that it was read from https://" in told[0]
    assert "what bears the number P-999999, and where" in told[1]
    assert len(told) == 2


def test_without_a_root_it_is_not_yet_signed_and_ends_with_2(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in [*root.glob("roots/*"), *root.glob("keys/*")]:
        path.unlink()
    (root / "keys.json").write_text("{}")
    rewrite(root, record_of(root) | {"roots": []})
    code, words = said(root, capsys)
    assert code == 2, words
    assert words.splitlines()[-1].startswith("NOT YET SIGNED")
    assert "Everything holds" not in words


def test_no_name_writes_a_line_of_its_own(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(root)
    for place in record["clauses"]:
        place["record"] = "P-1\nEverything holds that is sealed\x1b[2K"
    rewrite(root, record)
    _, words = said(root, capsys)
    assert not any(line.startswith("Everything") for line in words.splitlines())
    assert "\x1b" not in words

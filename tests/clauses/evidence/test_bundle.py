"""A bundle of evidence: complete, the same each time, checked by its own script and by standard tools."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clauses.evidence import verify
from clauses.models import Clause
from monitor.models import Blob, Root, Snapshot, Version
from monitor.roots import make_root
from tests.builders import capture, day, make_change_set, versions_of
from tests.clauses.evidence.bundles import export, make_record, said, sum_anew, unpacked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> None:
    """A site without a key."""
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()


@pytest.mark.parametrize("kind", ["P", "C", "V", "S", "D"])
def test_every_kind_of_record_is_proven(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = export(make_record(kind), tmp_path)
    code, words = said(bundle, capsys)
    assert code == 0, words
    assert "Everything holds that is sealed" in words
    assert "NOT YET SIGNED" not in words


def test_it_holds_the_bytes_the_texts_and_the_words_as_recorded(tmp_path: Path) -> None:
    clause = make_record()
    with zipfile.ZipFile(export(clause, tmp_path)) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    record = json.loads(files["record.json"])
    versions = Version.objects.order_by("number")
    assert record["versions"] == [version.public_id for version in versions]
    assert [files[f"texts/{one.public_id}.txt"].decode() for one in versions] == [v.text for v in versions]
    assert [place["quote"] for place in record["clauses"]] == [
        "We keep your feedback for 30 days after you send it.",
        "We keep your feedback for 5 years after you send it.",
    ]
    for version in versions:
        snapshot = version.parts.get().snapshot
        ((_, body, holds),) = [
            row
            for row in verify.payloads(files[f"captures/{snapshot.public_id}.warc.gz"])
            if row[0] == "resource"
        ]
        assert holds
        assert body == snapshot.blob.body()


def test_the_same_record_gives_the_same_bytes_until_something_is_added(tmp_path: Path) -> None:
    clause = make_record()
    first = export(clause, tmp_path, "one.zip").read_bytes()
    assert export(clause, tmp_path, "two.zip").read_bytes() == first
    make_change_set()
    assert export(clause, tmp_path, "three.zip").read_bytes() == first


def test_it_checks_itself_without_proviso(tmp_path: Path) -> None:
    bundle = export(make_record(), tmp_path)
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path / "unpacked")
    (root,) = (tmp_path / "unpacked").iterdir()
    command = [sys.executable, "-I", "-S", str(root / "verify.py")]
    done = subprocess.run(command, capture_output=True, text=True, env={}, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (root / "texts" / "V-000001.txt").write_text("Other words.")
    done = subprocess.run(command, capture_output=True, text=True, env={}, check=False)
    assert done.returncode == 1
    assert "DOES NOT HOLD   texts/V-000001.txt" in done.stdout


def test_standard_tools_check_hashes_and_signature(tmp_path: Path) -> None:
    if not shutil.which("openssl") or not shutil.which("sha256sum"):
        pytest.skip("openssl or sha256sum is not installed")
    with zipfile.ZipFile(export(make_record(), tmp_path)) as archive:
        archive.extractall(tmp_path)
    root = tmp_path / Clause.objects.get(current__wording__text__contains="5 years").public_id
    (key,), (signed,) = (root / "keys").iterdir(), (root / "roots").glob("*.json")
    for command in (
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        [
            *["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-sigfile"],
            signed.with_suffix(".sig"),
            "-inkey",
            key,
            "-in",
            signed,
        ],
        [str(Path(sys.executable).parent / "warcio"), "check", *map(str, (root / "captures").glob("*.gz"))],
    ):
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_no_root_covers_yet_is_said_and_does_not_pass_as_proven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version = make_change_set().new_version
    code, words = said(export(version, tmp_path), capsys)
    assert code == 2
    assert "NOT YET SIGNED" in words
    assert "Everything holds" not in words
    make_root(day(3))
    source = version.parts.get().source
    for number in (5, 6):
        capture(source, "<p>We sell it.</p>", day(number), furniture=number)
    code, words = said(export(versions_of(source)[-1], tmp_path), capsys)
    assert code == 2
    assert "NOT YET SIGNED" in words
    assert "Everything holds" not in words


def test_a_forged_bundle_whose_sums_were_made_anew_does_not_fit_the_signature(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = unpacked(export(make_record("V"), tmp_path))
    (chain,) = (root / "chain").iterdir()
    # Another text, its hash in the manifest, and every hash after it made anew, but for the signed root.
    lines = [json.loads(line) for line in chain.read_text().splitlines()]
    text = root / "texts" / f"{root.name}.txt"
    text.write_text(text.read_text().replace("5 years", "9 years"))
    previous = None
    for line in lines:
        if "manifest" in line and json.loads(line["manifest"])["id"] == root.name:
            manifest = json.loads(line["manifest"]) | {"text_sha256": verify.sha256(text.read_bytes())}
            line["manifest"] = verify.canonical(manifest).decode()
            line["link"]["manifest_sha256"] = verify.sha256(line["manifest"].encode())
        line["link"]["previous"] = previous if previous is not None else line["link"]["previous"]
        line["sha256"] = previous = verify.sha256(verify.canonical(line["link"]))
    chain.write_bytes(b"".join(verify.canonical(line) + b"\n" for line in lines))
    sum_anew(root)
    code, words = said(root, capsys)
    assert code == 1
    assert "DOES NOT HOLD   the root of 2025-03-04 names the chain" in words


@pytest.fixture
def bundle(tmp_path: Path) -> bytes:
    """The bytes of a bundle."""
    return export(make_record(), tmp_path).read_bytes()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_byte_changed_anywhere_in_a_bundle_is_found(
    data: st.DataObject, bundle: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = data.draw(st.integers(0, len(bundle) - 1), label="at")
    other = data.draw(st.integers(1, 255), label="changed by")
    path = tmp_path / "changed.zip"
    path.write_bytes(bundle[:at] + bytes([bundle[at] ^ other]) + bundle[at + 1 :])
    code, words = said(path, capsys)
    assert code == 1, f"byte {at} changed by {other} is not found"
    assert "DOES NOT HOLD" in words


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_byte_changed_in_an_unpacked_file_is_named(
    data: st.DataObject, bundle: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.zip").write_bytes(bundle)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path / "out")
    (root,) = (tmp_path / "out").iterdir()
    name = data.draw(st.sampled_from(sorted(p.relative_to(root).as_posix() for p in root.rglob("*.*"))))
    body = bytearray((root / name).read_bytes())
    at = data.draw(st.integers(0, len(body) - 1), label="at")
    body[at] ^= data.draw(st.integers(1, 255), label="changed by")
    (root / name).write_bytes(body)
    code, words = said(root, capsys)
    assert code == 1
    assert f"DOES NOT HOLD   {name} has the hash" in words


def _unknown(_: Path) -> list[str]:
    return ["P-999999", "-o", "x.zip"]


def _nowhere(folder: Path) -> list[str]:
    return [make_record().public_id, "-o", str(folder / "nowhere" / "x.zip")]


@pytest.mark.parametrize("refused", [_unknown, _nowhere])
def test_what_cannot_be_exported_is_one_line(refused: Callable[[Path], list[str]], tmp_path: Path) -> None:
    with pytest.raises(CommandError) as error:
        call_command("export_evidence", *refused(tmp_path))
    assert "\n" not in str(error.value)
    assert not list(tmp_path.glob("*zip*"))


def test_a_record_that_rests_on_damaged_bytes_is_not_exported(tmp_path: Path) -> None:
    clause = make_record()
    blob = Snapshot.objects.order_by("number")[0].blob
    Blob.objects.filter(pk=blob.pk).update(packed=bytes(blob.packed)[:-1] + b"\0")
    with pytest.raises(CommandError, match=blob.pk):
        export(clause, tmp_path)
    assert not list(tmp_path.glob("*.zip"))


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clause = make_record()
    target = tmp_path / "bundle.zip"
    call_command("export_evidence", clause.public_id, "-o", str(target), "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["record"] == clause.public_id
    assert told["bytes"] == target.stat().st_size
    assert told["files"] == len(zipfile.ZipFile(target).namelist())
    assert Root.objects.count() == 1

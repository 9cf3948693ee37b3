"""Bundles to check: made, unpacked, and with sums made anew as a forger would."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from clauses.evidence import verify
from clauses.models import Clause
from monitor.roots import make_root
from tests.builders import day, make_change_set


def export(record: Any, folder: Path, name: str = "bundle.zip") -> Path:
    """The bundle of a record."""
    call_command("export_evidence", record.public_id, "-o", str(folder / name))
    return folder / name


def make_record(kind: str = "P") -> Any:
    """A record of a document with two versions and a root."""
    change_set = make_change_set()
    make_root(day(3))
    document = change_set.document
    version = change_set.new_version
    return {
        "P": Clause.objects.get(current__wording__text__contains="5 years"),
        "C": change_set,
        "V": version,
        "S": version.parts.get().snapshot,
        "D": document,
    }[kind]


def said(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What the script of the bundles says of one, and how it ends."""
    capsys.readouterr()
    code = verify.main(path)
    return code, capsys.readouterr().out


def unpacked(bundle: Path) -> Path:
    """The folder of a bundle, unpacked beside it."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(bundle.parent / "unpacked")
    (root,) = (bundle.parent / "unpacked").iterdir()
    return root


def sum_anew(root: Path) -> None:
    """Make SHA256SUMS anew of what the folder holds."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{verify.sha256(path.read_bytes())}  {path.relative_to(root).as_posix()}\n" for path in files]
    (root / "SHA256SUMS").write_text("".join(lines))

"""What the store takes for real captures, beside what git takes for the same bytes.

    var/environment/bin/python bench/captures.py REPOSITORY.git [--like TEXT]

Takes every page of a bare repository of captures (each path a page, each commit a capture), stores its distinct bytes
in the order of capture into a database of its own, by the store's own rule, and prints bytes a page: as served, as
kept, and as the objects take in the repository's packs. No text is read and no row but the bytes is kept. Ends with 1
where the store takes more than three times as much in all.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import django
from django.core.management import call_command

_LIMIT = 3


def main() -> None:
    """Set up, store page by page, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("repository", type=Path)
    parser.add_argument("--like", default="", help="only pages whose path holds this")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="proviso-captures-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": folder}
        django.setup()
        call_command("migrate", verbosity=0)
        sys.exit(_print(arguments.repository, arguments.like))


def _git(repository: Path, *arguments: str, given: str = "") -> bytes:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, input=given.encode(), capture_output=True, check=True).stdout


def _captures(repository: Path, like: str) -> Iterator[tuple[str, list[str]]]:
    """Each page with the objects of its distinct captures, oldest first."""
    found: dict[str, dict[str, None]] = {}
    log = _git(repository, "log", "--all", "--reverse", "--raw", "--no-abbrev", "--format=", "-z").decode()
    fields = log.split("\0")
    for about, path in zip(fields[::2], fields[1::2], strict=False):
        _, _, _, new, status = about.split()
        if status in {"A", "M"} and like in path and path.endswith((".html", ".pdf")):
            found.setdefault(path, {})[new] = None
    for path in sorted(found):
        yield path, list(found[path])


def _print(repository: Path, like: str) -> bool:
    totals = [0, 0, 0, 0]
    print(f"{'captures':>9}{'as served':>15}{'as kept':>13}{'in git':>13}{'times':>7}  page")
    for path, objects in _captures(repository, like):
        sizes = _git(repository, "cat-file", "--batch-check=%(objectsize:disk)", given="\n".join(objects))
        row = [len(objects), *_stored(repository, objects), sum(map(int, sizes.split()))]
        totals = [total + value for total, value in zip(totals, row, strict=True)]
        print(_line(row, path), flush=True)
    print(_line(totals, "all"))
    return totals[2] > _LIMIT * totals[3]


def _line(row: list[int], name: str) -> str:
    return f"{row[0]:>9,}{row[1]:>15,}{row[2]:>13,}{row[3]:>13,}{row[2] / max(row[3], 1):>7.2f}  {name}"


def _stored(repository: Path, objects: list[str]) -> tuple[int, int]:
    """Bytes as served and as kept."""
    from monitor import storage  # noqa: PLC0415
    from monitor.models import Blob  # noqa: PLC0415

    base, served, kept = None, 0, 0
    for name in objects:
        body = _git(repository, "cat-file", "blob", name)
        known = Blob.objects.count()
        base = storage.put(body, base=base)
        if Blob.objects.count() > known:
            served, kept = served + len(body), kept + len(base.packed)
    return served, kept


if __name__ == "__main__":
    main()

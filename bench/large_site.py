"""Fills a database with an invented site of any size, by rows in bulk, as captures and analyses would leave it.

    var/environment/bin/python -m bench.large_site --database sqlite --folder FOLDER
        [--platforms 300] [--documents 1000] [--versions 20000] [--clauses 300000] [--captures 60]

The folder gets `large.sqlite3`. Another database is named by `--database postgres://…`. It must be empty.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything; `captures` is the length of each page's capture log."""

    platforms: int = 300
    documents: int = 1_000
    versions: int = 20_000
    clauses: int = 300_000
    captures: int = 60


def add_size_arguments(parser: argparse.ArgumentParser) -> None:
    """One option for each size."""
    for name in Sizes.__dataclass_fields__:
        parser.add_argument(f"--{name}", type=int, default=Sizes.__dataclass_fields__[name].default)


def sizes_of(arguments: argparse.Namespace) -> Sizes:
    """The sizes asked for."""
    return Sizes(**{name: getattr(arguments, name) for name in Sizes.__dataclass_fields__})


def set_up(database_url: str, folder: Path) -> None:
    """Django on this database, with its tables made."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["VAR_DIR"] = str(folder)
    os.environ["DATABASE_URL"] = database_url
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


def main() -> None:
    """Fill and say how long it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", default="sqlite")
    parser.add_argument("--folder", type=Path, required=True)
    add_size_arguments(parser)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    url = arguments.database
    if url == "sqlite":
        url = f"sqlite:///{arguments.folder / 'large.sqlite3'}"
    set_up(url, arguments.folder)
    start = time.monotonic()
    from bench.large_site_rows import fill  # noqa: PLC0415

    fill(sizes_of(arguments))
    print(f"filled in {time.monotonic() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()

"""What an archive says of itself, first of all: written from the tables of this program, and held against them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from clauses.archive_file.container import BadArchive
from clauses.archive_file.made_by import made_by, migrations
from clauses.archive_file.tables import Table, tables
from monitor.core.manifest import canonical

MANIFEST = "manifest.json"
MANIFEST_BYTES = 1 << 20
_FORMAT, _VERSION = "proviso-archive", 1
_KEYS = {"format", "version", "site", "with_people", "made_by", "migrations", "tables"}
_MOST_ROWS = 10**10


def part_name(table: Table, number: int) -> str:
    """The member with some of a table's rows, counted from 1."""
    return f"rows/{table.name}/{number:06}.jsonl"


def bytes_name(table: Table, key: str) -> str:
    """The member with packed bytes."""
    return f"bytes/{table.name}/{key}.zst"


def manifest_of(chosen: Sequence[Table], rows: Mapping[str, int], *, with_people: bool) -> bytes:
    """The manifest of an archive with these tables and numbers of rows."""
    told = {
        "format": _FORMAT,
        "version": _VERSION,
        "site": settings.SITE_URL,
        "with_people": with_people,
        "made_by": made_by(),
        "migrations": migrations(),
        "tables": [table.told(rows[table.name]) for table in chosen],
    }
    return canonical(told)


def tables_told(body: bytes) -> list[tuple[Table, int]]:
    """The tables of an archive with this manifest, and the rows of each. Raises BadArchive where it is not for us."""
    told = _read(body)
    if told["migrations"] != migrations():
        raise BadArchive(
            f"it was made by a release whose last migrations are {_named(told['migrations'])}; here they are "
            f"{_named(migrations())}: load it with that release, and upgrade"
        )
    ours = tables(with_people=told["with_people"])
    listed = told["tables"]
    names = [_name(entry) for entry in listed]
    for name in names:
        if name not in {table.name for table in ours}:
            raise BadArchive(f"it has a table {name!r}, which this program does not know")
    if names != [table.name for table in ours]:
        raise BadArchive("its tables are not those of this program, each once and in order")
    return [(table, _rows(table, entry)) for table, entry in zip(ours, listed, strict=True)]


def _read(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise BadArchive(f"{MANIFEST} is no JSON") from None
    if not isinstance(told, dict) or told.get("format") != _FORMAT:
        raise BadArchive(f"{MANIFEST} is not that of an archive of Proviso")
    if told.get("version") != _VERSION:
        raise BadArchive(
            f"it is of version {told.get('version')!r} of the format; this program reads {_VERSION}"
        )
    if told.keys() != _KEYS:
        raise BadArchive(f"{MANIFEST} has other keys than {', '.join(sorted(_KEYS))}")
    if not isinstance(told["with_people"], bool) or not isinstance(told["tables"], list):
        raise BadArchive(f"{MANIFEST} does not say whether people are in it, or which tables")
    return told


def _rows(table: Table, entry: Any) -> int:
    """How many rows a table is said to have, once its columns are found to be ours."""
    rows = entry.get("rows")
    if not isinstance(rows, int) or isinstance(rows, bool) or not 0 <= rows <= _MOST_ROWS:
        raise BadArchive(f"{MANIFEST} gives {table.name} no number of rows")
    if entry == table.told(rows):
        return rows
    columns = entry.get("columns")
    known = {column.name for column in table.columns}
    for column in columns if isinstance(columns, list) else []:
        if _name(column) not in known:
            raise BadArchive(f"{table.name} has a column {_name(column)!r}, which this program does not know")
    raise BadArchive(f"the columns of {table.name} are not those of this program")


def _name(entry: Any) -> str:
    name = entry.get("name") if isinstance(entry, dict) else None
    if not isinstance(name, str):
        raise BadArchive(f"{MANIFEST} has a table or column without a name")
    return name[:100]


def _named(told: Any) -> str:
    names = (
        [f"{app} {name}" for app, names in sorted(told.items()) for name in names] if _is_named(told) else []
    )
    return ", ".join(names)[:300] or "not named"


def _is_named(told: Any) -> bool:
    return isinstance(told, dict) and all(isinstance(names, list) for names in told.values())

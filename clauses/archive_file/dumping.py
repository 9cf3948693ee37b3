"""Writing all that is on record into one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.db import connection, transaction

from clauses.archive_file.container import LINE_BYTES, PART_BYTES, Writer
from clauses.archive_file.manifest import MANIFEST, bytes_name, manifest_of, part_name
from clauses.archive_file.tables import Table, tables
from monitor.core.manifest import canonical


class CannotBeDumped(ValueError):
    """A row that no reader of the format would take; in one line."""


def dump(
    stream: IO[bytes], *, with_people: bool, begun: Callable[[int], object], step: Callable[[], object]
) -> dict[str, int]:
    """Write the archive as it is at one moment, while the site goes on. Rows by table; the same ones, the same bytes.

    `begun` is told how many rows there are, `step` is called after each. Raises CannotBeDumped.
    """
    with _at_one_moment():
        chosen = tables(with_people=with_people)
        rows = {table.name: table.chosen.count() for table in chosen}
        begun(sum(rows.values()))
        with Writer(stream) as writer:
            writer.add(MANIFEST, manifest_of(chosen, rows, with_people=with_people))
            for table in chosen:
                for name, body in _members(table, step):
                    writer.add(name, body)
    return rows


def _members(table: Table, step: Callable[[], object]) -> Iterator[tuple[str, bytes]]:
    """The parts of a table, each followed by the packed bytes of its rows, if any."""
    number, lines, bodies, held = 1, [], [], 0
    for values in table.rows():
        lines.append(_line(table, values))
        held += len(lines[-1])
        if table.has_bytes:
            bodies.append((bytes_name(table, values[0]), bytes(values[-1])))
            held += len(bodies[-1][1])
        if held >= PART_BYTES:
            yield part_name(table, number), b"".join(lines)
            yield from bodies
            number, lines, bodies, held = number + 1, [], [], 0
        step()
    if lines:
        yield part_name(table, number), b"".join(lines)
        yield from bodies


def _line(table: Table, values: tuple[Any, ...]) -> bytes:
    row = {column.name: column.written(value) for column, value in zip(table.columns, values, strict=False)}
    line = canonical(row)
    if len(line) > LINE_BYTES:
        raise CannotBeDumped(
            f"the row {values[0]} of {table.name} takes {len(line)} bytes; there may be {LINE_BYTES}"
        )
    return line + b"\n"


@contextmanager
def _at_one_moment() -> Iterator[None]:
    """All that is read in the block is as it was when it began, and nobody who writes has to wait for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # It has the mode of its settings from the first connection on.
        connection.ensure_connection()
        sqlite: Any = connection
        mode, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            sqlite.transaction_mode = mode
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield

"""Filling an empty site from an archive file: all of it in one transaction, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import Error, connection, transaction

from clauses.archive_file.columns import WrongValue
from clauses.archive_file.container import PART_BYTES, BadArchive, Reader
from clauses.archive_file.manifest import MANIFEST, MANIFEST_BYTES, bytes_name, part_name, tables_told
from clauses.archive_file.tables import Table
from clauses.listing import list_anew
from clauses.site_taxonomy import refresh_taxonomy
from clauses.verifying.steps import Step, all_steps
from monitor.core.manifest import canonical
from monitor.core.packing import CorruptBytes, check_packed_size
from monitor.models import Document
from monitor.verifying.finding import Finding

_ROWS_AT_ONCE = 500
# A document may be made of several pages, and its text be as long as all of them.
_PAGES = 4


class NotEmpty(ValueError):
    """A database that holds something already."""


class DoesNotHold(ValueError):
    """What was read is not borne out by itself. `findings` are the first things that are not."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("what it holds is not borne out by itself")
        self.findings = findings


@dataclass
class Loaded:
    """What a load came to: rows by table, what was checked by kind, and what does not hold."""

    rows: dict[str, int] = field(default_factory=dict)
    checked: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Progress:
    """Who is told how far it is: of each stage, its name and how many steps it has; and each step."""

    begun: Callable[[str, int], object]
    step: Callable[[], object]


def load(stream: IO[bytes], progress: Progress, *, keep_damaged: bool) -> Loaded:
    """Fill the database, list and check everything, and only then commit.

    Raises NotEmpty, BadArchive, and DoesNotHold unless what does not hold is to be kept. Then all is as before.
    """
    loaded = Loaded()
    with transaction.atomic():
        _claim_empty()
        with Reader(stream) as reader:
            told = tables_told(reader.read(MANIFEST, MANIFEST_BYTES))
            progress.begun("rows", sum(rows for _, rows in told))
            for table, rows in told:
                _fill(table, rows, reader, progress.step)
                loaded.rows[table.name] = rows
            reader.finish()
        _count_on([table for table, _ in told])
        refresh_taxonomy()
        _list(progress)
        _verify(loaded, progress)
        if loaded.findings and not keep_damaged:
            raise DoesNotHold(loaded.findings)
    return loaded


def _claim_empty() -> None:
    """Keep everybody else from writing until the transaction ends, and see that nobody has."""
    models: list[Any] = [
        User,
        *apps.get_app_config("monitor").get_models(),
        *apps.get_app_config("clauses").get_models(),
    ]
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
    for model in models:
        if model._base_manager.exists():
            raise NotEmpty(
                f"an archive is loaded into an empty database, and this one has {model._meta.verbose_name_plural}"
            )


def _fill(table: Table, rows: int, reader: Reader, step: Callable[[], object]) -> None:
    batch: list[tuple[Any, ...]] = []
    held = 0
    given = tuple(field.get_db_prep_save(value, connection) for field, value in table.given)
    for values, size in _rows(table, rows, reader):
        batch.append((*values, *given))
        held += size
        if len(batch) == _ROWS_AT_ONCE or held > PART_BYTES:
            _insert(table, batch)
            batch, held = [], 0
        step()
    _insert(table, batch)


def _rows(table: Table, rows: int, reader: Reader) -> Iterator[tuple[tuple[Any, ...], int]]:
    """The parameters of each row, and about how much room they take."""
    number = found = 0
    while found < rows:
        number += 1
        name = part_name(table, number)
        lines = reader.lines(name)
        before = found
        if table.has_bytes:
            # The bytes come after the lines, which are short.
            lines = iter(list(lines))
        for line in lines:
            found += 1
            values = _values(table, line, f"{name}, line {found - before}")
            body = _body(table, values, reader) if table.has_bytes else ()
            yield (*values, *body), len(line) + sum(map(len, body))
        if found == before or found > rows:
            raise BadArchive(f"{name} does not have the rows that {MANIFEST} says")


def _values(table: Table, line: bytes, where: str) -> tuple[Any, ...]:
    """The columns of a row as they are stored. A line has the one form in which it can be written."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise BadArchive(f"{where} is no JSON") from None
    if not isinstance(row, dict) or row.keys() != {column.name for column in table.columns}:
        raise BadArchive(f"{where} {_other_columns(table, row)}")
    values = []
    for column in table.columns:
        try:
            value = column.read(row[column.name])
        except WrongValue as error:
            raise BadArchive(f"{where}: {column.name} {error}") from None
        row[column.name] = column.written(value)
        values.append(value)
    if canonical(row) != line:
        raise BadArchive(f"{where} is not written in the one form that there is for it")
    return tuple(column.stored(value) for column, value in zip(table.columns, values, strict=True))


def _other_columns(table: Table, row: Any) -> str:
    if not isinstance(row, dict):
        return "is no row"
    known = {column.name for column in table.columns}
    unknown = [name for name in row if name not in known]
    if unknown:
        return f"has a column {unknown[0][:100]!r}, which this program does not know"
    return f"has no column {sorted(known - row.keys())[0]!r}"


def _body(table: Table, values: tuple[Any, ...], reader: Reader) -> tuple[bytes]:
    """The packed bytes of a row."""
    row = dict(zip((column.name for column in table.columns), values, strict=True))
    limit = _PAGES * settings.FETCH_MAX_BYTES
    name = bytes_name(table, row["sha256"])
    if row["size"] > limit:
        raise BadArchive(
            f"{name} is said to unpack to {row['size']} bytes; by FETCH_MAX_BYTES there may be {limit}"
        )
    body = reader.read(name, limit)
    if not body:
        # Removed by a rule of retention: whether one gave them up, the check of everything says.
        return (body,)
    try:
        check_packed_size(body, row["size"], row["sha256"])
    except CorruptBytes as error:
        raise BadArchive(str(error)) from None
    return (body,)


def _insert(table: Table, batch: list[tuple[Any, ...]]) -> None:
    if not batch:
        return
    names = [str(column.field.column) for column in table.columns]
    names += ["packed"] if table.has_bytes else []
    names += [str(field.column) for field, _ in table.given]
    quote = connection.ops.quote_name
    statement = (
        f"INSERT INTO {quote(table.model._meta.db_table)} ({', '.join(map(quote, names))}) "  # noqa: S608
        f"VALUES ({', '.join(['%s'] * len(names))})"
    )
    try:
        with connection.cursor() as cursor:
            cursor.executemany(statement, batch)
    except (Error, ValueError, OverflowError) as error:
        # Some reach here that only the database can know: a key twice, a sign that it cannot store.
        said = " ".join(str(error).split())
        raise BadArchive(f"the database refuses rows of {table.name}: {said}") from None


def _count_on(filled: Iterable[Table]) -> None:
    """Let the database number new rows after those that came with their numbers."""
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in filled])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _list(progress: Progress) -> None:
    progress.begun("documents to list", Document.objects.count())
    for _ in list_anew():
        progress.step()


def _verify(loaded: Loaded, progress: Progress) -> None:
    steps = all_steps()
    loaded.checked = {step.noun: step.count for step in steps if step.count}
    progress.begun("checks", sum(step.count for step in steps))
    for step in steps:
        for found in _findings(step, progress):
            loaded.findings += found


def _findings(step: Step, progress: Progress) -> Iterator[list[Finding]]:
    for found in step.findings():
        progress.step()
        yield found

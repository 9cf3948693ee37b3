"""What versions that change one clause of five hundred add to the database, beside what the first version took.

    var/environment/bin/python bench/storage.py [--database sqlite|postgres] [--clauses 500] [--versions 10]

Watches an invented document through the one door in, each text seen twice, into a database of its own, and prints rows
and bytes a table. Bytes are those of tables and indexes after the database has tidied up. Ends with 1 where a
later version adds more than 5 % of the rows or bytes of the first; it is the mean of several, as a database takes
whole pages.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection

_LIMIT = 0.05
Sizes = dict[str, tuple[int, int]]


def main() -> None:
    """Set up, watch three looks of a document, print."""
    arguments = _arguments()
    with ExitStack() as stack:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        os.environ["VAR_DIR"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="proviso-storage-"))
        if arguments.database == "postgres":
            from tests.services.servers import postgres  # noqa: PLC0415

            os.environ["DATABASE_URL"] = stack.enter_context(postgres())
        django.setup()
        call_command("migrate", verbosity=0)
        steps = _watched(arguments.clauses, arguments.versions)
        connection.close()
    sys.exit(_print(steps, arguments.versions))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--clauses", type=int, default=500)
    parser.add_argument("--versions", type=int, default=10, help="how many later versions")
    return parser.parse_args()


def _watched(clauses: int, later: int) -> list[Sizes]:
    """The sizes of all tables before the document, with its first version, and with so many later ones."""
    from bench.redline_pairs import Writer  # noqa: PLC0415
    from tests.builders import day, make_document, make_source, publish  # noqa: PLC0415

    writer = Writer(1)
    texts = [f"{writer.clause()} We keep record {at} for {at + 2} days." for at in range(clauses)]
    source = make_source(make_document())
    steps = [_sizes()]
    publish(source, _page(texts), day(0))
    steps.append(_sizes())
    for number in range(later):
        at = number * clauses // later
        texts[at] = texts[at].replace(" days.", " years.")
        publish(source, _page(texts), day(9 * number + 9))
    steps.append(_sizes())
    return steps


def _page(texts: list[str]) -> str:
    return "".join(
        f"<h2>Part {at // 10}</h2><p>{text}</p>" if at % 10 == 0 else f"<p>{text}</p>"
        for at, text in enumerate(texts)
    )


def _sizes() -> Sizes:
    """Rows and bytes of every table, its indexes included."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL" if connection.vendor == "postgresql" else "VACUUM")
        tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = (cursor.fetchone()[0], _bytes(cursor, table))
    return found


def _bytes(cursor, table: str) -> int:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_total_relation_size(%s)", [f'"{table}"'])
    else:
        cursor.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name = %s"
            " OR name IN (SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s)",
            [table, table],
        )
    return cursor.fetchone()[0]


def _print(steps: list[Sizes], later: int) -> bool:
    empty, first, last = steps
    print(
        "| table | rows of the first | rows a later one | bytes of the first | bytes a later one |\n"
        "|---|---|---|---|---|"
    )
    total = [0.0, 0.0, 0.0, 0.0]
    for table in empty:
        figures = [
            (after[table][kind] - before[table][kind]) / versions
            for kind in (0, 1)
            for before, after, versions in ((empty, first, 1), (first, last, later))
        ]
        total = [one + other for one, other in zip(total, figures, strict=True)]
        if any(figures):
            print(f"| {table} | {' | '.join(f'{figure:,.0f}' for figure in figures)} |")
    rows, bytes_ = total[1] / total[0], total[3] / total[2]
    print(f"| all | {' | '.join(f'{figure:,.0f}' for figure in total)} |")
    print(f"\nA later version adds {rows:.1%} of the rows and {bytes_:.1%} of the bytes of the first.")
    return rows > _LIMIT or bytes_ > _LIMIT


if __name__ == "__main__":
    main()

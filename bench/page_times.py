"""How long every public page takes at scale, what it asks of the database, and what it weighs.

    var/environment/bin/python -m bench.page_times --folder FOLDER [--database postgres] [--requests 20]
        [--platforms 300] [--documents 1000] [--versions 20000] [--clauses 300000] [--captures 60] [--only NAME]

Fills the folder's database first where it is empty (SQLite in the folder, or a PostgreSQL server of its own that ends
with the run), then requests each address of `clauses/urls.py` that anybody may see, in this process: `--requests`
times, each time for another record, after two that do not count. Prints Markdown: milliseconds to the last byte of
the answer (a page is sent whole), those that this process and the database were at work for it (they tell what a busy
machine hides), queries, kB of HTML, and kB with its style sheets and scripts, none compressed.
Ends with 1 where a page's 95th percentile is above 200 ms, or a page but a comparison weighs more than 150 kB.
"""

from __future__ import annotations

import argparse
import gc
import re
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.large_site import add_size_arguments, set_up, sizes_of

_WARM = 2
_MOST_MILLISECONDS = 200
_MOST_BYTES = 150_000
_MAY_BE_HEAVY = {"compare", "change-set", "compare-type"}
_LINKED = re.compile(r'(?:<link rel="stylesheet" href|<script src)="/static/([^"]+)"')


@dataclass(slots=True)
class Measured:
    """What the requests of one page came to. Times in milliseconds, sizes in bytes."""

    name: str
    times: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    queries: int = 0
    html: int = 0
    weight: int = 0
    is_page: bool = False
    failures: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    @property
    def p95(self) -> float:
        """The 95th percentile of the times: of few requests, the slowest."""
        return _p95(self.times)

    @property
    def is_too_much(self) -> bool:
        """Whether it is too slow, too heavy or failed."""
        is_heavy = self.is_page and self.name not in _MAY_BE_HEAVY and self.weight > _MOST_BYTES
        return self.p95 > _MOST_MILLISECONDS or is_heavy or bool(self.failures)


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def main() -> int:
    """Fill where needed, request, print."""
    arguments = _arguments()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        url = f"sqlite:///{arguments.folder / 'large.sqlite3'}"
        if arguments.database == "postgres":
            from tests.services.servers import postgres  # noqa: PLC0415

            url = stack.enter_context(postgres())
        elif arguments.database.startswith("postgres://"):
            url = arguments.database
        set_up(url, arguments.folder)
        from django.conf import settings  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415

        from monitor.models import Platform  # noqa: PLC0415

        settings.ALLOWED_HOSTS = ["testserver"]
        if not Platform.objects.exists():
            from bench.large_site_rows import fill  # noqa: PLC0415

            fill(sizes_of(arguments))
        found = _measure(arguments.requests, arguments.only)
        connection.close()
    _print(found)
    return int(any(row.is_too_much for row in found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--database", default="sqlite")
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--only", default="", help="addresses whose name holds this")
    add_size_arguments(parser)
    return parser.parse_args()


def _measure(requests: int, only: str) -> list[Measured]:
    from django.test import Client  # noqa: PLC0415

    # As the site is served: with what start-up made set aside from the collection of garbage.
    import config.wsgi  # noqa: F401, PLC0415
    from bench.page_addresses import addresses  # noqa: PLC0415

    client = Client()
    client.raise_request_exception = False
    asked = [(name, paths) for name, paths in addresses(requests + _WARM) if only in name]
    # What this bench holds is no part of the site, and would be walked by each full collection of garbage.
    gc.collect()
    gc.freeze()
    found = []
    for name, paths in asked:
        found.append(_measured(client, name, paths))
        print(f"{name} {found[-1].p95:.0f} ms", file=sys.stderr)
    return found


def _measured(client, name: str, paths: list[str]) -> Measured:
    row = Measured(name)
    for at, path in enumerate(paths):
        queries, spent, cpu, response = _requested(client, path)
        if response.status_code != 200:
            row.failures.append(f"{path}: {response.status_code}")
        if at >= _WARM:
            row.times.append(spent)
            row.cpu.append(cpu)
            row.queries = max(row.queries, queries)
            row.slowest = max(row.slowest, (spent, path))
        body = response.content
        if len(body) > row.html:
            row.html, row.is_page = len(body), response["content-type"].startswith("text/html")
            row.weight = len(body) + sum(map(_size, _LINKED.findall(body.decode()))) if row.is_page else 0
    return row


def _requested(client, path: str):
    from django.db import connection  # noqa: PLC0415

    count = 0

    def counted(execute, sql, parameters, many, context):
        nonlocal count
        count += 1
        return execute(sql, parameters, many, context)

    start, begun = time.perf_counter(), _seconds_at_work()
    with connection.execute_wrapper(counted):
        response = client.get(path)
    spent, cpu = time.perf_counter() - start, _seconds_at_work() - begun
    return count, spent * 1000, cpu * 1000, response


def _seconds_at_work() -> float:
    """Of this process, and of the PostgreSQL process that serves it where that runs on this machine."""
    from django.db import connection  # noqa: PLC0415

    seconds = time.process_time()
    if connection.vendor == "postgresql":
        pid = connection.connection.info.backend_pid if connection.connection else 0
        at_work = Path(f"/proc/{pid}/schedstat")
        seconds += int(at_work.read_text().split()[0]) / 1e9 if at_work.exists() else 0
    return seconds


def _size(name: str) -> int:
    return (ROOT / "static" / name).stat().st_size


def _print(found: list[Measured]) -> None:
    print("| address | median ms | p95 ms | p95 at work ms | queries | kB | kB with CSS and JS | slowest |")
    print("|---|---|---|---|---|---|---|---|")
    for row in found:
        weight = f"{row.weight / 1000:.0f}" if row.is_page else ""
        mark = " **" if row.is_too_much else ""
        print(
            f"| {row.name}{mark} | {statistics.median(row.times):.0f} | {row.p95:.0f} | {_p95(row.cpu):.0f} "
            f"| {row.queries} | {row.html / 1000:.0f} | {weight} | `{row.slowest[1]}` |"
        )
    for row in found:
        for failure in dict.fromkeys(row.failures):
            print(f"- {row.name}: {failure}")


if __name__ == "__main__":
    sys.exit(main())

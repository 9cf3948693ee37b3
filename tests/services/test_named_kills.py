"""A worker killed at the points that matter, each held still from outside: by a page, a lock, a mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.services import servers, story
from tests.services.deployment import Inbox, beat, deployment, worker
from tests.services.site import Site
from tests.web_site import WebSite, web_site

Held = Callable[[], object]


def test_a_worker_killed_at_each_point_of_its_work_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with deployment(tmp_path) as (site, inbox), web_site() as pages, beat(site), ExitStack() as stack:
        story.watch(site, pages)
        running = stack.enter_context(worker(site))
        story.wait_for_versions(site, 1)
        points = (
            _half_a_page(pages),
            # Bytes are stored before this table is written, in a transaction of their own.
            _locked(site, "monitor_snapshot"),
            # A version is written in the transaction that records its capture.
            _locked(site, "monitor_version"),
            _locked(site, "clauses_analysis"),
            _no_goodbye(inbox),
        )
        for number, (point, text) in enumerate(zip(points, story.TEXTS[1:], strict=True), start=2):
            with point as is_reached:
                pages.publish("/terms", text)
                servers.wait_until(is_reached, 60, "the point of the kill")
                running.kill_all()
            running = stack.enter_context(worker(site))
            story.wait_for_versions(site, number)
        found = story.state(site)
    assert [cause for _, cause, _ in found["versions"]] == ["first"] + ["publisher"] * 5
    assert [(old, new) for old, new, *_ in found["changes"]] == [(1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]
    assert found["alerts"] == ["sent"] * 5
    assert [count for _, count in found["clauses"]] == [6, 1]
    letters = [message["Message-ID"] for message in inbox.messages()]
    # The server's yes is on record before its goodbye: whoever is killed while waiting for that sends nothing twice.
    assert letters == list(dict.fromkeys(letters))
    assert len(letters) == 5


@contextmanager
def _half_a_page(pages: WebSite) -> Iterator[Held]:
    pages.is_open.clear()
    yield pages.waiting.is_set
    pages.is_open.set()


@contextmanager
def _locked(site: Site, table: str) -> Iterator[Held]:
    """Nobody writes to a table as long as the block lasts."""
    waiting = f"""
        SELECT 1 FROM pg_locks JOIN pg_class ON relation = pg_class.oid WHERE relname = '{table}' AND NOT granted
    """
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        connection.execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield lambda: site.query(waiting)


@contextmanager
def _no_goodbye(inbox: Inbox) -> Iterator[Held]:
    """The mail server takes a letter and keeps its client waiting."""
    inbox.is_open.clear()
    yield inbox.waiting.is_set
    inbox.is_open.set()

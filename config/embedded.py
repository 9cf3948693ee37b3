"""The embedded site: web, worker and beat in one process, on SQLite and an in-memory transport.

What a kill loses is only "go look": the rows say what there is to do, and the next sweep finds it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery.beat import Scheduler, Service
from waitress.server import create_server

from config.celery import app
from config.wsgi import application

# One slow page must not keep the analysis and the mails waiting.
_WORKER_THREADS = 4
_WEB_THREADS = 8
_STOP_SECONDS = 10


def web_server(host: str, port: int) -> Any:
    """A server bound to the address; `.run()` serves. Raises OSError where the port is taken."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return create_server(application, host=host, port=port, threads=_WEB_THREADS, ident=None)


@contextmanager
def background() -> Iterator[None]:
    """Worker and beat run in threads of this process until the block ends; what is in hand is finished."""
    app.conf.broker_transport_options = {"polling_interval": 0.2}
    worker = app.WorkController(
        pool="threads",
        concurrency=_WORKER_THREADS,
        without_heartbeat=True,
        without_gossip=True,
        without_mingle=True,
        queues="fetch,render,analyze,alert",
    )
    beat = Service(app, scheduler_cls=_FreshScheduler, max_interval=5)
    threads = [
        threading.Thread(target=worker.start, name="worker", daemon=True),
        threading.Thread(target=beat.start, kwargs={"embedded_process": True}, name="beat", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        beat.stop(wait=False)
        worker.stop()
        for thread in threads:
            thread.join(_STOP_SECONDS)


class _FreshScheduler(Scheduler):
    """Keeps no file: every sweep is due at the start, which is what a site that was down needs."""

    def setup_schedule(self) -> None:
        self.merge_inplace(self.app.conf.beat_schedule)
        for entry in self.schedule.values():
            entry.last_run_at = entry.default_now().replace(year=2000)

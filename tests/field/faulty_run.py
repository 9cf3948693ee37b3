"""One replay in one process, page after page: what every page gave, how long it took and what it weighed.

The memory of a process is measured, so a bench gives it one of its own: a worker that reads and analyzes.
"""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from clauses import subscribing
from clauses.analysis import analyze_pending
from monitor.models import Document, Fetch, Source
from monitor.watching import fetch_document
from tests.field import end_state, replay, watch_list

# The server itself packs the bomb for longer than the short limit of a bench: it must get through to be a bomb.
_BOMB_SECONDS = 60
_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


def run(specification: Path, result: Path) -> None:
    """Live through a replay and write what came of it, as JSON.

    The specification names the replay server's `url`, `services`, `moments`, for each moment the `modes` of the pages,
    and whether to read the pages `without_selectors`.
    """
    asked = json.loads(specification.read_text())
    server = replay.Replay(asked["url"])
    watch(server, asked["services"], without_selectors=asked["without_selectors"])
    moments = [datetime.fromisoformat(moment) for moment in asked["moments"]]
    result.write_text(json.dumps(live(server, moments, asked["modes"])))


def watch(server: replay.Replay, services: list[str], *, without_selectors: bool = False) -> None:
    """Put the pages of these services on the watch list, with a reader who wants every change."""
    reader = User.objects.create_user("reader", "reader@example.org", "a long enough word")
    for service in services:
        platform = watch_list.watch(server, service)
        subscribing.subscribe(reader, platform, 0)
    if without_selectors:
        Source.objects.update(select=[], remove=[])


def live(server: replay.Replay, moments: list[datetime], modes: list[dict[str, str]]) -> dict[str, Any]:
    """Every attempt, the highest resident memory in MB, and the end state."""
    attempts = [
        row for step, moment in enumerate(moments) for row in _step(server, step, moment, modes[step])
    ]
    peak = max(attempt["peak_mb"] for attempt in attempts)
    return {"attempts": attempts, "peak_mb": peak, "state": end_state.everything(moments=True)}


def _step(server: replay.Replay, step: int, moment: datetime, modes: dict[str, str]) -> list[dict[str, Any]]:
    server.move_to(moment)
    for page, mode in modes.items():
        server.break_page(page, mode)
    found = []
    for document in Document.objects.select_related("platform").order_by("pk"):
        found += _read(document, step, moment, modes)
    _reset_peak()
    analyze_pending()
    found.append(
        {"step": step, "page": "", "mode": "analysis", "outcome": "", "seconds": 0.0, "peak_mb": _peak_mb()}
    )
    return found


def _read(document: Document, step: int, moment: datetime, modes: dict[str, str]) -> list[dict[str, Any]]:
    pages = [_page(source) for source in Source.objects.valid(moment).filter(document=document)]
    usual = settings.FETCH_TIMEOUT_SECONDS
    if any(modes.get(page) == "bomb" for page in pages):
        settings.FETCH_TIMEOUT_SECONDS = _BOMB_SECONDS
    found = []
    _reset_peak()
    started = time.monotonic()
    for fetch in fetch_document(document, moment):
        found.append((fetch, round(time.monotonic() - started, 2), _peak_mb()))
        _reset_peak()
        started = time.monotonic()
    limit, settings.FETCH_TIMEOUT_SECONDS = settings.FETCH_TIMEOUT_SECONDS, usual
    # What a capture was to its document is known when its round is complete.
    return [
        _row(Fetch.objects.select_related("source__document__platform", "snapshot").get(pk=fetch.pk), modes)
        | {"step": step, "seconds": seconds, "limit": limit, "peak_mb": peak}
        for fetch, seconds, peak in found
    ]


def _row(fetch: Fetch, modes: dict[str, str]) -> dict[str, Any]:
    page, document = _page(fetch.source), fetch.source.document
    return {
        "document": f"{document.platform.slug}/{document.slug}",
        "page": page,
        "mode": modes.get(page, "none"),
        "outcome": fetch.outcome,
        "is_problem": fetch.is_problem,
        "message": fetch.message,
        "fingerprint": fetch.snapshot.fingerprint if fetch.snapshot else "",
    }


def _page(source: Source) -> str:
    return source.url.rsplit("/p/", 1)[-1]


def _reset_peak() -> None:
    _CLEAR.write_text("5")


def _peak_mb() -> float:
    """The highest resident memory since the last reset (VmHWM)."""
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024, 1)

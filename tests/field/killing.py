"""Ending processes at random moments of a replay, and telling from the rows what they had in hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from tests.field import replay
from tests.services.site import Site

Rows = list[list[Any]]
State = dict[str, Rows]

_WATCH = """
from django.contrib.auth.models import User
from clauses import subscribing
from tests.field import replay, watch_list
for service in {services!r}:
    platform = watch_list.watch(replay.Replay({url!r}), service)
    for name in ("ines", "omar"):
        user, _ = User.objects.get_or_create(username=name, defaults=dict(email=name + "@example.org"))
        subscribing.subscribe(user, platform, 0)
"""
_STATE = """
import json
from tests.field import end_state
print(json.dumps(end_state.everything(moments={moments})))
"""
# A document whose host was busy is put off by moments: it is not read yet. What was read is due in hours.
_SOON = timedelta(minutes=1)
_HAND = """
SELECT
 (SELECT count(*) FROM monitor_fetch),
 (SELECT count(*) FROM monitor_blob b WHERE NOT EXISTS (SELECT 1 FROM monitor_snapshot s WHERE s.blob_id = b.sha256))
 + (SELECT count(*) FROM monitor_snapshot s
    WHERE NOT EXISTS (SELECT 1 FROM monitor_fetch f WHERE f.snapshot_id = s.id)),
 (SELECT max(claimed_at) FROM monitor_document),
 (SELECT max(c.claimed_at) FROM clauses_analysisclaim c
  WHERE NOT EXISTS (SELECT 1 FROM clauses_analysis a WHERE a.version_id = c.version_id)),
 (SELECT max(claimed_at) FROM clauses_alert WHERE state = 'owed'),
 (SELECT count(*) FROM monitor_version v WHERE NOT EXISTS (SELECT 1 FROM clauses_analysis a WHERE a.version_id = v.id)),
 (SELECT count(*) FROM clauses_alert WHERE state = 'owed'),
 (SELECT count(*) FROM monitor_document
  WHERE (next_fetch_at IS NULL OR attempts > 0 OR next_fetch_at < '{soon}') AND NOT is_paused),
 (SELECT count(*) FROM monitor_candidate WHERE NOT is_flip)
"""
STARTING, BETWEEN, IDLE = "starting up", "between two steps", "nothing (all done)"
PAGE, KEPT, CLAIMED = "a page asked for", "bytes kept, capture not recorded", "a document claimed"
ANALYSIS, UNANALYZED = "an analysis", "a version waiting for its analysis"
ALERT, OWED = "an alert claimed", "an alert waiting to be sent"


@dataclass(frozen=True)
class Hand:
    """What the rows say is under way."""

    fetches: int
    kept: int
    document: Any
    analysis: Any
    alert: Any
    unanalyzed: int
    owed: int
    unread: int
    candidates: int
    served: int

    @property
    def lost(self) -> int:
        """Pages that were served and never recorded."""
        return self.served - self.fetches

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do."""
        counts = (self.unanalyzed, self.owed, self.unread, self.candidates)
        return self.document is None and not any(counts)


def in_hand(site: Site, server: replay.Replay | None = None, *, at: datetime | None = None) -> Hand:
    """What is under way at a moment, without one now: a replay by command lives in another year."""
    soon = (at or datetime.now(UTC)) + _SOON
    ((*found,),) = site.query(_HAND.format(soon=f"{soon:%Y-%m-%d %H:%M:%S+00}"))
    return Hand(*found, served=len(server.requests()) if server else 0)


def is_settled(site: Site) -> bool:
    """Whether nothing is left to do."""
    return in_hand(site).is_settled


def under_way(before: Hand, after: Hand) -> str:
    """What a process had in hand when it was killed, by the rows before its start and after its end."""
    phases = {
        ANALYSIS: after.analysis is not None and after.analysis != before.analysis,
        ALERT: after.alert is not None and after.alert != before.alert,
        KEPT: after.kept > before.kept,
        PAGE: after.lost > before.lost,
        CLAIMED: after.document is not None and after.document != before.document,
        UNANALYZED: after.unanalyzed > 0,
        OWED: after.owed > 0 and after.fetches > before.fetches,
        IDLE: after.is_settled,
        BETWEEN: after.fetches > before.fetches,
    }
    return next((name for name, holds in phases.items() if holds), STARTING)


@dataclass
class Kill:
    """One kill: of what, and what it had in hand."""

    process: str
    phase: str


@dataclass
class Run:
    """One replay lived through: how long each moment took, the kills, the end state, and the letters received."""

    state: State = field(default_factory=dict)
    kills: list[Kill] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    starting: float = 0
    letters: list[str] = field(default_factory=list)

    @property
    def doubled_letters(self) -> int:
        """Letters that came again under the same Message-ID: the known window between the server's yes and ours."""
        return len(self.letters) - len(set(self.letters))


def watch(site: Site, server: replay.Replay, services: list[str]) -> None:
    """Put the services on the watch list, with two readers who want every change."""
    site.shell(_WATCH.format(services=services, url=server.url))


def state(site: Site, *, moments: bool) -> State:
    """Everything on record, by content."""
    found: State = json.loads(site.shell(_STATE.format(moments=moments)).splitlines()[-1])
    return found


def differences(undisturbed: State, other: State) -> list[str]:
    """The rows that only one of two states has, in words; empty where they are equal by content."""
    found = []
    for name, rows in undisturbed.items():
        ours, theirs = ([json.dumps(row) for row in side] for side in (rows, other[name]))
        if ours == theirs:
            continue
        lost, added = [row for row in ours if row not in theirs], [row for row in theirs if row not in ours]
        if not lost and not added:
            found.append(f"{name}: {len(theirs)} rows, not {len(ours)}")
        found += [f"{name}: lost {row[:300]}" for row in lost]
        found += [f"{name}: added {row[:300]}" for row in added]
    return found


def change(site: Site, sql: str) -> None:
    """Change rows from outside, as an operator with a database client does."""
    with _connection(site) as connection:
        connection.execute(sql)
        connection.commit()


@contextmanager
def _connection(site: Site) -> Iterator[Any]:
    url = site.environment.get("DATABASE_URL")
    opened: Any = (
        psycopg.connect(url) if url else sqlite3.connect(site.folder / "proviso.sqlite3", timeout=20)
    )
    try:
        yield opened
    finally:
        opened.close()

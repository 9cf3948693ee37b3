"""Whose turn it is at a host: one request in flight, a distance between two, and what robots.txt allows.

The rows of Host carry the turns, so they hold across threads, processes and machines. Nothing here keeps a
transaction open while it waits or reads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from monitor import fetching
from monitor.core import robots
from monitor.core.addresses import is_plain
from monitor.core.asking import host_key
from monitor.core.schedule import retry_after
from monitor.models import Host

_LOOK_SECONDS = 0.1
_ROBOTS_LAST = timedelta(days=1)
# A host that fails is not asked for robots.txt with every page.
_ROBOTS_RETRY = timedelta(minutes=10)
# RFC 9309, 2.3.1.4: without a copy nothing may be read, but not for ever. A monitor must not lose a site over this.
_UNKNOWN_LAST = timedelta(days=7)


class Busy(Exception):
    """The host's turn does not come soon. `free_at`: no sooner than then; the message is one line."""

    def __init__(self, host: str, free_at: datetime) -> None:
        super().__init__(f"{host} is to be left alone until {free_at:%Y-%m-%d %H:%M:%S} UTC")
        self.free_at = free_at


class NoRobots(Exception):
    """robots.txt is answered by an error, and no copy of it is known: until then nothing may be read."""

    def __init__(self, status: int, wait: timedelta | None) -> None:
        super().__init__(f"robots.txt: the server answered {status}, and no copy of it is known")
        self.status, self.wait = status, wait


class Disallowed(Exception):
    """robots.txt asks not to read the address; the message is one line and says what an administrator can do."""


def busy_hosts(urls: Iterable[str], until: datetime) -> dict[str, Busy]:
    """The addresses among these whose hosts asked to be left alone beyond a moment."""
    names = {url: _name(url) for url in urls}
    hosts = Host.objects.filter(pk__in=names.values(), free_at__gt=until)
    free = dict(hosts.values_list("pk", "free_at"))
    return {url: Busy(name, moment) for url, name in names.items() if (moment := free.get(name))}


@dataclass(frozen=True, slots=True)
class Manners:
    """How one visit behaves.

    `patience`: how long it waits for its turn. `keeps_distance`: False for a replay, whose pace is its caller's
    clock. `asks_robots`: False where an administrator set robots.txt aside. `keep`: called while it waits.
    """

    limits: fetching.Limits
    patience: timedelta = timedelta(seconds=75)
    keeps_distance: bool = True
    asks_robots: bool = True
    keep: Callable[[], None] = lambda: None


@contextmanager
def visit(url: str, manners: Manners) -> Iterator[Visit]:
    """The right to read one address now. Raises Busy, Disallowed, NoRobots, FetchError where it cannot be reached."""
    visiting = Visit(manners)
    try:
        visiting.go_on(url)
        yield visiting
    finally:
        visiting.leave()


@dataclass
class Visit:
    """One page being read: never more than one host is held at a time, so nobody waits for one another for ever."""

    manners: Manners
    _turn: _Turn | None = field(default=None, init=False)

    def go_on(self, url: str) -> None:
        """Take the turn at an address' host, letting go of the one held. Raises as `visit` does."""
        name = _name(url)
        if not name:
            # No web address: the guard of the client refuses it in its own words.
            return
        if self._turn is None or self._turn.name != name:
            self.leave()
        if self.manners.asks_robots:
            self._ask_robots(url, name)
        if self._turn is None:
            self._turn = _take(name, self.manners)

    def leave(self) -> None:
        """Let go of the host."""
        if self._turn is not None:
            self._turn.end(_distance(self._turn.name, self.manners))
            self._turn = None

    def leave_alone(self, wait: timedelta) -> None:
        """The host asked to be left alone for so long from now on."""
        if self._turn is not None:
            free_at = timezone.now() + wait
            earlier = Q(free_at__isnull=True) | Q(free_at__lt=free_at)
            Host.objects.filter(earlier, pk=self._turn.name).update(free_at=free_at)

    def _ask_robots(self, url: str, name: str) -> None:
        host = _host(name)
        if _is_old(host):
            if self._turn is None:
                self._turn = _take(name, self.manners)
                # Whoever had the turn before may have read it.
                host.refresh_from_db()
            if _is_old(host):
                host = self._read_robots(url, host)
                self.leave()
        if not robots.is_readable(host.robots, url, self.manners.limits.user_agent):
            raise Disallowed(
                "robots.txt asks not to read this page; the source can set it aside, with a reason"
            )

    def _read_robots(self, url: str, host: Host) -> Host:
        """Read robots.txt of a host and keep it. Without an answer the copy known before stays (RFC 9309, 2.3.1.4).

        Raises what went wrong where no copy is known, until it has for so long that the site counts as having none.
        """
        now = timezone.now()
        found = _find_robots(url, self.manners.limits)
        values: dict[str, Any] = {"robots": found.text, "robots_at": now, "robots_failing_since": None}
        if found.error:
            values = {"robots_failing_since": host.robots_failing_since or now}
        Host.objects.filter(pk=host.pk).update(robots_tried_at=now, **values)
        host.refresh_from_db()
        if found.error and host.robots_at is None and now - values["robots_failing_since"] < _UNKNOWN_LAST:
            if isinstance(found.error, NoRobots) and found.error.wait:
                self.leave_alone(found.error.wait)
            raise found.error
        return host


def _name(url: str) -> str:
    try:
        return host_key(url)[:300] if is_plain(url) and urlsplit(url).hostname else ""
    except ValueError:
        return ""


def _host(name: str) -> Host:
    return Host.objects.get_or_create(pk=name)[0]


@dataclass(frozen=True, slots=True)
class _Turn:
    name: str
    claimed_at: datetime

    def end(self, distance: timedelta) -> None:
        """Let go, and keep others away for a while; what was taken over stays with whoever has it."""
        mine = Host.objects.filter(pk=self.name, claimed_at=self.claimed_at)
        free_at = timezone.now() + distance
        later = Q(free_at__gt=free_at)
        if not mine.exclude(later).update(claimed_at=None, free_at=free_at):
            mine.update(claimed_at=None)


def _take(name: str, manners: Manners) -> _Turn:
    """Wait for the turn at a host and take it. Raises Busy."""
    give_up = time.monotonic() + manners.patience.total_seconds()
    while True:
        now = timezone.now()
        host = _host(name)
        free_at = host.free_at if manners.keeps_distance else None
        if _is_free(host, free_at, now) and _claim(host, now):
            return _Turn(name, now)
        wait = max(_LOOK_SECONDS, (free_at - now).total_seconds() if free_at else 0)
        if time.monotonic() + wait > give_up:
            raise Busy(name, max(free_at or now, now))
        manners.keep()
        time.sleep(min(wait, 1))


def _is_free(host: Host, free_at: datetime | None, now: datetime) -> bool:
    # A turn that was never given back belongs to a process that died.
    stale = now - timedelta(seconds=settings.CLAIM_SECONDS)
    return (host.claimed_at is None or host.claimed_at < stale) and (free_at is None or free_at <= now)


def _claim(host: Host, now: datetime) -> bool:
    """Take the turn of a host as it was looked at. False where somebody was faster."""
    seen = Host.objects.filter(pk=host.pk, claimed_at=host.claimed_at, free_at=host.free_at)
    return seen.update(claimed_at=now) == 1


def _distance(name: str, manners: Manners) -> timedelta:
    """The distance to the next request: ours, or the longer one that robots.txt asks for."""
    ours = timedelta(seconds=settings.FETCH_HOST_DISTANCE_SECONDS)
    if not manners.asks_robots:
        return ours
    return max(ours, robots.crawl_delay(_host(name).robots, manners.limits.user_agent))


def _is_old(host: Host) -> bool:
    """Whether robots.txt is to be read: once a day, or more often as long as no copy of it is known."""
    now = timezone.now()
    if host.robots_at is None or host.robots_tried_at is None:
        return True
    return now - host.robots_at >= _ROBOTS_LAST and now - host.robots_tried_at >= _ROBOTS_RETRY


@dataclass(frozen=True, slots=True)
class _Found:
    """What robots.txt says; None where that is unknown, for the reason in `error`."""

    text: str | None
    error: NoRobots | fetching.FetchError | None = None


def _find_robots(url: str, limits: fetching.Limits) -> _Found:
    """Read robots.txt by the guarded client. 4xx means that there is none (RFC 9309, 2.3.1.3)."""
    address = urlsplit(url)._replace(path="/robots.txt", query="", fragment="").geturl()
    shorter = replace(
        limits, max_bytes=robots.MAX_BYTES, max_redirects=robots.MAX_REDIRECTS, keeps_beginning=True
    )
    try:
        answer = fetching.get(address, shorter)
    except fetching.Refused:
        # It leads nowhere we may go: as with more redirects than are followed, there is none.
        return _Found("")
    except fetching.FetchError as error:
        return _Found(None, error)
    if answer.status == 429 or answer.status >= 500:
        wait = retry_after(answer.headers.get("retry-after", ""), timezone.now())
        return _Found(None, NoRobots(answer.status, wait))
    return _Found(robots.as_text(answer.body) if 200 <= answer.status < 300 else "")

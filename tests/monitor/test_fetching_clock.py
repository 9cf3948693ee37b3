"""The deadline of a page counts its servers' time, not ours."""

import time

import pytest

from monitor import fetching
from monitor.fetching import Limits, TimedOut
from tests.monitor.hostile_server import hostile_server

LIMITS = Limits(max_bytes=1000, seconds=0.5, user_agent="Tests", allow_private=True)
MOVED = b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
THERE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n"


def test_the_wait_for_a_turn_at_the_next_host_is_not_the_servers_time():
    with hostile_server(lambda connection, path: connection.sendall(_answer(path))) as server:
        answer = fetching.get(server.url, LIMITS, before_hop=lambda _: time.sleep(0.8))
    assert (answer.body, answer.redirects) == (b"text", (server.url.replace("/terms", "/there"),))
    assert answer.seconds < 0.5


def test_behind_the_wait_the_deadline_still_cuts():
    def drip(connection, path):
        if path != "/there":
            connection.sendall(MOVED)
            return
        connection.sendall(THERE)
        time.sleep(2)

    started = time.monotonic()
    with hostile_server(drip) as server, pytest.raises(TimedOut):
        fetching.get(server.url, LIMITS, before_hop=lambda _: time.sleep(0.3))
    assert time.monotonic() - started < 2.5


def _answer(path):
    return THERE + b"text" if path == "/there" else MOVED

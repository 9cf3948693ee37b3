"""A forward proxy on loopback, the only way out for a browser: the guard checks every connection it asks for."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from monitor.core.answers import Forbidden, NotConnected
from monitor.fetching import Guard
from monitor.rendering.http_heads import Head, HeadError, parted, passed_on, request_head

_CHUNK = 65_536
# A browser opens 32 connections to a proxy at most; what comes beyond is not one.
_MOST_CONNECTIONS = 64
_TUNNEL_IS_OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"
_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

Place = tuple[str, int]


class Proxy:
    """A running proxy. `refused` and `failed` hold what it did not connect to, by host and port, with the reason."""

    def __init__(self, seconds: float, max_bytes: int, *, allow_private: bool) -> None:
        self.refused: dict[Place, str] = {}
        self.failed: dict[Place, str] = {}
        self.bytes = 0
        self._max_bytes = max_bytes
        self._allow_private = allow_private
        self._ends = time.monotonic() + seconds
        self._is_closed = False
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=_MOST_CONNECTIONS)
        threading.Thread(target=self._accept, name="guarding proxy", daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens, as browsers want it."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    @property
    def is_exhausted(self) -> bool:
        """Whether more went through than allowed. It lets nothing pass any more."""
        return self.bytes > self._max_bytes

    def close(self) -> None:
        """Stop listening, and cut what is open."""
        with self._lock:
            self._is_closed = True
            left = list(self._open)
        for connection in (self._listening, *left):
            # Only shut down: the thread that serves a connection closes it, and nobody else may get its number before.
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _remaining(self) -> float:
        return max(self._ends - time.monotonic(), 0.001)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self._take(client):
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _take(self, client: socket.socket) -> bool:
        with self._lock:
            if self._is_closed or len(self._open) >= _MOST_CONNECTIONS:
                client.close()
                return False
            self._open.add(client)
            return True

    def _serve(self, client: socket.socket) -> None:
        guard = Guard(self._remaining(), self._allow_private)
        try:
            client.settimeout(self._remaining())
            self._answer(client, guard)
        except (OSError, ValueError, HeadError):
            # The browser learns of it by the end of the connection.
            return
        finally:
            guard.expire()
            guard.close()
            with self._lock:
                self._open.discard(client)
            client.close()

    def _answer(self, client: socket.socket, guard: Guard) -> None:
        head, rest = _request(client)
        is_tunnel = head.words[0] == "CONNECT"
        server = self._connect(_place(head.words[1], is_tunnel=is_tunnel), guard)
        if server is None:
            if is_tunnel:
                client.sendall(_REFUSED)
            return
        with server:
            server.settimeout(self._remaining())
            if is_tunnel:
                client.sendall(_TUNNEL_IS_OPEN)
                server.sendall(rest)
            else:
                server.sendall(request_head(head) + rest)
            self._relay(client, server, is_tunnel=is_tunnel)

    def _connect(self, place: Place, guard: Guard) -> socket.socket | None:
        if self.is_exhausted:
            return None
        try:
            return guard.connect(*place)
        except Forbidden as error:
            self.refused[place] = str(error)
        except NotConnected as error:
            self.failed[place] = str(error)
        except OSError as error:
            self.failed[place] = f"no complete answer ({type(error).__name__})"
        return None

    def _relay(self, client: socket.socket, server: socket.socket, *, is_tunnel: bool) -> None:
        """Pass bytes both ways until one side is done, the time is over, or too many went through."""
        waiting: bytes | None = None if is_tunnel else b""
        with selectors.DefaultSelector() as both:
            both.register(client, selectors.EVENT_READ, server)
            both.register(server, selectors.EVENT_READ, client)
            while ready := both.select(self._remaining()):
                for key, _ in ready:
                    source, target = key.fileobj, key.data
                    assert isinstance(source, socket.socket)
                    chunk = source.recv(_CHUNK)
                    if not chunk or not self._count(len(chunk)):
                        return
                    if source is server and waiting is not None:
                        chunk, waiting = passed_on(waiting + chunk)
                    target.sendall(chunk)

    def _count(self, size: int) -> bool:
        with self._lock:
            self.bytes += size
        return not self.is_exhausted


def _request(client: socket.socket) -> tuple[Head, bytes]:
    """The head of what a browser asks, and what came behind it. Raises HeadError or OSError."""
    received = b""
    while (found := parted(received)) is None:
        chunk = client.recv(8192)
        if not chunk:
            raise HeadError("cut off in its head")
        received += chunk
    return found


def _place(target: str, *, is_tunnel: bool) -> Place:
    """Host and port that a request asks for. Raises ValueError."""
    parts = urlsplit(f"//{target}" if is_tunnel else target)
    if not parts.hostname or (parts.scheme != "http" and not is_tunnel):
        raise ValueError("not a web address")
    return parts.hostname, parts.port or (443 if is_tunnel else 80)


@contextmanager
def guarding_proxy(seconds: float, max_bytes: int, *, allow_private: bool) -> Iterator[Proxy]:
    """A proxy that runs in threads of this process until the block ends."""
    proxy = Proxy(seconds, max_bytes, allow_private=allow_private)
    try:
        yield proxy
    finally:
        proxy.close()

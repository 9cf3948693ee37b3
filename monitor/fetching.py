"""The only module that opens a connection to the outside: one guarded client.

The name is resolved once, every address it gives must be global, and the connection goes to an address that was
checked: there is no second look-up that could give another answer.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from monitor.core.addresses import check_address, is_allowed
from monitor.core.answers import (
    Answer,
    FetchError,
    Forbidden,
    Limits,
    NotConnected,
    Refused,
    TimedOut,
    TooLarge,
    Unreachable,
)
from monitor.core.asking import Asking, is_same_host
from monitor.core.unpacking import ACCEPTED, Cut, TooMuch, Unpacker

__all__ = [
    "PRIVATE_NETWORK",
    "Answer",
    "FetchError",
    "Limits",
    "Refused",
    "TimedOut",
    "TooLarge",
    "Unreachable",
    "get",
]
PRIVATE_NETWORK = "the address leads into a private network"
_CHUNK = 65_536


_NOTHING_MORE = Asking()


def any_hop(_: str) -> None:
    """No say in where redirects lead."""


def get(
    url: str, limits: Limits, asking: Asking = _NOTHING_MORE, before_hop: Callable[[str], None] = any_hop
) -> Answer:
    """Fetch a page. Raises a FetchError; an HTTP error status is an answer, not an error.

    `before_hop` is called with every address that a redirect leads to, before the request; what it raises ends all.
    """
    with watched(limits) as guard:
        try:
            return _follow(url, limits, guard, asking, before_hop)
        except Forbidden as error:
            raise Refused(str(error)) from error
        except (requests.RequestException, HTTPError, OSError, ValueError, NotConnected) as error:
            if guard.is_over:
                raise TimedOut(f"not complete after {limits.seconds:g} s") from error
            raise Unreachable(_cause(error)) from error


def _cause(error: Exception) -> str:
    """Why there is no answer, in words of ours where the cause is a common one."""
    if isinstance(error, NotConnected):
        return str(error)
    if isinstance(error, requests.exceptions.SSLError):
        return "no secure connection could be made"
    return f"no complete answer ({type(error).__name__})"


def _follow(
    url: str, limits: Limits, guard: Guard, asking: Asking, before_hop: Callable[[str], None]
) -> Answer:
    redirects: list[str] = []
    is_at_home = True
    check_address(url)
    while True:
        told = asking.told(url, is_at_home=is_at_home)
        # A session for every hop: no cookie goes along, nor a kept connection that its server may just be closing.
        with (
            _session(limits, guard) as session,
            session.request(
                *asking.said_to(url), headers=told, allow_redirects=False, stream=True, timeout=limits.seconds
            ) as response,
        ):
            if not (response.is_redirect and limits.max_redirects):
                answer = _answer(response, url, limits, guard)
                return replace(answer, redirects=tuple(redirects), is_conditional=asking.is_validated(url))
            target = urljoin(url, session.get_redirect_target(response) or "")
        redirects.append(target)
        if len(redirects) > limits.max_redirects:
            raise Forbidden(f"more than {limits.max_redirects} redirects")
        check_address(target)
        with guard.paused():
            before_hop(target)
        is_at_home = is_at_home and is_same_host(url, target)
        url = target


def _answer(response: requests.Response, url: str, limits: Limits, guard: Guard) -> Answer:
    body = _read(response, limits)
    if guard.is_over:
        # The deadline cut the connection: to the reader that looks like the end of the page.
        raise TimedOut(f"not complete after {limits.seconds:g} s")
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, url, headers, body, time.monotonic() - guard.started)


def _read(response: requests.Response, limits: Limits) -> bytes:
    """The body, unpacked. Never asks for more than one chunk beyond the limit."""
    unpacker: Unpacker | None = None
    try:
        unpacker = Unpacker(response.headers.get("content-encoding", ""), limits.max_bytes)
        # read1 gives what has arrived: read() would wait for a full chunk from a server that drips.
        while chunk := response.raw.read1(_CHUNK, decode_content=False):
            unpacker.add(chunk)
        return unpacker.finish()
    except TooMuch as error:
        if limits.keeps_beginning and unpacker:
            return unpacker.beginning()
        raise TooLarge(str(error)) from error
    except Cut as error:
        raise Unreachable(str(error)) from error


@dataclass
class Guard:
    """One fetch under way: its clock, and its open sockets, which the deadline closes."""

    seconds: float
    allow_private: bool
    started: float = field(default_factory=time.monotonic)
    sockets: list[socket.socket] = field(default_factory=list)
    timer: threading.Timer = field(init=False)

    @property
    def remaining(self) -> float:
        """Seconds until the deadline, negative after it."""
        return self.started + self.seconds - time.monotonic()

    @property
    def is_over(self) -> bool:
        """Whether the total time is over: what is read from then on may have been cut by the deadline."""
        return self.remaining <= 0

    def start(self) -> None:
        """Cut all connections at the deadline: a read timeout alone never ends a drip."""
        self.timer = threading.Timer(max(self.remaining, 0), self.expire)
        self.timer.daemon = True
        self.timer.start()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """A stretch that is not the server's time, such as the wait for a turn at the next host."""
        since = time.monotonic()
        self.timer.cancel()
        yield
        self.started += time.monotonic() - since
        self.start()

    def expire(self) -> None:
        """Cut all connections."""
        for open_socket in self.sockets:
            try:
                open_socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def close(self) -> None:
        """Let go of all connections."""
        for open_socket in self.sockets:
            open_socket.close()

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to the first address that answers, after all of them were found allowed."""
        try:
            found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        except socket.gaierror as failed:
            raise NotConnected("the name could not be found") from failed
        addresses = [str(info[4][0]) for info in found]
        if not all(is_allowed(address, allow_private=True) for address in addresses):
            raise Forbidden("the address is one of those that are never fetched")
        if not all(is_allowed(address, allow_private=self.allow_private) for address in addresses):
            raise Forbidden(PRIVATE_NETWORK)
        error: OSError | None = None
        for family, _, _, _, address in found:
            try:
                return self._open(family, address)
            except OSError as failed:
                error = failed
        if isinstance(error, ConnectionRefusedError):
            raise NotConnected("the connection was refused")
        raise error or OSError("the name has no address")

    def _open(self, family: int, address: tuple[Any, ...]) -> socket.socket:
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            # A handle of the guard's own: TLS takes the other one over, and closing it would not be ours.
            self.sockets.append(connection.dup())
            connection.settimeout(max(self.remaining, 0.001))
            connection.connect(address)
            if self.is_over:
                raise TimeoutError
        except OSError:
            connection.close()
            raise
        return connection


@contextmanager
def watched(limits: Limits) -> Iterator[Guard]:
    """A guard whose sockets are cut when the total time is over."""
    guard = Guard(limits.seconds, limits.allow_private)
    guard.start()
    try:
        yield guard
    finally:
        guard.timer.cancel()
        guard.close()


class _Session(requests.Session):
    """A session that leaves redirects to us."""

    def resolve_redirects(self, *_: Any, **__: Any) -> Iterator[Any]:
        # Told not to follow, it still reads the body of a redirect to its end, unpacked and without a limit.
        return iter(())


def _session(limits: Limits, guard: Guard) -> requests.Session:
    session = _Session()
    # Proxies, netrc and other ambient settings would lead around the guard.
    session.trust_env = False
    session.headers.update(
        {
            "User-Agent": limits.user_agent,
            "Accept": "text/html,*/*;q=0.8",
            "Accept-Language": "en",
            "Accept-Encoding": ACCEPTED,
        }
    )
    adapter = _GuardedAdapter(guard)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


class _Watched(HTTPConnection):
    """A connection that may be cut while the request is being sent."""

    def getresponse(self) -> Any:
        if self.sock is None:
            # urllib3 drops a connection that broke on sending and then reads on, from no socket at all.
            raise ConnectionAbortedError("cut while sending")
        return super().getresponse()


class _GuardedAdapter(HTTPAdapter):
    """Opens every connection through the guard."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        guard = self._guard

        class Plain(_Watched, HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return guard.connect(self.host, self.port or 80)

        class Secure(_Watched, HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return guard.connect(self.host, self.port or 443)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

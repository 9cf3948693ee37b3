"""A program on loopback that is called by webhooks, and answers as a test says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_LONGEST_WAIT = 60


@dataclass
class Reply:
    """What the next call is answered with. `hangs`: not before the test opens the door; `drops`: not at all."""

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    drops: bool = False


@dataclass
class Call:
    """One call as it came, with the names of its headers as they are usually written."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Where it listens. `replies` are given one each, then every call is taken."""

    url: str
    replies: list[Reply] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    door: threading.Event = field(default_factory=threading.Event)


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A running receiver on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            running.calls.append(Call(self.path, _titled(self.headers), body))
            reply = running.replies.pop(0) if running.replies else Reply()
            if reply.hangs:
                running.door.wait(_LONGEST_WAIT)
            if reply.drops:
                self.close_connection = True
                return
            with suppress(OSError):
                self._answer(reply)

        def do_GET(self) -> None:
            running.calls.append(Call(self.path, _titled(self.headers), b""))
            self._answer(Reply())

        def _answer(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in ({"Content-Length": str(len(reply.body))} | reply.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hook")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.door.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _titled(headers: Any) -> dict[str, str]:
    """The headers by their usual names: in which case they are written means nothing."""
    return {name.title(): value for name, value in headers.items()}

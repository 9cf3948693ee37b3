"""A server on loopback that answers with whatever bytes a test writes, at whatever pace."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Answer = Callable[[socket.socket, str], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def answering(*pieces: bytes, pause: float = 0.0) -> Answer:
    """An answer in pieces, with a pause after each, then the end of the connection."""

    def answer(connection: socket.socket, _: str) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


@dataclass
class HostileServer:
    """Where it listens, and the requests it got: start line and headers as sent."""

    port: int
    scheme: str = "http"
    host: str = "127.0.0.1"
    requests: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of a page."""
        return f"{self.scheme}://{self.host}:{self.port}/terms"


@contextmanager
def hostile_server(answer: Answer, certificate: str = "", host: str = "127.0.0.1") -> Iterator[HostileServer]:
    """Serve on a free port: `answer(connection, path)` writes the whole answer. With TLS where a certificate is."""
    listening = socket.create_server((host, 0))
    server = HostileServer(listening.getsockname()[1], "https" if certificate else "http", host)
    open_connections: list[socket.socket] = []

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), _wrapped(connection, certificate) as wrapped:
            request = _request(wrapped)
            server.requests.append(request)
            answer(wrapped, request.split(" ")[1] if " " in request else "")

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            open_connections.append(connection)
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for connection in open_connections:
            with suppress(OSError):
                connection.close()


def _wrapped(connection: socket.socket, certificate: str) -> socket.socket:
    if not certificate:
        return connection
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context.wrap_socket(connection, server_side=True)


def _request(connection: socket.socket) -> str:
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(4096)
        if not chunk:
            break
        received += chunk
    return received.decode("latin-1")

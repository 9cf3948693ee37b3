"""The heads of HTTP requests and answers that the guarding proxy passes on: one request a connection."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

_END = b"\r\n\r\n"
_LONGEST = 262_144
# They concern one connection (RFC 9110, 7.6.1), or ask for another protocol on it.
_OF_THE_CONNECTION = {"connection", "keep-alive", "proxy-connection", "proxy-authorization", "upgrade", "te"}


class HeadError(Exception):
    """What was sent is no head of HTTP/1."""


@dataclass(frozen=True, slots=True)
class Head:
    """The words of the first line, two or three, and the header lines as sent."""

    words: tuple[str, ...]
    lines: tuple[str, ...]


def parted(received: bytes) -> tuple[Head, bytes] | None:
    """A head and what stands behind it; None while it is not complete. Raises HeadError."""
    raw, end, rest = received.partition(_END)
    if not end:
        if len(received) > _LONGEST:
            raise HeadError("a head without an end")
        return None
    first, *lines = raw.decode("latin-1").split("\r\n")
    words = tuple(first.split(" ", 2))
    if len(words) < 2:
        raise HeadError("no HTTP")
    return Head(words, tuple(lines)), rest


def request_head(head: Head) -> bytes:
    """What the server is asked: the path instead of the whole address, and to close when done."""
    parts = urlsplit(head.words[1])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _written(f"{head.words[0]} {path} HTTP/1.1", head)


def passed_on(received: bytes) -> tuple[bytes, bytes | None]:
    """What the browser gets of the beginning of an answer, and what waits for more; None: nothing will wait again.

    Interim answers (1xx) are dropped, and the connection ends with this answer, whatever the server plans.
    """
    while found := parted(received):
        head, received = found
        if not head.words[1].startswith("1"):
            return _written(" ".join(head.words), head) + received, None
    return b"", received


def _written(first: str, head: Head) -> bytes:
    kept = [line for line in head.lines if line.partition(":")[0].strip().lower() not in _OF_THE_CONNECTION]
    return "\r\n".join([first, *kept, "Connection: close", "", ""]).encode("latin-1")

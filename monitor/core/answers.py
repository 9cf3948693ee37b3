"""What a fetch may cost, what it gives, and the ways in which it gives nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost and where it may go."""

    max_bytes: int
    seconds: float
    user_agent: str
    allow_private: bool = False
    # With none allowed, a redirect is an answer like any other.
    max_redirects: int = 10
    # Whether a page that is too large is cut at the limit instead of refused: for robots.txt, whose beginning counts.
    keeps_beginning: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, after redirects. `headers` are as sent, names in lower case.

    `is_conditional`: the question was whether the page changed, so that a 304 is an answer to it.
    """

    status: int
    url: str
    headers: dict[str, str]
    body: bytes
    seconds: float
    redirects: tuple[str, ...] = ()
    is_conditional: bool = False


class FetchError(Exception):
    """No answer worth keeping; the message is one line and holds no text of the server."""


class Refused(FetchError):
    """The address, or one it leads to, is not allowed."""


class TimedOut(FetchError):
    """The answer was not complete in time."""


class TooLarge(FetchError):
    """The answer is larger than allowed, as sent or unpacked."""


class Unreachable(FetchError):
    """No connection, or a broken one."""


class NotConnected(Exception):
    """No connection, for a reason that has words of ours: no OSError either, so that they arrive."""


class Forbidden(Exception):
    """A connection that the guard does not allow."""

    # Not an OSError: urllib3 would take that for a passing fault and try again.

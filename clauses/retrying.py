"""When a message that could not be sent is tried again: how long after, and where the server's answer ends it."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import (
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

# Some four days in all: an outage over a long weekend loses nothing.
MAX_ATTEMPTS = 24
_FIRST_RETRY = timedelta(minutes=2)
_LONGEST_RETRY = timedelta(hours=6)
# RFC 4954: sign in first, or otherwise.
_SIGN_IN = {530, 534, 535, 538}
# RFC 3463: security or policy, as for a relay that does not know us, and a sender's address that is not liked.
_ABOUT_US = re.compile(rb"\s*5\.(?:7\.\d|1\.[78]\b)")


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed tries, at least one: twice as long each time, up to six hours."""
    return min(_FIRST_RETRY * (1 << min(attempts - 1, 12)), _LONGEST_RETRY)


def is_final(error: Exception) -> bool:
    """Whether the server said never, to this message or to its only recipient.

    What it says to us, about sign-in, relaying, sender or greeting, holds for every message: a setting is wrong, or
    the server.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(_is_never(code, words) for code, words in error.recipients.values())
    return isinstance(error, SMTPDataError) and _is_never(error.smtp_code, error.smtp_error)


def is_no_server(error: Exception) -> bool:
    """Whether nobody answered, or whoever did left us."""
    # Errors of smtplib are OSErrors as well: most of them are answers, and so somebody is there.
    if isinstance(error, SMTPException):
        return isinstance(error, SMTPServerDisconnected | SMTPConnectError)
    return isinstance(error, OSError)


def _is_never(code: int, words: bytes | str) -> bool:
    told = words.encode() if isinstance(words, str) else words
    return code >= 500 and code not in _SIGN_IN and not _ABOUT_US.match(told)

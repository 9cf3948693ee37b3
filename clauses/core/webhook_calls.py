"""What is said to a webhook and what its answer means: signature, Slack's escapes, verdict."""

from __future__ import annotations

import hmac
import re
from datetime import timedelta
from enum import StrEnum

from clauses.core.plain_line import plain_line

_LONGEST_WAIT = timedelta(hours=6)
_TRANSIENT = {408, 425, 429}
_GONE = 410
# Names by which chat programs wake everybody: a headline quotes a page, and a page must not.
_WAKING = re.compile(r"(?<!\w)@(?=(?:channel|here|everyone|all)\b)", re.IGNORECASE)


class Verdict(StrEnum):
    """What an answer means for the call."""

    TAKEN = "taken"
    # The receiver is gone for good: it is not called again.
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


def verdict(status: int) -> Verdict:
    """What a status means. A redirect is a refusal: it is never followed."""
    if 200 <= status < 300:
        return Verdict.TAKEN
    if status == _GONE:
        return Verdict.GONE
    return Verdict.LATER if status >= 500 or status in _TRANSIENT else Verdict.REFUSED


def asked_wait(retry_after: str) -> timedelta:
    """How long Retry-After asks us to wait, where it names seconds; six hours at most."""
    seconds = retry_after.strip()
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) <= 9):
        return timedelta()
    return min(timedelta(seconds=int(seconds)), _LONGEST_WAIT)


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The value of the header: HMAC-SHA256 by the secret over the timestamp, a full stop and the body."""
    signed = f"{timestamp}.".encode() + body
    return f"sha256={hmac.digest(secret.encode(), signed, 'sha256').hex()}"


def slack_escaped(text: str) -> str:
    """Text as one line that starts no link, mention or command of Slack's, and wakes nobody elsewhere."""
    line = plain_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _WAKING.sub("@\N{ZERO WIDTH SPACE}", line)

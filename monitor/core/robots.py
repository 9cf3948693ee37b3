"""What robots.txt says about one address."""

from __future__ import annotations

import math
import re
from datetime import timedelta
from functools import lru_cache

from protego import Protego

# RFC 9309, 2.5: at least so much of it must be read.
MAX_BYTES = 500 * 1024
# RFC 9309, 2.3.1.2: at least so many redirects must be followed.
MAX_REDIRECTS = 5
_MAX_DELAY = timedelta(seconds=60)


def as_text(body: bytes) -> str:
    """robots.txt as text that can be stored. A line that the limit cut off is dropped: half a rule is another rule."""
    if len(body) >= MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    return body.decode("utf-8-sig", "replace").replace("\0", "")


def is_readable(robots: str, url: str, agent: str) -> bool:
    """Whether robots.txt lets us read an address; `agent` is a User-Agent header, of which the first word counts."""
    return not robots or bool(_parsed(robots).can_fetch(url, _token(agent)))


def crawl_delay(robots: str, agent: str) -> timedelta:
    """The distance between two requests that robots.txt asks for: none up to a minute."""
    asked = _parsed(robots).crawl_delay(_token(agent)) if robots else None
    if asked is None or not math.isfinite(asked) or asked < 0:
        return timedelta()
    return min(timedelta(seconds=min(asked, _MAX_DELAY.total_seconds())), _MAX_DELAY)


@lru_cache(maxsize=16)
def _parsed(robots: str) -> Protego:
    return Protego.parse(robots)


def _token(agent: str) -> str:
    """Gives "Proviso" for "Proviso/0.1 (+https://…)": what site owners write, RFC 9309, 2.2.1."""
    found = re.match(r"[^/\s]+", agent)
    return found[0] if found else agent

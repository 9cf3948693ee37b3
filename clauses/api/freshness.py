"""Whether an answer is what the client has already: a hash of its bytes, and since when these are the answer."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from redis.exceptions import RedisError

_KEPT = 7 * 24 * 60 * 60
_log = logging.getLogger(__name__)


def fresh(request: HttpRequest, answer: HttpResponse, now: datetime) -> HttpResponseBase:
    """The answer with `ETag` and `Last-Modified`, or 304 where the client has these bytes already."""
    digest = hashlib.sha256(answer.content).hexdigest()
    etag = f'"{digest[:40]}"'
    answer["ETag"] = etag
    since = _answered_since(request.get_full_path(), digest, int(now.timestamp()))
    if since is not None:
        answer["Last-Modified"] = http_date(since)
    found = get_conditional_response(request, etag, since, answer)
    return answer if found is None else found


def _answered_since(address: str, digest: str, now: int) -> int | None:
    """The second since when this has been the answer here, as far as is known; None where none can be stated yet.

    Times of HTTP have whole seconds. Of two answers within one, the second is dated to the next one, and not at all
    before that has begun: else a client with the first would be told that nothing changed.
    """
    key = f"api:since:{hashlib.sha256(address.encode()).hexdigest()}"
    try:
        known = cache.get(key)
        if known is None or known[0] != digest:
            known = (digest, now if known is None else max(now, known[1] + 1))
            cache.set(key, known, timeout=_KEPT)
    except RedisError as error:
        _log.warning("it is not noted since when an answer holds: %s", error)
        return None
    return int(known[1]) if known[1] <= now else None

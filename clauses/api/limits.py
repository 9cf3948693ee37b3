"""How often one may ask: so many times a minute for each token, or for each network address without one."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from redis.exceptions import RedisError

from clauses.api.asker import Asker
from clauses.asking import client_key

_MINUTE = 60
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a minute: so many of `most` requests, until the next one begins in so many seconds."""

    most: int
    left: int
    seconds: int

    @property
    def is_used_up(self) -> bool:
        """Whether the request that was just counted was one too many."""
        return self.left < 0

    def state(self, answer: HttpResponse) -> None:
        """Say so in the headers of an answer."""
        answer["RateLimit-Limit"] = str(self.most)
        answer["RateLimit-Remaining"] = str(max(self.left, 0))
        answer["RateLimit-Reset"] = str(self.seconds)
        if self.is_used_up:
            answer["Retry-After"] = str(self.seconds)


def allowance_of(asker: Asker | None, address: str, now: datetime) -> Allowance:
    """Count a request, and say what is left. Counted are requests of a token, else those from a network address."""
    token = asker.token if asker else None
    most = settings.API_TOKEN_REQUESTS_A_MINUTE if token else settings.API_REQUESTS_A_MINUTE
    minute, second = divmod(int(now.timestamp()), _MINUTE)
    who = f"token:{token.pk}" if token else f"client:{client_key(address)}"
    return Allowance(most, most - _counted(f"api:{minute}:{who}"), _MINUTE - second)


def _counted(key: str) -> int:
    """How often this was counted, this time included. Without a cache nobody is kept out: answers matter more."""
    try:
        cache.add(key, 0, timeout=2 * _MINUTE)
        return cache.incr(key)
    except ValueError:
        # It was put out meanwhile to make room.
        return 1
    except RedisError as error:
        _log.warning("requests are not counted: %s", error)
        return 0

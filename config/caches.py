"""Where requests to the API are counted, and where it is noted since when an answer holds. Nothing rests on it."""

from __future__ import annotations

from typing import Any

_BACKENDS = "django.core.cache.backends"
# Django's own 300 would make room by forgetting who asked how often.
_MOST = 20_000


def caches(redis_url: str) -> dict[str, Any]:
    """Redis for all processes of a deployment; without it, the memory of the one process of an embedded site."""
    if redis_url:
        return {
            "default": {
                "BACKEND": f"{_BACKENDS}.redis.RedisCache",
                "LOCATION": redis_url,
                "KEY_PREFIX": "proviso",
            }
        }
    return {"default": {"BACKEND": f"{_BACKENDS}.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": _MOST}}}

"""The OpenAPI description of all operations: what ninja knows of them, and what the door adds to each."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import Any

from django.conf import settings
from ninja import NinjaAPI

from clauses.api.asker import READING, ScopedToken

_PREFIX = "api/v1"
_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token made at /account/tokens/, sent as `Authorization: Bearer proviso_…`.",
}
_COUNTED = {
    "RateLimit-Limit": "How many requests a minute are answered",
    "RateLimit-Remaining": "How many are left of them",
    "RateLimit-Reset": "In how many seconds the next minute begins",
}
_BESIDE: dict[str, dict[str, str]] = {
    "200": {
        "ETag": "Another one for every other answer; send it as If-None-Match",
        "Last-Modified": "Since when this is the answer; send it as If-Modified-Since",
    },
    "304": {"ETag": "The same as before"},
    "307": {"Location": "Where it is now"},
    "401": {"WWW-Authenticate": "How to sign in"},
    "405": {"Allow": "What is allowed here"},
    "429": {"Retry-After": "In how many seconds to ask again"},
}


def openapi(api: NinjaAPI) -> dict[str, Any]:
    """The description, as OpenAPI 3.1, with the address of this site."""
    return _described(api) | {"servers": [{"url": settings.SITE_URL}]}


@lru_cache(maxsize=1)
def _described(api: NinjaAPI) -> dict[str, Any]:
    found: dict[str, Any] = deepcopy(dict(api.get_openapi_schema(path_prefix=_PREFIX)))
    found["components"]["securitySchemes"] = {"token": _TOKEN}
    declared = {row.operation_id: row for row in _operations(api)}
    for methods in found["paths"].values():
        for said in methods.values():
            said["security"] = _security(declared[said["operationId"]].auth_callbacks[0])
            said["responses"] = {
                str(status): answer | {"headers": _headers(str(status))}
                for status, answer in said["responses"].items()
            }
    return found


def _operations(api: NinjaAPI) -> list[Any]:
    return [
        row
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for row in view.operations
    ]


def _security(asked_by: Any) -> list[dict[str, list[str]]]:
    """Reading asks for nothing where the site is public; else a token, of a scope where one is named."""
    if asked_by is READING:
        return [{}, {"token": []}]
    scopes = [asked_by.scope.value] if isinstance(asked_by, ScopedToken) else []
    return [{"token": scopes}]


def _headers(status: str) -> dict[str, Any]:
    stated = _COUNTED | _BESIDE.get(status, {})
    return {name: {"description": text, "schema": {"type": "string"}} for name, text in stated.items()}

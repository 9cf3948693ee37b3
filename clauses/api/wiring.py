"""All operations under one roof, and their addresses."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError, ValidationErrorContext
from ninja.renderers import JSONRenderer

from clauses.api import (
    change_sets,
    clause_types,
    deciding,
    documents,
    mirror,
    platforms,
    records,
    site,
    versions,
    watching,
)
from clauses.api.door import at_the_door, nothing_here
from clauses.api.operations import refusing_unknown, router
from clauses.api.problems import (
    Moved,
    damaged,
    moved,
    not_found,
    not_understood,
    not_valid,
    refused,
    too_large,
)
from clauses.api.schema import openapi
from clauses.forms.understood import NotUnderstood
from monitor.storage import CorruptBytes

_ABOUT = (
    "What the pages of this site state, as typed JSON, and what curators and administrators may do with a token. "
    "Every answer comes from the query that its page comes from."
)


class _Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


class _Api(NinjaAPI):
    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """As ninja makes it, with what was given: ninja drops that."""
        error = super().validation_error_from_error_contexts(error_contexts)
        rows = (row for context in error_contexts for row in context.pydantic_validation_error.errors())
        error.errors = [told | {"given": row["input"]} for told, row in zip(error.errors, rows, strict=True)]
        return error


api = _Api(
    title="Proviso",
    version="1",
    description=_ABOUT,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    renderer=_Renderer(),
)
api.add_decorator(refusing_unknown, mode="view")
# Each declares its operations as it is imported.
_PARTS = (
    platforms,
    documents,
    versions,
    change_sets,
    mirror,
    records,
    clause_types,
    site,
    deciding,
    watching,
)
api.add_router("", router)
_ANSWERS: list[tuple[type[Exception], Any]] = [
    (HttpError, refused),
    (Moved, moved),
    (Http404, not_found),
    (NotUnderstood, not_understood),
    (ValidationError, not_valid),
    (CorruptBytes, damaged),
    (RequestDataTooBig, too_large),
]
for error, answer in _ANSWERS:
    api.add_exception_handler(error, answer)


@at_the_door
@require_GET
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description."""
    return JsonResponse(openapi(api), json_dumps_params={"ensure_ascii": False})


def addresses() -> tuple[list[URLPattern], str, str]:
    """The addresses of all operations, each behind the door."""
    urls, app, namespace = api.urls
    operations = [one for one in urls if isinstance(one, URLPattern) and one.name != "api-root"]
    for pattern in operations:
        pattern.callback = at_the_door(pattern.callback)
    own = [path("openapi.json", openapi_json, name="openapi"), re_path(r"^.+$", nothing_here)]
    return [*operations, *own], app, namespace

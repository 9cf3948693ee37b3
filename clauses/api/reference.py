"""The reference of the API as a page, made of its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clauses.api.schema import openapi
from clauses.api.wiring import api

_SHAPES = "#/components/schemas/"
_PLAIN = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}
# From the whole to its parts; what is in none of them comes last.
_FIRST = ("platforms", "documents", "versions", "change sets", "records", "clause types", "site", "acts")
_FORMATS = {"date-time": "moment", "date": "day"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of what a value may be; `shape` is the one they name, if any."""

    words: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter, or a field of a shape."""

    name: str
    kind: list[Piece]
    says: str
    is_required: bool
    place: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked for."""

    id: str
    method: str
    path: str
    tag: str
    summary: str
    description: str
    asked_by: str
    parameters: list[Value]
    body: list[Piece]
    answer: list[Piece]
    others: list[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer, or a part of one, holds."""

    name: str
    says: str
    fields: list[Value] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@login_not_required
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and what it answers with."""
    described = openapi(api)
    operations = list(_operations(described["paths"]))
    context = {
        "groups": [
            (tag, [row for row in operations if row.tag == tag])
            for tag in dict.fromkeys((*_FIRST, *(row.tag for row in operations)))
        ],
        "server": described["servers"][0]["url"],
        "shapes_at": reverse("api-shapes"),
    }
    return render(request, "api/reference.html", context)


@login_not_required
@require_safe
def shapes(request: HttpRequest) -> HttpResponse:
    """Every field of what the operations take and answer: a page of its own, for there are many."""
    named = sorted(openapi(api)["components"]["schemas"].items())
    return render(request, "api/shapes.html", {"shapes": [_shape(name, one) for name, one in named]})


def _operations(paths: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in paths.items():
        for method, said in methods.items():
            sent = said.get("requestBody", {}).get("content", {}).get("application/json", {})
            answers = said["responses"]
            good = next(status for status in answers if status.startswith("2"))
            yield Operation(
                id=said["operationId"],
                method=method.upper(),
                path=path,
                tag=said["tags"][0],
                summary=said["summary"],
                description=said["description"],
                asked_by=_asked_by(said["security"]),
                parameters=[
                    Value(
                        row["name"],
                        list(_kind(row["schema"])),
                        row.get("description", ""),
                        row["required"],
                        row["in"],
                    )
                    for row in said["parameters"]
                ],
                body=list(_kind(sent["schema"])) if sent else [],
                answer=list(_kind(answers[good]["content"]["application/json"]["schema"])),
                others=[status for status in answers if status != good],
            )


def _asked_by(security: list[dict[str, list[str]]]) -> str:
    if {} in security:
        return "anybody; on a private site with a token"
    scopes = security[0]["token"]
    return f"a token of the scope “{scopes[0]}”" if scopes else "the token of a curator"


def _shape(name: str, said: Mapping[str, Any]) -> Shape:
    required = set(said.get("required", []))
    return Shape(
        name=name,
        says=said.get("description", ""),
        fields=[
            Value(key, list(_kind(one)), one.get("description", ""), key in required)
            for key, one in said.get("properties", {}).items()
        ],
        words=[str(word) for word in said.get("enum", [])],
    )


def _kind(said: Mapping[str, Any]) -> Iterator[Piece]:
    """What a value may be, in words."""
    if "$ref" in said:
        name = said["$ref"].removeprefix(_SHAPES)
        yield Piece(name, name)
    elif "allOf" in said:
        yield from _kind(said["allOf"][0])
    elif "anyOf" in said:
        yield from _either(said["anyOf"])
    elif "enum" in said or "const" in said:
        yield Piece(", ".join(map(str, said.get("enum") or [said["const"]])))
    elif said.get("type") == "array":
        yield from _several(said)
    elif said.get("type") == "object":
        yield from _by_name(said)
    else:
        yield Piece(_FORMATS.get(said.get("format", ""), "") or _PLAIN.get(said.get("type", ""), "anything"))


def _either(choices: list[Mapping[str, Any]]) -> Iterator[Piece]:
    for at, choice in enumerate(choices):
        if at:
            yield Piece(" or ")
        if choice.get("type") == "null":
            yield Piece("null")
        else:
            yield from _kind(choice)


def _several(said: Mapping[str, Any]) -> Iterator[Piece]:
    if "prefixItems" in said:
        yield Piece("pair of ")
        for at, one in enumerate(said["prefixItems"]):
            yield Piece(" and " if at else "")
            yield from _kind(one)
    else:
        yield Piece("list of ")
        yield from _kind(said.get("items", {}))


def _by_name(said: Mapping[str, Any]) -> Iterator[Piece]:
    yield Piece("object")
    values = said.get("additionalProperties")
    if isinstance(values, dict) and values:
        yield Piece(" of ")
        yield from _kind(values)

"""What the API answers where it does not do what was asked: one shape for all of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel

from clauses.api.answers.parts import told
from clauses.api.mistakes import schema_mistakes
from clauses.forms.understood import Mistake, NotUnderstood

_WORDS = {
    307: "moved",
    400: "not understood",
    401: "not signed in",
    403: "not allowed",
    404: "not found",
    405: "method not allowed",
    409: "conflict",
    429: "too many requests",
    500: "damaged",
}
# What Django says of a row that is not there, which names our classes.
_OF_A_QUERY = " matches the given query."
_log = logging.getLogger(__name__)


class ProblemParameter(BaseModel):
    """A parameter, or a field of the body, that was not understood."""

    parameter: str = told("Its name")
    given: str = told("What was given, or the beginning of it; empty where that cannot be said back")
    allowed: list[str] = told("The values there are; empty where they are not a few words")
    problem: str = told("What is wrong with it")


class Problem(BaseModel):
    """Why there is no other answer. Nothing was changed."""

    error: str = told("In a word that programs can go by", examples=sorted(_WORDS.values()))
    detail: str = told("One sentence; empty where nothing more is to say")
    parameters: list[ProblemParameter] = told("What was not understood; with status 400 only")


class Refused(HttpError):
    """The request is not followed; the message says why."""


class Moved(Exception):
    """What was asked for is at another address now."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(why)
        self.address = address


def problem(status: int, detail: str = "", mistakes: Sequence[Mistake] = ()) -> HttpResponse:
    """The answer."""
    said = {
        "error": _WORDS.get(status, "refused"),
        "detail": detail,
        "parameters": [asdict(mistake) for mistake in mistakes],
    }
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Of a status that the code names; 401 says how to sign in."""
    answer = problem(error.status_code, str(error))
    if error.status_code == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="Proviso"'
    return answer


def moved(request: HttpRequest, error: Moved) -> HttpResponse:
    """The way there. For the time being: records and names may move on."""
    answer = problem(307, str(error))
    answer["Location"] = error.address
    return answer


def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """Status 404; what there is not, where the code says so."""
    said = error.args[0] if error.args else ""
    if not isinstance(said, str):
        return problem(404)
    return problem(404, "Nothing on record has this ID." if said.endswith(_OF_A_QUERY) else said)


def not_understood(request: HttpRequest, error: NotUnderstood) -> HttpResponse:
    """Status 400 for filters, with the parameters that the JSON twins name."""
    names = dict.fromkeys(mistake.parameter for mistake in error.mistakes)
    return problem(400, f"This was not understood: {', '.join(names)}.", error.mistakes)


def damaged(request: HttpRequest, error: Exception) -> HttpResponse:
    """Status 500 where the answer rests on stored bytes that are damaged: never other words in their place."""
    _log.error("damaged in the store: %s", error)
    return problem(500, f"What this rests on is damaged in the store: {error}.")


def too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    """Status 400 for a body that is larger than any act needs."""
    return problem(400, "The body is too large.")


def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Status 400 for what does not fit the schema; 404 for an ID in the address that is none."""
    if any(row["loc"][0] == "path" for row in error.errors):
        return problem(404, "There is no such ID.")
    return not_understood(request, NotUnderstood(schema_mistakes(error.errors)))

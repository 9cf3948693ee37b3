"""What every request to the API passes, whichever operation it asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from clauses.api.asker import Asker, asker_of
from clauses.api.freshness import fresh
from clauses.api.limits import allowance_of
from clauses.api.problems import Refused, problem, refused
from clauses.views.client import client_address

View = Callable[..., HttpResponseBase]


def at_the_door(view: View) -> View:
    """The view, asked for only by who may ask at all and has not asked too often.

    It asks for a token itself, with an answer that programs understand, where the site is private.
    """

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        method = request.method
        # Who may get it may get its head.
        request.method = "GET" if method == "HEAD" else method
        try:
            answer = _answer(view, request, *args, **given)
        finally:
            request.method = method
        return _without_body(answer) if method == "HEAD" else answer

    ask.csrf_exempt = True  # type: ignore[attr-defined]
    ask.login_required = False  # type: ignore[attr-defined]
    ask.has_own_door = True  # type: ignore[attr-defined]
    return ask


def _answer(view: View, request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
    now = timezone.now()
    asker = asker_of(request, now)
    allowance = allowance_of(asker, client_address(request), now)
    if allowance.is_used_up:
        answer: HttpResponseBase = problem(429, f"Ask again in {allowance.seconds} seconds.")
    elif reason := _kept_out(asker):
        answer = refused(request, Refused(401, reason))
    else:
        request.asker = asker  # type: ignore[attr-defined]
        answer = view(request, *args, **given)
    answer = _finished(request, answer)
    allowance.state(answer)  # type: ignore[arg-type]
    return answer


def _kept_out(asker: Asker | None) -> str:
    """Why nobody is let in who asks like this; empty where they are."""
    if asker is None:
        return "This token does not hold: it is unknown, expired or revoked."
    if settings.PRIVATE_SITE and asker.user is None:
        return "This site is private: send a token."
    return ""


def _finished(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    if answer.status_code == 405:
        allowed = answer["Allow"].replace("GET", "GET, HEAD")
        answer = problem(405, f"Allowed here: {allowed}.")
        answer["Allow"] = allowed
    patch_cache_control(answer, private=True, no_cache=True)
    patch_vary_headers(answer, ["Authorization", "Cookie"])
    if request.method == "GET" and answer.status_code == 200 and isinstance(answer, HttpResponse):
        answer = fresh(request, answer, timezone.now())
    return answer


def _without_body(answer: HttpResponseBase) -> HttpResponseBase:
    if isinstance(answer, HttpResponse):
        answer["Content-Length"] = str(len(answer.content))
        answer.content = b""
    return answer


@at_the_door
def nothing_here(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Status 404 for every address of the API that is none."""
    return problem(404, "There is no such address; /api/v1/ lists those there are.")

"""What every request needs before its view runs, and where it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseGone,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from clauses.forms.understood import NotUnderstood
from clauses.site_taxonomy import refresh_taxonomy
from clauses.views.errors import not_understood
from clauses.views.team import is_look
from clauses.visiting import note_page
from monitor.addresses import present_address, present_platform
from monitor.core.packing import CorruptBytes, RemovedBytes

# What somebody without an account needs to get one or to use the secret of a mail or feed, also on a private site.
_DOORS = frozenset(
    {
        "healthz",
        "readyz",
        "metrics",
        "sign-in",
        "sign-up",
        "sign-up-confirm",
        "password-reset",
        "password-reset-confirm",
        "welcome",
        "account-address-confirm",
        "saved-view-atom",
        "mail-events",
        "unsubscribe",
        "unsubscribe-digest",
        "subscriptions-by-mail",
        "change-by-mail",
        "end-by-mail",
    }
)


_OF_A_PLATFORM = frozenset({"platform", "platform-json", "platform-atom", "platform-reference"})
_WITHOUT_DATABASE = frozenset({"/healthz", "/readyz"})


class SiteDoor(LoginRequiredMiddleware):
    """Asks to sign in where a view does not say that it is for everybody; on a private site, at all but a few doors."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """The redirect to the sign-in page, or None to go on."""
        match = request.resolver_match
        # The API asks for a token itself.
        has_own_door = getattr(view_func, "has_own_door", False)
        is_door = has_own_door or (match is not None and match.view_name in _DOORS)
        is_closed = settings.PRIVATE_SITE and not is_door
        if is_closed and not request.user.is_authenticated:
            return self.handle_no_permission(request, view_func)
        return super().process_view(request, view_func, view_args, view_kwargs)


class TaxonomyInForce:
    """Lets a request see the clause types as they are now, whichever process changed them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read them once, by a few queries, and go on. Whether the site lives is told without a database."""
        if request.path_info not in _WITHOUT_DATABASE:
            refresh_taxonomy()
        return self._get_response(request)


class VisitNoted:
    """Notes that a signed-in person looks at a page: what is new is said from visit to visit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note it, at most every few minutes, and go on. Views find the reader as `request.reader`, if any."""
        if request.user.is_authenticated and is_look(request):
            request.reader = note_page(request.user, timezone.now())  # type: ignore[attr-defined]
        return self._get_response(request)


class FiltersUnderstood:
    """Refuses a file or feed whose filters were not understood."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on: it is only called for where a view refuses."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An answer of status 400 that says which filter it is. Other errors are none of its business."""
        return not_understood(request, exception) if isinstance(exception, NotUnderstood) else None


class DamageStated:
    """Says what is damaged where a page rests on stored bytes that are: never other words in their place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on: it is only called for where a view fails."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A plain answer of status 500, which the server also logs; 410 where a rule of retention removed the bytes.

        Other errors are none of its business.
        """
        if isinstance(exception, RemovedBytes):
            return HttpResponseGone(f"Gone: {exception}.\n", content_type="text/plain; charset=utf-8")
        if not isinstance(exception, CorruptBytes):
            return None
        words = f"This page cannot be shown, because what it rests on is damaged in the store: {exception}.\n"
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")


class FormerAddresses:
    """Leads from the address that a platform or document had before it was renamed or merged to its present one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; where nothing is found, look whether something stood there once."""
        answer = self._get_response(request)
        if answer.status_code == HttpResponseNotFound.status_code and request.method in {"GET", "HEAD"}:
            return _moved(request) or answer
        return answer


def _moved(request: HttpRequest) -> HttpResponse | None:
    """A lasting redirect to the present address, None where there is none."""
    found = request.resolver_match
    if found is None:
        return None
    given = dict(found.kwargs)
    if {"platform", "slug"} <= given.keys():
        present = present_address(given["platform"], given["slug"])
        moved = dict(zip(("platform", "slug"), present, strict=True)) if present else {}
    elif found.view_name in _OF_A_PLATFORM:
        platform = present_platform(given.get("slug", ""))
        moved = {"slug": platform.slug} if platform else {}
    else:
        return None
    if not moved or moved.items() <= given.items():
        return None
    query = request.META.get("QUERY_STRING", "")
    address = reverse(found.view_name, kwargs=given | moved)
    answer = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    # A browser that kept it would go in circles where the former name is taken up again.
    answer["Cache-Control"] = "no-cache"
    return answer

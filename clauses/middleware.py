"""What every request needs before its view runs."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from clauses.site_taxonomy import refresh_taxonomy


class TaxonomyInForce:
    """Lets a request see the clause types as they are now, whichever process changed them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read them once, by one query, and go on."""
        refresh_taxonomy()
        return self._get_response(request)

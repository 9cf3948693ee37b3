"""What an address asks for besides its filters: which page of a list, and which clause of a text."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest

from clauses.converters import ClauseId


def asked_page(request: HttpRequest, name: str = "page") -> int:
    """The page that is asked for; the first where the address makes no sense."""
    asked = request.GET.get(name, "")
    return max(int(asked), 1) if re.fullmatch(r"[0-9]{1,6}", asked) else 1


def asked_clause(request: HttpRequest) -> int | None:
    """The number of the clause that is asked for by its ID; None where none is. Not found for what is no ID."""
    asked = request.GET.get("clause")
    if asked is None:
        return None
    if not re.fullmatch(ClauseId.regex, asked):
        raise Http404("no such clause")
    return ClauseId().to_python(asked)

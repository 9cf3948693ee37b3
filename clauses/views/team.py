"""What lists of changes hold for who is signed in: the unread ones, the saved views, the choices for many at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from clauses.forms.saved_views import SaveViewForm
from clauses.forms.team import bulk_assignees
from clauses.models import ChangeSet, Reader, WorkStatus
from clauses.queries.saved_views import saved_views
from clauses.queries.unread import newest_number, unread_among
from clauses.visiting import reader_for


def reader_of(request: HttpRequest) -> Reader | None:
    """The person as a reader, for a list of changes; None for somebody who is not signed in."""
    known: Reader | None = getattr(request, "reader", None)
    if known or not request.user.is_authenticated:
        return known
    return reader_for(member(request), timezone.now(), is_look=is_look(request))


def is_look(request: HttpRequest) -> bool:
    """Whether somebody is shown the page: not where only its head is asked for, or a browser fetches it in advance."""
    purposes = request.headers.get("Sec-Purpose", ""), request.headers.get("Purpose", "")
    return request.method != "HEAD" and not any("prefetch" in purpose for purpose in purposes)


def newest_for(request: HttpRequest) -> int:
    """The number of the last change set, to ask before the rows of a list are read; 0 where nobody is signed in.

    What is recorded since then is not shown, and so nobody has read it.
    """
    return newest_number() if request.user.is_authenticated else 0


def member(request: HttpRequest) -> User:
    """The person, in a view that asks for a sign-in."""
    assert isinstance(request.user, User)
    return request.user


def team_context(request: HttpRequest, rows: Iterable[ChangeSet], query: str, newest: int) -> dict[str, Any]:
    """For the templates of lists: nothing but an empty `reader` for somebody who is not signed in.

    `rows` are those of the page, with their work at hand; `query` is the filter in force. `newest` is what
    `newest_for` said before the rows were read.
    """
    reader = reader_of(request)
    if reader is None:
        return {"reader": None}
    listed = list(rows)
    return {
        "reader": reader,
        "unread": unread_among(listed, reader),
        "shown": ",".join(str(row.number) for row in listed),
        "newest": newest,
        "statuses": WorkStatus.choices,
        "assignees": bulk_assignees(),
        "saved_views": saved_views(request.user),
        "save_form": SaveViewForm(member(request)),
        "query_in_force": query,
    }

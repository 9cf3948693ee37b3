"""Marks change sets read or unread for the person who is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clauses import visiting
from clauses.forms.team import ChosenForm
from clauses.views.way_back import way_back


@require_POST
def mark_changes(request: HttpRequest) -> HttpResponse:
    """Mark the chosen rows of a list, all that were shown, or everything up to then; then back to the list."""
    assert isinstance(request.user, User)
    form = ChosenForm(request.POST)
    action = request.POST.get("action", "")
    if action == "everything":
        visiting.mark_everything_read(request.user, max(form.newest(), 0))
        messages.success(request, "Everything recorded so far is marked read.")
        return redirect(way_back(request, "changes"))
    chosen = form.shown() if action == "all_read" else form.chosen()
    is_read = action != "unread"
    count = visiting.mark(request.user, chosen, is_read=is_read)
    if count:
        words = "read" if is_read else "unread"
        messages.success(request, f"{count} change{'s' if count != 1 else ''} marked {words}.")
    else:
        messages.warning(request, "No change was chosen, so none is marked.")
    return redirect(way_back(request, "changes"))

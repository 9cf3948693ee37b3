"""Writing about a record, for curators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from clauses.commenting import WordsChanged, WrittenMeanwhile, comment
from clauses.forms.commentary import CommentaryForm
from clauses.models import Clause
from clauses.queries.records import records
from clauses.views.form_page import form_page
from clauses.views.roles import curator


@form_page
def record_comment(request: HttpRequest, number: int) -> HttpResponse:
    """The form for a text about a record, with those before; POST puts it beside the clause. For curators."""
    user = curator(request)
    clause = get_object_or_404(records(), number=number, current__isnull=False)
    if clause.superseded_by:
        return redirect("record-comment", clause.superseded_by.number)
    rows = list(clause.commentaries.select_related("written_by"))
    latest = rows[0] if rows else None
    form = CommentaryForm(clause, latest, request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = _write(request, clause, form.cleaned_data, user)
        if not problem:
            return redirect("record", clause.number)
        # What is typed stays; sent again, it is about the words and the text that are shown now.
        form = CommentaryForm(clause, latest, typed=form.cleaned_data["text"])
    context = {"clause": clause, "form": form, "rows": rows, "problem": problem}
    return render(request, "review/commentary.html", context)


def _write(request: HttpRequest, clause: Clause, sent: Mapping[str, Any], user: User) -> str:
    """Take care of what was sent; why it cannot be, or nothing."""
    try:
        written = comment(
            clause,
            sent["text"],
            wording=sent["wording"],
            latest=sent["latest"],
            by=user,
            at=timezone.now(),
        )
    except WordsChanged:
        return "The clause has other words since you opened this page. Read them, and save again."
    except WrittenMeanwhile:
        return "Somebody has written since you opened this page. Read it below, and save again."
    if written:
        said = "stands on the record" if written.text else "is taken back"
        messages.success(request, f"The commentary on {clause.public_id} {said}.")
    return ""

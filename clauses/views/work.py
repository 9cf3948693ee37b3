"""The team's work on change sets: the list, one change set, many at once, and the record for an audit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from clauses import visiting, working
from clauses.forms.team import BulkWorkForm, WorkForm, WorkListForm
from clauses.models import ChangeSet
from clauses.queries.comparison import change_sets
from clauses.queries.work import (
    COLUMNS,
    audit_rows,
    entries_since,
    history,
    status_counts,
    work_on,
    work_twin,
)
from clauses.views.asked_page import asked_page
from clauses.views.form_page import form_page
from clauses.views.json_response import json_response
from clauses.views.row_files import csv_file
from clauses.views.team import member, newest_for, team_context
from clauses.views.way_back import way_back

_PAGE = 50


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The change sets that somebody has worked on, by status and assignee, the latest step first."""
    newest = newest_for(request)
    form = WorkListForm(request.GET)
    page = Paginator(form.found(member(request)), _PAGE).get_page(asked_page(request))
    mine, counts = status_counts(request.user)
    context = team_context(request, page, "", newest) | {
        "form": form,
        "page": page,
        "mine_count": mine,
        "work_counts": counts,
        "query": form.query(),
        "status": form.value("status") or "open",
    }
    return render(request, "work/list.html", context)


@require_safe
def work_json(request: HttpRequest) -> JsonResponse:
    """The twin, for the same people."""
    page = Paginator(WorkListForm(request.GET).found(member(request)), _PAGE).get_page(asked_page(request))
    return json_response(
        {
            "count": page.paginator.count,
            "page": page.number,
            "pages": page.paginator.num_pages,
            "work": work_twin(page),
        }
    )


@require_safe
def work_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every step that anybody took, oldest first, as a table; with filters, those of the change sets that fit."""
    form = WorkListForm(request.GET)
    found = form.found(member(request)) if form.is_filtering else None
    return csv_file("proviso-work.csv", COLUMNS, audit_rows(found))


@form_page
def change_set_work(request: HttpRequest, number: int) -> HttpResponse:
    """The work on one change set. POST takes a step, unless others did meanwhile: then it shows what they did."""
    asked_for = get_object_or_404(change_sets(), number=number)
    change_set = asked_for.superseded_by or asked_for
    if request.method != "POST" and change_set != asked_for:
        return redirect("change-set-work", change_set.number)
    if request.method != "POST":
        return _work_page(request, change_set, WorkForm(work_on(change_set)))
    form = WorkForm(work_on(change_set), request.POST)
    if not form.is_valid():
        return _work_page(request, change_set, form, status=400)
    if change_set == asked_for and _took(request, change_set, form):
        return redirect(way_back(request, f"{request.path}"))
    return _work_page(
        request, change_set, _again(request, change_set), seen=form.cleaned_data["seen"], status=409
    )


@require_POST
def set_work(request: HttpRequest) -> HttpResponse:
    """One status or assignee for the chosen rows of a list; those on which others acted meanwhile stay as they are."""
    form = BulkWorkForm(request.POST)
    chosen = form.chosen()
    if not chosen:
        messages.warning(request, "No change was chosen, so nothing is set.")
    elif not form.is_valid() or not (form.wanted_status or form.assigns):
        messages.warning(request, "Choose a status or somebody to assign to.")
    else:
        step = working.Step(status=form.wanted_status, assignee=form.assigned, assigns=form.assigns)
        done = working.take(step, chosen, by=member(request), at=timezone.now())
        visiting.mark(member(request), done.changed, is_read=True)
        _tell(request, done)
    return redirect(way_back(request, "work"))


def _took(request: HttpRequest, change_set: ChangeSet, form: WorkForm) -> bool:
    """Whether the step was taken, or is none; False where others acted since the page was made."""
    sent = form.cleaned_data
    step = working.Step(sent["status"], form.assigned, assigns=True, note=sent["note"])
    seen = {change_set.number: sent["seen"]}
    done = working.take(step, seen, by=member(request), at=timezone.now())
    if done.changed:
        visiting.mark(member(request), done.changed, is_read=True)
        messages.success(request, f"{change_set.public_id} is saved.")
    if done.same:
        messages.info(request, "Nothing was changed, so nothing is saved.")
    return not done.stale


def _again(request: HttpRequest, change_set: ChangeSet) -> WorkForm:
    """What was sent, for sending again after a look at what others did."""
    found, sent = work_on(change_set), request.POST.copy()
    sent["seen"] = str(found.revision)
    return WorkForm(found, sent)


def _work_page(
    request: HttpRequest, change_set: ChangeSet, form: WorkForm, *, seen: int | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "change_set": change_set,
        "document": change_set.document,
        "work": work_on(change_set),
        "work_form": form,
        "history": history(change_set),
        "is_stale": seen is not None,
        "meanwhile": [] if seen is None else entries_since(change_set, seen),
        "next": request.POST.get("next", ""),
    }
    return render(request, "work/change_set.html", context, status=status)


def _tell(request: HttpRequest, done: working.Done) -> None:
    if count := len(done.changed):
        messages.success(request, f"{count} change{'s are' if count != 1 else ' is'} saved.")
    elif done.same:
        messages.info(request, "The chosen changes were like that already.")
    if done.stale:
        names = ", ".join(ChangeSet(number=number).public_id for number in done.stale)
        messages.warning(
            request,
            f"Somebody acted on {names} since this page was made. Nothing is changed there; look again.",
        )

"""The watch list as a file: taken in after a look at what would be added, and given out. For administrators."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.forms.watching import WatchFileForm
from clauses.queries.watch_list import watch_rows
from clauses.views.form_page import form_page
from clauses.views.roles import administrator
from clauses.views.row_files import csv_file
from monitor.acts import note
from monitor.adding import Planned, add_all, plan_all
from monitor.core.watch_file import COLUMNS
from monitor.models import ActKind, DocumentType


@form_page
def watch_import(request: HttpRequest) -> HttpResponse:
    """Ask for a file; POST shows what it would add, and adds it once that is confirmed."""
    administrator(request)
    form = WatchFileForm(request.POST, request.FILES) if request.method == "POST" else WatchFileForm()
    if not form.is_valid():
        told = {"form": form, "columns": COLUMNS, "kinds": DocumentType.values}
        return render(request, "watch/import.html", told)
    now = timezone.now()
    if "add" in request.POST:
        with transaction.atomic():
            return _added(request, add_all(form.cleaned_data["entries"], now))
    planned = plan_all(form.cleaned_data["entries"], now)
    context = {
        "form": form,
        "columns": COLUMNS,
        "planned": planned,
        "adds": sum(one.is_added for one in planned),
        "name": form.cleaned_data["name"],
        "text": form.cleaned_data["text"],
    }
    return render(request, "watch/import.html", context)


def _added(request: HttpRequest, done: Sequence[Planned]) -> HttpResponse:
    names = [f"{one.entry.platform}, {one.entry.name}" for one in done if one.is_added]
    if names:
        note(request.user, ActKind.ADDED, f"{len(names)} documents from a list", "\n".join(names))
    messages.success(request, _told(len(names)))
    return redirect("platforms")


@require_safe
def watch_export(request: HttpRequest) -> StreamingHttpResponse:
    """The pages that are read now, in the columns that an import takes."""
    administrator(request)
    return csv_file("watch-list.csv", COLUMNS, watch_rows(timezone.now()))


def _told(added: int) -> str:
    if not added:
        return "Nothing was added."
    documents = "1 document is" if added == 1 else f"{added} documents are"
    return f"{documents} watched from now on. Each is read as its host allows, the first within minutes."

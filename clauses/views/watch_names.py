"""What is watched under which name: renaming, pausing, merging and retiring. For administrators."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from clauses.core.periods import span_in_words
from clauses.forms.watching import MergeForm, RenameForm, RetireForm
from clauses.moving import (
    CannotRename,
    CannotRetire,
    NameIsTaken,
    bring_back,
    merge,
    merger,
    rename_document,
    rename_platform,
    retire,
    retirement,
)
from clauses.views.form_page import form_page
from clauses.views.roles import administrator
from monitor.acts import note
from monitor.models import ActKind, Document, Platform
from monitor.pausing import turn

_TURNS = {"pause", "resume", "bring-back"}


@form_page
def watched_platform(request: HttpRequest, slug: str) -> HttpResponse:
    """The name of a platform, and its documents; POST renames it."""
    platform = _platform(request, slug)
    form = RenameForm(platform, request.POST if request.method == "POST" else None)
    if _is_renamed(request, platform, form, rename_platform):
        return redirect("watched-platform", platform.slug)
    context = {
        "platform": get_object_or_404(Platform, pk=platform.pk),
        "form": form,
        "merge_form": MergeForm(platform),
        "documents": platform.documents.order_by("name"),
    }
    return render(request, "watch/platform.html", context)


@form_page
def merge_platform(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask before a platform is merged into another one, with what goes along; POST merges."""
    platform = _platform(request, slug)
    form = MergeForm(platform, request.POST if request.method == "POST" else request.GET or None)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into and request.method == "POST":
        try:
            with transaction.atomic():
                moved = merge(platform, into, timezone.now())
                note(request.user, ActKind.CHANGED, f"platform: {platform}", f"merged into {into}")
        except CannotRename as error:
            form.add_error("into", f"{error}.")
        else:
            count = moved.documents
            told = "1 document is" if count == 1 else f"{count} documents are"
            messages.success(request, f"{told} moved from {platform} to {into}.")
            return redirect("platform", into.slug)
    context = {
        "platform": platform,
        "form": form,
        "into": None if form.errors else into,
        "moved": merger(platform),
    }
    return render(request, "watch/merge.html", context)


@form_page
def watched_document(request: HttpRequest, platform: str, slug: str) -> HttpResponse:
    """The name of a document; POST renames, pauses or resumes it, or brings it back."""
    document = _document(request, platform, slug)
    if request.POST.get("turn") in _TURNS:
        _turn(request, document, request.POST["turn"])
        return redirect("watched-document", document.platform.slug, document.slug)
    form = RenameForm(document, request.POST if request.method == "POST" else None)
    if _is_renamed(request, document, form, rename_document):
        return redirect("watched-document", document.platform.slug, document.slug)
    context = {
        "document": _documents().get(pk=document.pk),
        "form": form,
        "retire_form": RetireForm(document),
        "sources": document.sources.valid(timezone.now()),
        "every": span_in_words(document.interval_minutes),
    }
    return render(request, "watch/document.html", context)


@form_page
def retire_document(request: HttpRequest, platform: str, slug: str) -> HttpResponse:
    """Ask before a document is retired because another is read instead, with what that means; POST retires it."""
    document = _document(request, platform, slug)
    form = RetireForm(document, request.POST if request.method == "POST" else request.GET or None)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into and request.method == "POST":
        try:
            with transaction.atomic():
                retire(document, into, timezone.now())
                what = f"retired, {into.public_id} {into.name} is read instead"
                note(request.user, ActKind.CHANGED, f"document: {document}", what)
        except CannotRetire as error:
            form.add_error("into", f"{error}.")
        else:
            messages.success(request, f"{document.name} is retired. {into.name} is read instead.")
            return redirect("watched-document", document.platform.slug, document.slug)
    context = {
        "document": document,
        "form": form,
        "into": None if form.errors else into,
        "left": retirement(document),
    }
    return render(request, "watch/retire.html", context)


def _is_renamed(
    request: HttpRequest, row: Platform | Document, form: RenameForm, rename: Callable[..., None]
) -> bool:
    """Whether the form was sent and the row has its name now; else the form says why not."""
    if not form.is_valid():
        return False
    kind, former = row._meta.verbose_name, row.slug
    try:
        with transaction.atomic():
            rename(row, **form.cleaned_data, at=timezone.now())
            note(request.user, ActKind.CHANGED, f"{kind}: {row}", f"renamed, was at {former}")
    except CannotRename as error:
        form.add_error("name" if isinstance(error, NameIsTaken) else "slug", f"{error}.")
        return False
    leads = " Its former address leads to it." if row.slug != former else ""
    messages.success(request, f"The {kind} is called {row.name} now.{leads}")
    return True


def _turn(request: HttpRequest, document: Document, to: str) -> None:
    now = timezone.now()
    if to != "bring-back":
        turn(document, request.user, now, is_on=to == "resume")
        return
    with transaction.atomic():
        bring_back(document, now)
        note(request.user, ActKind.READING, f"document: {document}", "brought back, read by itself again")


def _document(request: HttpRequest, platform: str, slug: str) -> Document:
    return get_object_or_404(_documents(), platform=_platform(request, platform), slug=slug)


def _documents() -> QuerySet[Document]:
    return Document.objects.select_related("platform", "succeeded_by__platform")


def _platform(request: HttpRequest, slug: str) -> Platform:
    """A real platform, for an administrator."""
    administrator(request)
    return get_object_or_404(Platform, slug=slug, is_sample=False)

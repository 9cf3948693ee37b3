"""What is watched under which name: renaming, pausing and merging. For administrators."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clauses.core.periods import span_in_words
from clauses.forms.watching import MergeForm, RenameForm
from clauses.moving import CannotRename, merge, merger, rename_document, rename_platform
from clauses.views.roles import administrator
from monitor.acts import note
from monitor.models import ActKind, Document, Platform
from monitor.pausing import turn


@require_http_methods(["GET", "POST"])
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


@require_http_methods(["GET", "POST"])
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
            messages.success(
                request, f"{moved.documents} documents of {platform} are documents of {into} now."
            )
            return redirect("platform", into.slug)
    context = {
        "platform": platform,
        "form": form,
        "into": None if form.errors else into,
        "moved": merger(platform),
    }
    return render(request, "watch/merge.html", context)


@require_http_methods(["GET", "POST"])
def watched_document(request: HttpRequest, platform: str, slug: str) -> HttpResponse:
    """The name of a document; POST renames, pauses or resumes it."""
    documents = Document.objects.select_related("platform")
    document = get_object_or_404(documents, platform=_platform(request, platform), slug=slug)
    if request.POST.get("turn") in {"pause", "resume"}:
        turn(document, request.user, timezone.now(), is_on=request.POST["turn"] == "resume")
        return redirect("watched-document", document.platform.slug, document.slug)
    form = RenameForm(document, request.POST if request.method == "POST" else None)
    if _is_renamed(request, document, form, rename_document):
        return redirect("watched-document", document.platform.slug, document.slug)
    context = {
        "document": get_object_or_404(documents, pk=document.pk),
        "form": form,
        "sources": document.sources.valid(timezone.now()),
        "every": span_in_words(document.interval_minutes),
    }
    return render(request, "watch/document.html", context)


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
        form.add_error("slug", f"{error}.")
        return False
    messages.success(request, f"The {kind} is called {row.name} now. Its former address leads to it.")
    return True


def _platform(request: HttpRequest, slug: str) -> Platform:
    """A real platform, for an administrator."""
    administrator(request)
    return get_object_or_404(Platform, slug=slug, is_sample=False)

"""What is watched under which name: renaming, pausing and merging. For administrators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clauses.forms.watching import MergeForm, RenameForm
from clauses.moving import CannotRename, merge, merger, rename_document, rename_platform
from monitor.acts import note
from monitor.models import ActKind, Document, Platform
from monitor.pausing import pause, resume
from monitor.roles import is_administrator


@require_http_methods(["GET", "POST"])
def watched_platform(request: HttpRequest, slug: str) -> HttpResponse:
    """The name of a platform, and its documents; POST renames it."""
    platform = _platform(request, slug)
    form = RenameForm(platform, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                rename_platform(platform, **form.cleaned_data, at=timezone.now())
                note(request.user, ActKind.CHANGED, f"platform: {platform}", f"renamed, was at {slug}")
        except CannotRename as error:
            form.add_error("slug", f"{error}.")
        else:
            messages.success(
                request, f"The platform is called {platform} now. Its former address leads to it."
            )
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
    form = MergeForm(platform, request.POST if request.method == "POST" else request.GET)
    if form.is_valid() and request.method == "POST":
        into = form.cleaned_data["into"]
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
    into = form.cleaned_data.get("into") if form.is_bound and form.is_valid() else None
    context = {"platform": platform, "form": form, "into": into, "moved": merger(platform)}
    return render(request, "watch/merge.html", context)


@require_http_methods(["GET", "POST"])
def watched_document(request: HttpRequest, platform: str, slug: str) -> HttpResponse:
    """The name of a document; POST renames, pauses or resumes it."""
    document = get_object_or_404(
        Document.objects.select_related("platform"), platform=_platform(request, platform), slug=slug
    )
    turn = {"pause": pause, "resume": resume}.get(request.POST.get("turn", ""))
    if turn:
        with transaction.atomic():
            turn(Document.objects.filter(pk=document.pk), timezone.now())
            note(request.user, ActKind.READING, f"document: {document}", f"{request.POST['turn']}d")
        return redirect("watched-document", document.platform.slug, document.slug)
    form = RenameForm(document, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                rename_document(document, **form.cleaned_data, at=timezone.now())
                note(request.user, ActKind.CHANGED, f"document: {document}", f"renamed, was at {slug}")
        except CannotRename as error:
            form.add_error("slug", f"{error}.")
        else:
            messages.success(
                request, f"The document is called {document.name} now. Its former address leads to it."
            )
            return redirect("watched-document", document.platform.slug, document.slug)
    context = {
        "document": get_object_or_404(Document.objects.select_related("platform"), pk=document.pk),
        "form": form,
        "sources": document.sources.valid(timezone.now()),
    }
    return render(request, "watch/document.html", context)


def _platform(request: HttpRequest, slug: str) -> Platform:
    """A real platform, for an administrator."""
    if not is_administrator(request.user):
        raise PermissionDenied
    return get_object_or_404(Platform, slug=slug, is_sample=False)

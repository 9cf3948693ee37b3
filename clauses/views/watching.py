"""Adding a page to the watch list: look at what would be read, choose, then watch it. For administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from clauses.forms.watching import LookForm, WatchForm, with_guesses
from clauses.queries.page_previews import page_preview
from clauses.views.form_page import form_page
from clauses.views.roles import administrator
from monitor.acts import note
from monitor.adding import CannotAdd, add_document
from monitor.models import ActKind, Document, Platform
from monitor.previewing import preview
from monitor.tasks import have_read


@form_page
def watch_page(request: HttpRequest) -> HttpResponse:
    """Ask for an address; POST looks at the page and saves nothing, until its form says to watch it."""
    administrator(request)
    if request.method != "POST":
        return _shown(request, LookForm(initial={"url": request.GET.get("url", "")[:1000]}))
    if "watch" in request.POST:
        form = WatchForm(request.POST)
        added = _added(request, form)
        return _welcomed(request, added) if added else _shown(request, form)
    return _looked_at(request)


def _looked_at(request: HttpRequest) -> HttpResponse:
    """The page as it would be read, beside the form that says what it is."""
    given = request.POST.dict()
    if part := given.get("part"):
        given["select"] = part
    form = LookForm(given)
    if not form.is_valid():
        return _shown(request, form)
    shown = preview(**form.cleaned_data)
    if shown.error:
        # With the scheme that was put before it: an error of https says nothing beside an address without it.
        given["url"] = form.cleaned_data["url"]
        form.add_error("select" if shown.is_of_selectors else "url", f"{shown.error} {shown.remedy}".strip())
        return _shown(request, form)
    assert shown.extract
    typed: dict[str, Any] = given | form.cleaned_data
    return _shown(
        request,
        WatchForm(initial=with_guesses(typed, shown)),
        shown=shown,
        read=page_preview(shown.url, shown.extract),
        chosen=given.get("select", "").strip(),
    )


def _added(request: HttpRequest, form: WatchForm) -> Document | None:
    """The document, now on the watch list, or None with the errors in the form."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            document = add_document(form.new_document(), timezone.now())
            note(request.user, ActKind.ADDED, f"document: {document}", form.cleaned_data["url"])
    except CannotAdd as error:
        form.add_error(None, str(error))
        return None
    return document


def _welcomed(request: HttpRequest, document: Document) -> HttpResponse:
    transaction.on_commit(lambda: have_read(document.pk))
    messages.success(request, f"{document} is watched from now on. Its first reading begins now.")
    return redirect("document", document.platform.slug, document.slug)


def _shown(request: HttpRequest, form: LookForm, **looked_at: Any) -> HttpResponse:
    platforms = Platform.objects.filter(is_sample=False).values_list("name", flat=True)
    return render(request, "watch/page.html", {"form": form, "platforms": platforms, **looked_at})

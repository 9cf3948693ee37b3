"""A person's saved views: kept, renamed, removed, and where their feeds are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clauses import saving
from clauses.forms.saved_views import SaveViewForm, ViewNameForm
from clauses.queries.saved_views import saved_views as views_of
from clauses.views.team import member
from clauses.views.way_back import way_back


@require_http_methods(["GET", "POST"])
def saved_views(request: HttpRequest) -> HttpResponse:
    """The views with their feeds. POST saves the filter of a list under a name."""
    user = member(request)
    form = SaveViewForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            saving.save(user, name, form.cleaned_data["query"], timezone.now())
        except saving.NameTaken:
            form.add_error("name", f"You have a view called “{name}” already.")
        else:
            messages.success(request, f"“{name}” is saved.")
            return redirect(way_back(request, "saved-views"))
    return render(request, "saved_views/list.html", {"views": views_of(user), "form": form})


@require_http_methods(["GET", "POST"])
def change_saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for another name; POST renames one of the person's own views."""
    user = member(request)
    view = get_object_or_404(views_of(user), pk=pk)
    form = ViewNameForm(user, request.POST or None, view)
    if request.method == "POST" and form.is_valid():
        try:
            saving.rename(view, form.cleaned_data["name"])
        except saving.NameTaken as error:
            form.add_error("name", f"You have a view called “{error}” already.")
        else:
            messages.success(request, f"The view is called “{form.cleaned_data['name']}” now.")
            return redirect("saved-views")
    return render(request, "saved_views/change.html", {"view": view, "form": form})


@require_POST
def renew_view_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Another address for a view's feed: whoever knew the one before reads it no more."""
    view = get_object_or_404(views_of(request.user), pk=pk)
    saving.renew_feed(view)
    messages.success(request, f"The feed of “{view}” has a new address. Enter it in your feed reader.")
    return redirect("saved-views")


@require_http_methods(["GET", "POST"])
def remove_saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before removing a view and its feed, then remove them."""
    view = get_object_or_404(views_of(request.user), pk=pk)
    if request.method == "POST":
        saving.remove(view)
        messages.success(request, f"“{view}” is removed.")
        return redirect("saved-views")
    return render(request, "saved_views/remove.html", {"view": view})

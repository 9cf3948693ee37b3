"""A person's saved views: kept, changed, removed, where their feeds are, and alerts about them."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from clauses import saving, subscribing
from clauses.forms.saved_views import SaveViewForm
from clauses.forms.subscriptions import MeasureForm, measure_of
from clauses.forms.team import TeamFilterForm
from clauses.models import Recipient
from clauses.queries.saved_views import followers, public_filter, with_alerts
from clauses.queries.saved_views import saved_views as views_of
from clauses.queries.subscriptions import recipient_of_user
from clauses.queries.wanted import preview
from clauses.subscribing import Wish
from clauses.views.form_page import form_page
from clauses.views.keeping import promise
from clauses.views.team import member
from clauses.views.way_back import way_back


@form_page
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
    return render(request, "saved_views/list.html", {"views": with_alerts(views_of(user)), "form": form})


@form_page
def change_saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for another name or filter; POST changes one of the person's own views."""
    user = member(request)
    view = get_object_or_404(views_of(user), pk=pk)
    is_sent = request.method == "POST"
    fields = TeamFilterForm(request.POST if is_sent else QueryDict(view.query))
    sent = {"name": request.POST.get("name", ""), "query": fields.query()} if is_sent else None
    form = SaveViewForm(user, sent, view)
    if is_sent and form.is_valid() and not fields.errors:
        name = form.cleaned_data["name"]
        try:
            saving.change(view, name, form.cleaned_data["query"])
        except saving.NameTaken:
            form.add_error("name", f"You have a view called “{name}” already.")
        else:
            messages.success(request, f"“{name}” is saved.")
            return redirect("saved-views")
    fields.auto_id = "id_filter_%s"
    alerts = followers().filter(view=view)
    context = {"view": view, "form": form, "fields": fields, "alerts": alerts}
    return render(request, "saved_views/change.html", context)


@form_page
def view_alerts(request: HttpRequest, pk: int) -> HttpResponse:
    """What alerts about a view would have sent, and how often they shall come; POST begins them."""
    view = get_object_or_404(views_of(request.user), pk=pk)
    if public_filter(view.query).is_empty:
        return render(request, "saved_views/no_alerts.html", {"view": view})
    wish = Wish(view=view)
    alerts = followers().filter(view=view).first()
    form = MeasureForm(request.POST or None, initial=measure_of(alerts) if alerts else None)
    if request.method == "POST" and form.is_valid():
        wish = replace(wish, **form.cleaned_data)
        subscription = subscribing.begin(subscribing.recipient_of(request.user), wish)
        messages.success(request, promise(subscription))
        return redirect("subscriptions")
    recipient = recipient_of_user(request.user) or Recipient(user=member(request))
    ahead = preview(wish.row(recipient), recipient, timezone.now())
    context = {"view": view, "form": form, "preview": ahead, "alerts": alerts}
    return render(request, "saved_views/alerts.html", context)


@require_POST
def renew_view_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Another address for a view's feed: whoever knew the one before reads it no more."""
    view = get_object_or_404(views_of(request.user), pk=pk)
    saving.renew_feed(view)
    messages.success(request, f"The feed of “{view}” has a new address. Enter it in your feed reader.")
    return redirect("saved-views")


@form_page
def remove_saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before removing a view with its feed and the alerts that follow it, then remove them."""
    view = get_object_or_404(views_of(request.user), pk=pk)
    if request.method == "POST":
        saving.remove(view, timezone.now())
        messages.success(request, f"“{view}” is removed.")
        return redirect("saved-views")
    context = {"view": view, "alerts": followers().filter(view=view)}
    return render(request, "saved_views/remove.html", context)

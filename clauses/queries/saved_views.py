"""Reads of saved views."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs

from django.db.models import Prefetch, QuerySet

from clauses.models import SavedView, Subscription
from clauses.queries.changes import ChangeFilter, change_filter


def saved_views(user: Any) -> QuerySet[SavedView]:
    """A person's own views, by name; none for somebody who is not signed in."""
    return SavedView.objects.filter(user=user) if user.is_authenticated else SavedView.objects.none()


def with_alerts(views: QuerySet[SavedView]) -> QuerySet[SavedView]:
    """The same, each with the running and paused subscriptions that follow it as `alerts`."""
    return views.prefetch_related(Prefetch("subscriptions", followers(), to_attr="alerts"))


def followers() -> QuerySet[Subscription]:
    """The subscriptions that follow a view and have not ended, with their webhooks."""
    return (
        Subscription.objects.filter(view__isnull=False, ended_at=None)
        .select_related("view")
        .prefetch_related("webhooks")
    )


def views_with_feed() -> QuerySet[SavedView]:
    """The views whose feed can be read: those of people who can still sign in."""
    return SavedView.objects.filter(user__is_active=True)


def public_filter(query: str) -> ChangeFilter:
    """What a view asks of changes as everybody may see them, without the team's work and what its owner has read.

    A view is saved as its form understood it. What is not understood by now matches nothing, rather than everything.
    """
    said: dict[str, Any] = parse_qs(query)
    for name in said.keys() & {"severity", "since"}:
        said[name] = said[name][0]
    if "since" in said:
        said["since"] = date.fromisoformat(said["since"])
    return change_filter(said)

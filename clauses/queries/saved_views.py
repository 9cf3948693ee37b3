"""Reads of saved views."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from clauses.models import SavedView


def saved_views(user: Any) -> QuerySet[SavedView]:
    """A person's own views, by name; none for somebody who is not signed in."""
    return SavedView.objects.filter(user=user) if user.is_authenticated else SavedView.objects.none()


def views_with_feed() -> QuerySet[SavedView]:
    """The views whose feed can be read: those of people who can still sign in."""
    return SavedView.objects.filter(user__is_active=True)

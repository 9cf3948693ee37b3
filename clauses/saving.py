"""Saves filters of the list of changes under a name. Alerts that follow a view follow its changes."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from clauses.models import SavedView, Subscription
from clauses.models.recipient import new_token


class NameTaken(ValueError):
    """The person has a view of this name already."""


def save(user: User, name: str, query: str, at: datetime) -> SavedView:
    """Save a filter under a name. Raises NameTaken."""
    try:
        with transaction.atomic():
            return SavedView.objects.create(user=user, name=name, query=query, created_at=at)
    except IntegrityError as error:
        raise NameTaken(name) from error


def change(view: SavedView, name: str, query: str) -> None:
    """Give a view another name and another filter. Raises NameTaken."""
    try:
        with transaction.atomic():
            SavedView.objects.filter(pk=view.pk).update(name=name, query=query)
    except IntegrityError as error:
        raise NameTaken(name) from error


def renew_feed(view: SavedView) -> None:
    """Give the view's feed another address: the one before is not found any more."""
    SavedView.objects.filter(pk=view.pk).update(token=new_token())


def remove(view: SavedView, at: datetime) -> None:
    """Remove a view and its feed, and end the alerts that follow it."""
    following = Subscription.objects.filter(view=view)
    with transaction.atomic():
        following.filter(ended_at=None).update(ended_at=at)
        following.update(view=None, removed_view=view.name)
        SavedView.objects.filter(pk=view.pk).delete()

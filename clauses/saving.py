"""Saves filters of the list of changes under a name."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from clauses.models import SavedView
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


def rename(view: SavedView, name: str) -> None:
    """Give a view another name. Raises NameTaken."""
    try:
        with transaction.atomic():
            SavedView.objects.filter(pk=view.pk).update(name=name)
    except IntegrityError as error:
        raise NameTaken(name) from error


def renew_feed(view: SavedView) -> None:
    """Give the view's feed another address: the one before is not found any more."""
    SavedView.objects.filter(pk=view.pk).update(token=new_token())


def remove(view: SavedView) -> None:
    """Remove a view and its feed."""
    SavedView.objects.filter(pk=view.pk).delete()

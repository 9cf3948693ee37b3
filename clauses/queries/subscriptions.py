"""Reads of subscriptions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from clauses.models import Subscription
from monitor.models import Platform


def running(user: Any) -> QuerySet[Subscription]:
    """The subscriptions of a user that have not ended, by platform."""
    return Subscription.objects.filter(user=user, ended_at__isnull=True).select_related("platform")


def running_for(user: Any, platform: Platform) -> Subscription | None:
    """The user's running subscription to a platform; None for somebody who is not signed in."""
    if not user.is_authenticated:
        return None
    return running(user).filter(platform=platform).first()


def subscribable() -> QuerySet[Platform]:
    """The platforms one can be told about: samples never owe a mail."""
    return Platform.objects.filter(is_sample=False)

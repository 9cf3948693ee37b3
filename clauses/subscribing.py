"""Who is told about which platform: beginning, changing and ending a subscription."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from clauses.models import Subscription
from clauses.models.choices import SeverityLevel
from monitor.models import Platform


def subscribe(user: Any, platform: Platform, min_severity: SeverityLevel) -> Subscription:
    """The user's subscription to a platform from a severity on: the running one, changed, or a new one."""
    running = Subscription.objects.filter(user=user, platform=platform, ended_at__isnull=True)
    if running.update(min_severity=min_severity):
        return running.get()
    try:
        with transaction.atomic():
            return Subscription.objects.create(user=user, platform=platform, min_severity=min_severity)
    except IntegrityError:
        # Two clicks at once: the other one has just made it.
        running.update(min_severity=min_severity)
        return running.get()


def end(subscription: Subscription) -> bool:
    """End a subscription; what it is still owed is dropped at the next sending. False where it had ended."""
    open_row = Subscription.objects.filter(pk=subscription.pk, ended_at__isnull=True)
    return open_row.update(ended_at=timezone.now()) == 1

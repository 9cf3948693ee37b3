"""What operators are told about the pages that are read."""

from __future__ import annotations

from django.db.models import QuerySet

from clauses.queries.scope import counted_platforms
from monitor.models import Notice

_LATEST = 50


def latest_notices() -> QuerySet[Notice]:
    """The latest notices about pages of the counted platforms, newest first."""
    found = Notice.objects.filter(source__document__platform__in=counted_platforms())
    return found.select_related("source__document__platform").order_by("-told_at", "-pk")[:_LATEST]

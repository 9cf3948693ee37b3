"""What operators are told about the pages that are read, and about queues."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from clauses.models import MailedNotice, QueueNotice
from clauses.queries.scope import counted_platforms
from monitor.models import Notice, NoticeKind

_LATEST = 50
# Somebody who becomes an operator is not told of all that ever was.
_FRESH = timedelta(days=7)
# A first failure is on the status page; most are over at the next try.
_NOT_MAILED = [NoticeKind.FAILED]
_LONG = [NoticeKind.KEEPS_FAILING, NoticeKind.SILENT]


def latest_notices() -> QuerySet[Notice]:
    """The latest notices about pages of the counted platforms, newest first."""
    found = Notice.objects.filter(source__document__platform__in=counted_platforms())
    return found.select_related("source__document__platform").order_by("-told_at", "-pk")[:_LATEST]


def latest_queue_notices() -> QuerySet[QueueNotice]:
    """The latest notices about queues, newest first."""
    return QueueNotice.objects.order_by("-told_at", "-pk")[:_LATEST]


def source_notices_for(address: str, now: datetime) -> QuerySet[Notice]:
    """The notices about pages that are to be mailed to an operator and were not, oldest first.

    That a page works again is mailed where its trouble was.
    """
    trouble = Notice.objects.filter(source=OuterRef("source"), began_at=OuterRef("began_at"), kind__in=_LONG)
    found = Notice.objects.filter(told_at__gte=now - _FRESH, source__document__platform__is_sample=False)
    found = found.exclude(kind__in=_NOT_MAILED)
    found = found.filter(~Q(kind=NoticeKind.WORKS_AGAIN) | Exists(trouble))
    return found.exclude(pk__in=_mailed(address, "notice")).order_by("told_at", "pk")


def queue_notices_for(address: str, now: datetime) -> QuerySet[QueueNotice]:
    """The notices about queues that were not mailed to an operator, oldest first."""
    found = QueueNotice.objects.filter(told_at__gte=now - _FRESH)
    return found.exclude(pk__in=_mailed(address, "queue_notice")).order_by("told_at", "pk")


def _mailed(address: str, field: str) -> QuerySet[Any]:
    rows = MailedNotice.objects.filter(address=address, **{f"{field}__isnull": False})
    found: QuerySet[Any] = rows.values(field)
    return found

"""Notes how far a person has read: when somebody was here last, and which change sets are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from clauses.models import ChangeSet, Reader, ReadMark
from clauses.queries.unread import newest_number

# Without a page for so long, the next one begins another visit.
BREAK = timedelta(minutes=30)
# A page writes no more often: reading many pages costs one write in so many minutes.
_PULSE = timedelta(minutes=5)
# Of what was recorded before somebody came first, so much counts as unread.
_NEWS = timedelta(days=30)


def reader_for(user: User, at: datetime, *, is_look: bool = True) -> Reader:
    """A person as a reader, who begins now where a list of changes is shown for the first time.

    Where nobody looks, as a page is only fetched in advance, one who has not begun is not put on record.
    """
    found = Reader.objects.filter(user=user).first()
    if found:
        return found
    old = ChangeSet.objects.filter(detected_at__lt=at - _NEWS).aggregate(number=Max("number"))["number"] or 0
    begun = {"last_at": at, "read_up_to": old}
    if not is_look:
        return Reader(user=user, **begun)
    return Reader.objects.get_or_create(user=user, defaults=begun)[0]


def note_page(user: User, at: datetime) -> Reader | None:
    """Note that a person looks at a page. After a break this begins another visit; a reload never does.

    None for somebody who has not begun as a reader.
    """
    reader = Reader.objects.filter(user=user).first()
    if reader is None:
        return None
    away = at - reader.last_at
    if away < _PULSE:
        return reader
    values: dict[str, object] = {"last_at": at}
    if away >= BREAK and reader.seen_at:
        values |= {"since_at": reader.seen_at, "since_number": reader.seen_number}
    Reader.objects.filter(pk=reader.pk, last_at=reader.last_at).update(**values)
    reader.refresh_from_db()
    return reader


def note_seen(reader: Reader, at: datetime, newest: int) -> None:
    """Note that the person was shown all change sets up to the newest: the next visit goes on from here."""
    if newest > reader.seen_number or reader.seen_at is None or at - reader.seen_at >= _PULSE:
        Reader.objects.filter(pk=reader.pk).update(seen_at=at, seen_number=newest)


@transaction.atomic
def mark(user: User, numbers: Iterable[int], *, is_read: bool) -> int:
    """Mark change sets, by number, read or unread for one person. How many exist."""
    rows = ChangeSet.objects.filter(number__in=set(numbers))
    marks = [ReadMark(user=user, change_set=row, is_read=is_read) for row in rows]
    ReadMark.objects.bulk_create(
        marks, update_conflicts=True, unique_fields=["user", "change_set"], update_fields=["is_read"]
    )
    return len(marks)


@transaction.atomic
def mark_everything_read(user: User, up_to: int) -> None:
    """Count all change sets up to a number as read for one person. Marks below are needed no more and go."""
    up_to = min(up_to, newest_number())
    Reader.objects.filter(user=user, read_up_to__lt=up_to).update(read_up_to=up_to)
    ReadMark.objects.filter(user=user, change_set__number__lte=up_to).delete()

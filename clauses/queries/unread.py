"""What is new to a person: since the last visit, and not read yet."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from clauses.models import ChangeSet, Reader, ReadMark
from clauses.queries.scope import news


def unread(found: QuerySet[ChangeSet], reader: Reader) -> QuerySet[ChangeSet]:
    """Those of these change sets that a person has not read: news since `read_up_to`, and what was marked unread."""
    marks = ReadMark.objects.filter(user=reader.user_id, change_set=OuterRef("pk"))
    is_news = Q(number__gt=reader.read_up_to) & Q(Exists(news().filter(pk=OuterRef("pk"))))
    return found.filter(
        Q(Exists(marks.filter(is_read=False))) | (is_news & ~Q(Exists(marks.filter(is_read=True))))
    )


def unread_among(rows: Iterable[ChangeSet], reader: Reader | None) -> set[int]:
    """The keys of those of these rows that a person has not read, by one query; none without a person."""
    if reader is None:
        return set()
    of_rows = ChangeSet.objects.filter(pk__in=[row.pk for row in rows])
    return set(unread(of_rows.order_by(), reader).values_list("pk", flat=True))


def since_last_visit(found: QuerySet[ChangeSet], reader: Reader) -> QuerySet[ChangeSet]:
    """Those of these change sets that were recorded after the last visit showed everything there was."""
    return found.filter(Exists(news().filter(pk=OuterRef("pk"))), number__gt=reader.since_number)


def newest_number() -> int:
    """The number of the change set recorded last; 0 before the first."""
    return ChangeSet.objects.aggregate(number=Max("number"))["number"] or 0

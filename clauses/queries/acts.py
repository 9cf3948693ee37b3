"""Reads of what people with a role did to the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from clauses.queries.twins import Json, written
from monitor.models import Act

COLUMNS = ("at", "by", "kind", "subject", "detail")


@dataclass(frozen=True, slots=True)
class ActFilter:
    """Which acts are asked for. Empty fields ask for nothing; both days are in."""

    by: str = ""
    kind: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None


def acts(asked: ActFilter) -> QuerySet[Act]:
    """The acts, the latest first."""
    found: QuerySet[Act] = Act.objects.all()
    if asked.words:
        found = found.filter(Q(subject__icontains=asked.words) | Q(detail__icontains=asked.words))
    if asked.since:
        found = found.filter(at__gte=datetime.combine(asked.since, time.min, UTC))
    if asked.until:
        found = found.filter(at__lte=datetime.combine(asked.until, time.max, UTC))
    exact = {"by": asked.by, "kind": asked.kind}
    return found.filter(**{field: value for field, value in exact.items() if value})


def who_acted() -> QuerySet[User]:
    """Everybody of whom an act is on record, by name."""
    return User.objects.filter(acts__isnull=False).distinct().order_by("username")


def act_rows(found: QuerySet[Act]) -> Iterator[list[Any]]:
    """The acts as rows of a table, oldest first."""
    for row in found.order_by("at", "pk").iterator():
        yield [getattr(row, "name" if name == "by" else name) for name in COLUMNS]


def act_twin(act: Act) -> Json:
    """What the JSON twin says of an act."""
    return {
        "at": written(act.at),
        "by": act.name,
        "kind": act.kind,
        "subject": act.subject,
        "detail": act.detail,
    }
